// What a select offers, whatever its kind.
import { emojified } from "../core/emoji";
import { userOf } from "../core/store";
import type { Element, Option, OptionGroup, Room, Team } from "../core/types";
import { isOption, type Value } from "./values";

export interface Choice {
  value: string;
  label: string;
  description?: string;
  group?: string;
  option?: Option;
}

function choice(option: Option, group?: string): Choice {
  const description = option.description && emojified(option.description.text);
  return { value: option.value, label: emojified(option.text.text), description, group, option };
}

export const choicesOf = (offered: (Option | OptionGroup)[]): Choice[] =>
  offered.flatMap((one) =>
    "options" in one
      ? one.options.map((option) => choice(option, emojified(one.label.text)))
      : [choice(one)],
  );

const KINDS: Record<string, string> = { channel: "public", group: "private", im: "im", mpim: "mpim" };

export function roomName(team: Team, room: Room): string {
  if (room.kind === "channel" || room.kind === "group") return room.name;
  const others = room.members.filter((member) => member !== team.me);
  return others.map((member) => userOf(team, member).realName).join(", ") || "You";
}

function rooms(team: Team, element: Element): Choice[] {
  const kinds = element.type.includes("channels") ? ["public"] : element.filter?.include;
  return team.rooms
    .filter((room) => !room.archived && (!kinds || kinds.includes(KINDS[room.kind] ?? "")))
    .map((room) => {
      const hash = room.kind === "channel" || room.kind === "group" ? "# " : "";
      return { value: room.id, label: hash + roomName(team, room) };
    });
}

function people(team: Team): Choice[] {
  const there = team.users.filter((user) => !user.deleted);
  return there.map((user) => ({ value: user.id, label: user.realName, description: user.name }));
}

/** The choices known without asking the bot. */
export function choices(team: Team, element: Element): Choice[] {
  if (element.type.includes("users")) return people(team);
  if (/channels|conversations/.test(element.type)) return rooms(team, element);
  return choicesOf(element.option_groups ?? element.options ?? []);
}

export function chosenIn(value: Value, known: Choice[]): Choice[] {
  const values = Array.isArray(value) ? value : value === null ? [] : [value];
  return values.map((one) => {
    if (isOption(one)) return choice(one);
    return known.find((choice) => choice.value === one) ?? { value: String(one), label: String(one) };
  });
}

export const valueOf = (choice: Choice): Option | string => choice.option ?? choice.value;

export const matching = (known: Choice[], typed: string): Choice[] =>
  known.filter((one) => `${one.label} ${one.description ?? ""}`.toLowerCase().includes(typed.toLowerCase()));
