// `:tada:` in plain text.
import { get } from "node-emoji";

import { read } from "../blocks/letters";

export const emojified = (text: string): string =>
  read(text).replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => get(name) ?? whole);
