// The host's tour: one step at a time, each waiting for what it is about.
import { useEffect, useState } from "react";

import { appRoom, current, set, useStore } from "../core/store";
import { type Kind, onSignal } from "../core/signals";
import type { Step } from "../core/types";
import { CloseIcon } from "./icons";

const KEY = "tour";
const OVER = "over";
let reopen: () => void = () => undefined;

export const startTour = (): void => reopen();

/** It has been taken (or sent away) already on this machine. */
const wasTaken = () => localStorage.getItem(KEY) === OVER;

export function Tour() {
  const steps = useStore((state) => state.host.tour);
  const [at, setAt] = useState(wasTaken() ? -1 : 0);
  reopen = () => setAt(0);
  const step = steps[at];
  const end = () => {
    localStorage.setItem(KEY, OVER);
    setAt(-1);
  };
  const next = () => (at + 1 < steps.length ? setAt(at + 1) : end());
  useEffect(() => {
    if (!step) return;
    if (isThere(step)) return next();
    return onSignal((kind, value) => {
      if (fits(step, kind, value)) next();
    });
  }, [at, step]);
  if (!step) return null;
  return (
    <aside className="tour" aria-label="Tour">
      <header>
        <small>{at + 1} of {steps.length}</small>
        <button type="button" className="close" aria-label="End the tour" onClick={end}><CloseIcon /></button>
      </header>
      <p aria-live="polite">{step.text}</p>
      <footer>
        {step.suggests && (
          <button type="button" className="button primary" onClick={() => compose(step.suggests)}>
            Type it for me
          </button>
        )}
        <button type="button" className={`button ${step.waits_for === "next" ? "primary" : ""}`} onClick={next}>
          {at + 1 === steps.length ? "Done" : step.waits_for === "next" ? "Next" : "Skip"}
        </button>
      </footer>
    </aside>
  );
}

/** Types for one, where one can type: the Home tab has no composer. */
function compose(text: string): void {
  const { place } = current();
  const canType = place.kind === "room" || place.tab === "messages";
  set({ composed: text, ...(canType ? {} : { place: { kind: "room", id: "" } }) });
}

/** Nothing to wait for: one is that person already, or there. */
function isThere(step: Step): boolean {
  const { team, place } = current();
  if (step.waits_for === "person") return team?.me === step.value;
  if (step.waits_for !== "place") return false;
  if (place.kind === "room") return place.id === step.value;
  return step.value === (place.tab === "messages" ? "im" : place.tab);
}

function fits(step: Step, kind: Kind, value: string): boolean {
  if (step.waits_for !== kind) return false;
  if (kind === "command" || kind === "press") return value.startsWith(step.value);
  if (kind === "modal") return true;
  if (kind === "message" && step.value === "im") {
    const { team } = current();
    return team !== null && value === appRoom(team)?.id;
  }
  return !step.value || value === step.value;
}
