// The stream of what happens, for one person at a time.
import { signal } from "./signals";
import { current, forget, hear, set } from "./store";
import type { News } from "./types";

const workspace = new URLSearchParams(location.search).get("workspace");
let source: EventSource | null = null;

export const asked = (user: string): Record<string, string> =>
  workspace ? { user, workspace } : { user };

/** What was there when the page opened counts as read, for everybody. */
function readUntilNow(): void {
  const { read, messages } = current();
  const newest = Object.values(messages).flatMap((known) => known.at(-1)?.ts ?? []);
  if (!("" in read)) set({ read: { ...read, "": String(Math.max(0, ...newest.map(Number))) } });
}

/** Shows the page to somebody from now on; an empty id leaves the choice to the sandbox. */
export function watch(user: string): void {
  source?.close();
  source = new EventSource(`/_sandbox/live?${new URLSearchParams(asked(user))}`);
  // Each connection begins with everything, so what was known before goes with its first words.
  let fresh = true;
  source.onopen = () => (fresh = true);
  source.onmessage = (event: MessageEvent<string>) => {
    const news = JSON.parse(event.data) as News;
    if (fresh) forget();
    hear(news);
    if (fresh) readUntilNow();
    else for (const message of news.messages ?? []) signal("message", message.channel);
    fresh = false;
  };
}
