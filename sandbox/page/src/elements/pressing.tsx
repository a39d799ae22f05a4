// Pressing an element: first the confirmation, then the bot, then what went wrong.
import { type ReactNode, useState } from "react";

import { Problem } from "../core/acts";
import { signal } from "../core/signals";
import type { Block, Element } from "../core/types";
import { Confirm } from "./confirm";
import { useSurface } from "./surface";
import type { Value } from "./values";

interface Pressing {
  press: (value?: Value) => void;
  busy: boolean;
  /** What else is to be drawn: the dialog while it asks, the error after a failure. */
  aside: ReactNode;
}

export function usePressing(block: Block, element: Element): Pressing {
  const surface = useSurface();
  const [asking, setAsking] = useState<{ value?: Value } | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const go = async (value?: Value) => {
    setBusy(true);
    setFailure("");
    try {
      await surface.press(block, element, value);
      signal("press", element.action_id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setFailure(error.message);
    } finally {
      setBusy(false);
    }
  };
  const press = (value?: Value) => (element.confirm ? setAsking({ value }) : void go(value));
  const answer = (sure: boolean) => {
    setAsking(null);
    if (sure) void go(asking?.value);
  };
  const aside = (
    <>
      {asking && element.confirm && <Confirm dialog={element.confirm} onAnswer={answer} />}
      {failure && <span role="alert" className="failure">⚠ {failure}</span>}
    </>
  );
  return { press, busy, aside };
}
