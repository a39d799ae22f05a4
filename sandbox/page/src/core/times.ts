// Instants as a person reads them, in that person's zone.
import { current, teamOf, userOf } from "./store";

export function zone(): string {
  const team = teamOf(current());
  return userOf(team, team.me).tz ?? "UTC";
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(instant: Date, options: Intl.DateTimeFormatOptions): string {
  const key = zone() + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone() })));
  return known.format(instant);
}

export const instantOf = (ts: string): Date => new Date(Number(ts) * 1000);

export const clock = (instant: Date): string =>
  format(instant, { hour: "numeric", minute: "2-digit", hour12: true }).toUpperCase();

/** The local date, `2026-11-23`. */
export function day(instant: Date): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone(), dateStyle: "short" });
  return parts.format(instant);
}

export function dayName(instant: Date, now: Date): string {
  const yesterday = new Date(now.getTime() - 86_400_000);
  if (day(instant) === day(now)) return "Today";
  if (day(instant) === day(yesterday)) return "Yesterday";
  return format(instant, { weekday: "long", day: "numeric", month: "long" });
}

export const full = (instant: Date): string =>
  format(instant, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

export const zoneName = (): string => zone().split("/").at(-1)?.replaceAll("_", " ") ?? "";

/** The instant, in Unix seconds, of a local date and time of the person. */
export function secondsAt(date: string, time: string): number {
  const guess = Date.parse(`${date}T${time}:00Z`);
  const shown = new Date(guess);
  const local = Date.parse(`${day(shown)}T${time24(shown)}:00Z`);
  return Math.round((guess - (local - guess)) / 1000);
}

/** `09:30` */
export function time24(instant: Date): string {
  return format(instant, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
