// Blocks made ready for the library that draws them.
import { guarded, literal, read } from "./letters";

// Nothing is loaded from outside: other people's images become a grey square with their words.
const placeholder =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="96" height="96">' +
      '<rect width="24" height="24" rx="3" fill="#9994"/>' +
      '<path d="M5 17l4.5-6 3.5 4 2.500-3L19 17z" fill="#888"/><circle cx="15.500" cy="8" r="1.500" fill="#888"/></svg>',
  );

export const isOwn = (url: string): boolean =>
  /^data:image\//i.test(url) || (url.startsWith("/") && !url.startsWith("//")) || url.startsWith(`${location.origin}/`);

/** `<@U02RILEY|riley>` as `<@U02RILEY>`: the library knows the short form alone. */
const withoutNames = (text: string): string => text.replace(/<([@#!][^|>^]*)\|[^>]*>/g, "<$1>");

/** A text by what it is: mrkdwn, standard markdown, or what means nothing but itself. */
function readyText(type: string | undefined, text: string): string {
  if (type === "mrkdwn") return guarded(withoutNames(text));
  if (type === "plain_text") return literal(read(text));
  if (type === "text") return literal(text);
  return type === "markdown" ? text.replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1") : text;
}

/** The same block with every image that isn't ours replaced, and mentions in their short form. */
export function ready<T>(value: T): T {
  if (Array.isArray(value)) return value.map(ready) as T;
  if (typeof value !== "object" || value === null) return value;
  // Slack formats `verbatim` text like any other (it only leaves bare addresses alone); the library
  // would show its asterisks.
  const known = Object.entries(value).filter(([key]) => key !== "verbatim");
  const entries = known.map(([key, inner]) => {
    if (key.endsWith("_url") && typeof inner === "string")
      return [key, isOwn(inner) ? inner : placeholder];
    return [key, ready(inner)];
  });
  const copy = Object.fromEntries(entries) as { type?: string; text?: unknown };
  if (typeof copy.text === "string") copy.text = readyText(copy.type, copy.text);
  return copy as T;
}
