// Where an element stands (message, modal, Home), and what can be done with it there.
import { createContext, useContext } from "react";

import type { Block, Element, Option, OptionGroup } from "../core/types";
import type { Value } from "./values";

export interface Surface {
  kind: "message" | "modal" | "home";
  valueOf(block: Block, element: Element): Value;
  /** Enters something that the bot hears of later, with a press or the submission. */
  enter(block: Block, element: Element, value: Value): void;
  /** Tells the bot at once. Rejects with a Problem whose message is for the person. */
  press(block: Block, element: Element, value?: Value): Promise<void>;
  suggest(element: Element, typed: string): Promise<(Option | OptionGroup)[]>;
  errors: Record<string, string>;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("an element stands nowhere");
  return surface;
}
