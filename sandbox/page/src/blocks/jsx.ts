// The JSX runtime that slack-blocks-to-jsx gets (build.mjs): what stood for `<`, `>` and `&` while
// the library looked for mentions and links becomes those letters where the text is shown.
import * as react from "react/jsx-runtime";

import { letters } from "./letters";

type Props = Record<string, unknown>;

function shown(value: unknown): unknown {
  if (typeof value === "string") return letters(value);
  return Array.isArray(value) ? value.map((one) => (typeof one === "string" ? letters(one) : one)) : value;
}

const clean = (props: Props): Props =>
  Object.fromEntries(Object.entries(props).map(([name, value]) => [name, shown(value)]));

export const Fragment = react.Fragment;

export const jsx: typeof react.jsx = (type, props, key) => react.jsx(type, clean(props as Props), key);

export const jsxs: typeof react.jsxs = (type, props, key) => react.jsxs(type, clean(props as Props), key);
