// `:tada:` in plain text.
import { get } from "node-emoji";

export const emojified = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => get(name) ?? whole);
