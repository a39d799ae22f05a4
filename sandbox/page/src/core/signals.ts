// Little announcements of what the person has done; the tour listens.
export type Kind = "person" | "place" | "command" | "message" | "press" | "modal" | "control";

type Listener = (kind: Kind, value: string) => void;
const listeners = new Set<Listener>();

export function signal(kind: Kind, value: string): void {
  for (const listener of [...listeners]) listener(kind, value);
}

export function onSignal(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
