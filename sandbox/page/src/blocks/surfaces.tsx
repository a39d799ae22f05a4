// Messages, modals and Home tabs as places where elements stand.
import { type ReactNode, useState } from "react";

import { act, Problem, trouble } from "../core/acts";
import type { Block, Element, Message, Option, OptionGroup, Reply, Values, View } from "../core/types";
import { type Surface, SurfaceContext } from "../elements/surface";
import { held, type Value, written } from "../elements/values";

/** What was entered here and the sandbox may not know yet. */
export type Entered = Record<string, Record<string, Value>>;

export const withEntry = (entered: Entered, block: string, action: string, value: Value): Entered => ({
  ...entered,
  [block]: { ...entered[block], [action]: value },
});

export function valueIn(entered: Entered, known: Values, block: Block, element: Element): Value {
  const own = entered[block.block_id];
  if (own && element.action_id in own) return own[element.action_id] ?? null;
  return held(element, block.block_id, known);
}

export async function press(
  where: Record<string, string>,
  block: Block,
  element: Element,
  value?: Value,
): Promise<void> {
  const named = { block_id: block.block_id, action_id: element.action_id };
  const what = value === undefined ? {} : { value: written(element, value) };
  const reply = await act<Reply>("press", { ...where, ...named, ...what });
  const failed = trouble(reply.error);
  if (failed) throw new Problem(failed);
}

export const suggest = (where: Record<string, string>, element: Element, typed: string) =>
  act<(Option | OptionGroup)[]>("suggest", { ...where, action_id: element.action_id, typed });

export function MessageSurface({ message, children }: { message: Message; children: ReactNode }) {
  const [entered, setEntered] = useState<Entered>({});
  const where = { channel: message.channel, ts: message.ts };
  const keep = (block: Block, element: Element, value: Value) =>
    setEntered((known) => withEntry(known, block.block_id, element.action_id, value));
  const surface: Surface = {
    kind: "message",
    errors: {},
    valueOf: (block, element) => valueIn(entered, message.state, block, element),
    enter: (block, element, value) => {
      keep(block, element, value);
      const named = { block_id: block.block_id, action_id: element.action_id };
      // What can't be a value yet (half an address) is entered when it is whole.
      act("enter", { ...where, ...named, value: written(element, value) }).catch(() => undefined);
    },
    press: (block, element, value) => {
      if (value !== undefined && element.type !== "overflow") keep(block, element, value);
      return press(where, block, element, value);
    },
    suggest: (element, typed) => suggest(where, element, typed),
  };
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}

export function HomeSurface({ view, children }: { view: View; children: ReactNode }) {
  const [entered, setEntered] = useState<Entered>({});
  const where = { view_id: view.id };
  const keep = (block: Block, element: Element, value: Value) =>
    setEntered((known) => withEntry(known, block.block_id, element.action_id, value));
  const surface: Surface = {
    kind: "home",
    errors: {},
    valueOf: (block, element) => valueIn(entered, view.state.values, block, element),
    enter: keep,
    press: (block, element, value) => {
      if (value !== undefined && element.type !== "overflow") keep(block, element, value);
      return press(where, block, element, value);
    },
    suggest: (element, typed) => suggest(where, element, typed),
  };
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}
