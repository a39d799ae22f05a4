// One state for the page: what the stream told, and where the person looks.
import { useSyncExternalStore } from "react";

import type { Exchange, Message, News, PlannedFault, Room, Running, Team, User, View } from "./types";

export type Place = { kind: "room"; id: string } | { kind: "app"; tab: "home" | "messages" | "about" };
export type Panel = { kind: "thread"; channel: string; ts: string } | { kind: "inspector" } | null;

/** A line that only this page knows, as Slackbot writes it under a failed command. */
export interface Notice {
  id: number;
  channel: string;
  after: string;
  text: string;
}

export interface State {
  connected: boolean;
  now: string;
  team: Team | null;
  messages: Record<string, Message[]>;
  home: View | null;
  modals: View[];
  faults: PlannedFault[];
  host: NonNullable<News["host"]>;
  running: Running;
  journal: Exchange[];
  place: Place;
  panel: Panel;
  notices: Notice[];
  read: Record<string, string>;
  /** What the tour typed, until a composer takes it. */
  composed: string | null;
}

const nothing = {
  connected: false,
  now: "",
  team: null,
  messages: {},
  home: null,
  modals: [],
  faults: [],
  host: { controls: [], tour: [] },
  running: { control: null, lines: [], over: true, failed: false, count: 0 },
  journal: [],
} satisfies Partial<State>;

const JOURNAL = 500;

let state: State = {
  ...nothing,
  place: { kind: "room", id: "" },
  panel: null,
  notices: [],
  read: {},
  composed: null,
};
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const current = (): State => state;

export function set(change: Partial<State>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** A part of the state; `select` must give the same object for the same state. */
export function useStore<T>(select: (state: State) => T): T {
  return useSyncExternalStore(subscribe, () => select(state));
}

export function forget(): void {
  set(nothing);
}

/** Takes in one piece of the stream. */
export function hear(news: News): void {
  const { messages, journal, ...rest } = news;
  set({
    ...rest,
    connected: true,
    ...(messages ? { messages: withMessages(state.messages, messages) } : {}),
    ...(journal ? { journal: [...state.journal, ...journal].slice(-JOURNAL) } : {}),
  });
}

function withMessages(known: State["messages"], changed: Message[]): State["messages"] {
  const next = { ...known };
  for (const [channel, rows] of Map.groupBy(changed, (message) => message.channel)) {
    const byTs = new Map((next[channel] ?? []).map((message) => [message.ts, message]));
    for (const row of rows) row.deleted ? byTs.delete(row.ts) : byTs.set(row.ts, row);
    next[channel] = [...byTs.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
  }
  return next;
}

// Lookups.

export function teamOf(now: State): Team {
  if (!now.team) throw new Error("the workspace is not known yet");
  return now.team;
}

export const useTeam = (): Team => useStore(teamOf);

export function userOf(team: Team, id: string): User {
  const unknown = { id, name: id, realName: id, tz: null, isAdmin: false, isBot: false, deleted: false };
  return team.users.find((user) => user.id === id) ?? unknown;
}

/** The direct messages with the app, once there are any. */
export const appRoom = (team: Team): Room | undefined =>
  team.rooms.find((room) => room.kind === "im" && room.members.includes(team.app.user));

export function openRoom(now: State): string | null {
  if (now.place.kind === "room") return now.place.id;
  return now.team && now.place.tab === "messages" ? (appRoom(now.team)?.id ?? null) : null;
}

const none: Message[] = [];
export const useMessages = (channel: string | null): Message[] =>
  useStore((now) => (channel && now.messages[channel]) || none);
