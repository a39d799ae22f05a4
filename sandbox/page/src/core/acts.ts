// What a person does, as calls of the control API.
import { asked } from "./live";
import { appRoom, current, set, teamOf, userOf } from "./store";
import { signal } from "./signals";
import type { Command, Reply } from "./types";

/** A sentence for the person: what they asked for didn't go. */
export class Problem extends Error {}

async function call<T>(name: string, body: Record<string, unknown>): Promise<T> {
  const answer = await fetch(`/_sandbox/${name}`, { method: "POST", body: JSON.stringify(body) });
  const said = (await answer.json()) as T & { error?: string };
  if (!answer.ok) throw new Problem(said.error ?? `The sandbox answered ${answer.status}.`);
  return said;
}

export function act<T = Reply>(name: string, body: Record<string, unknown> = {}): Promise<T> {
  return call<T>(name, { ...asked(teamOf(current()).me), ...body });
}

/** What Slack writes for the error of a request to the app. */
export function trouble(error: string | null | undefined): string | null {
  if (!error) return null;
  if (error === "operation_timeout") return "The app took too long to answer (operation_timeout).";
  return `The app failed to answer (${error}).`;
}

let notices = 0;

export function notice(channel: string, text: string): void {
  const last = current().messages[channel]?.at(-1)?.ts ?? "0";
  const more = { id: ++notices, channel, after: last, text };
  set({ notices: [...current().notices, more] });
}

/** `&`, `<` and `>` as Slack writes them, and with `names` people and channels as their ids. */
export function escaped(text: string, names: boolean): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (!names) return safe;
  const team = teamOf(current());
  return safe
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const user = team.users.find((one) => one.name === name);
      return user ? `${before}<@${user.id}|${user.name}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const room = team.rooms.find((one) => one.name === name);
      return room ? `${before}<#${room.id}|${room.name}>` : whole;
    });
}

export const isCommand = (text: string): boolean => /^\/\S/.test(text);

/** Sends what was typed: a command, or a message. */
export async function send(channel: string, text: string, thread: string | null): Promise<void> {
  const [, name = "", rest = ""] = /^(\/\S+)\s*([^]*)$/.exec(text.trim()) ?? [];
  if (!name || text.startsWith(" ")) {
    await act("say", { channel, thread, text: escaped(text.trim(), true) });
  } else if (thread) {
    notice(channel, `${name} is not supported in threads. Sorry!`);
  } else {
    await command(channel, name, rest.trim());
  }
}

async function command(channel: string, name: string, text: string): Promise<void> {
  const known: Command[] = teamOf(current()).commands;
  const declared = known.find((one) => one.command === name);
  if (known.length && !declared) {
    notice(channel, `${name} is not a valid command. Messages that begin with “/” are commands.`);
    return;
  }
  const words = escaped(text, declared?.should_escape ?? false);
  const reply = await act("command", { command: name, text: words, channel });
  if (reply.error) notice(channel, `${name} failed with the error “${reply.error}”.`);
  signal("command", `${name} ${text}`.trim());
}

export async function openApp(tab: "home" | "messages" | "about"): Promise<void> {
  set({ place: { kind: "app", tab }, panel: notThread() });
  signal("place", tab === "messages" ? "im" : tab);
  if (tab !== "about") await act("home", { tab });
}

export function openRoom(id: string): void {
  const team = teamOf(current());
  if (id === appRoom(team)?.id) {
    void openApp("messages");
    return;
  }
  set({ place: { kind: "room", id }, panel: notThread() });
  signal("place", id);
}

export async function openDirect(user: string): Promise<void> {
  const { channel } = await act<{ channel: string }>("direct", { with: user });
  openRoom(channel);
}

const notThread = () => (current().panel?.kind === "thread" ? null : current().panel);

export const failing = (method: string, fault: Record<string, unknown>, times: number | null) =>
  call("faults", { method, fault, times });

export const heal = () => call("heal", {});

export async function run(control: string, date: string | null): Promise<void> {
  await call("run", { control, date });
}

/** The name to show for somebody. */
export const nameOf = (id: string): string => userOf(teamOf(current()), id).realName;
