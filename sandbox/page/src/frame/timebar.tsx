// The sandbox's clock, and what the host offers to move it.
import { useEffect, useRef, useState } from "react";

import { Problem, run } from "../core/acts";
import { signal } from "../core/signals";
import { useStore } from "../core/store";
import { clock, day, full, zoneName } from "../core/times";
import type { Control } from "../core/types";
import { Calendar } from "../elements/calendar";
import { onEscape, Popover } from "../elements/popover";
import { ClockIcon, CloseIcon } from "./icons";

export function TimeBar() {
  const now = useStore((state) => state.now);
  const controls = useStore((state) => state.host.controls);
  const over = useStore((state) => state.running.over);
  const [refusal, setRefusal] = useState("");
  const start = (control: Control, date: string | null) => {
    setRefusal("");
    run(control.id, date).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setRefusal(error.message);
    });
  };
  const at = new Date(now);
  return (
    <section className="time-bar" aria-label="Time">
      <span className="now">
        <ClockIcon />
        <time dateTime={now}>{full(at)}, {clock(at)}</time> <small>{zoneName()}</small>
      </span>
      {controls.map((control) =>
        control.asksForDate ? (
          <DateControl key={control.id} control={control} disabled={!over} onRun={start} />
        ) : (
          <button key={control.id} type="button" disabled={!over} onClick={() => start(control, null)}>
            {control.label}
          </button>
        ),
      )}
      {refusal && <span role="alert">{refusal}</span>}
    </section>
  );
}

interface DateControlProps {
  control: Control;
  disabled: boolean;
  onRun: (control: Control, date: string) => void;
}

function DateControl({ control, disabled, onRun }: DateControlProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const now = useStore((state) => state.now);
  const close = () => setOpen(false);
  return (
    <div ref={anchor} className="date-control" onKeyDown={(event) => open && onEscape(event, close)}>
      <button type="button" disabled={disabled} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        {control.label}
      </button>
      {open && (
        <Popover anchor={anchor} onClose={close}>
          <Calendar value={null} today={day(new Date(now))} onPick={(date) => {
            close();
            onRun(control, date);
          }} />
        </Popover>
      )}
    </div>
  );
}

/** What happens while time moves, line by line; stays until it is dismissed. */
export function Progress() {
  const { control, lines, over, failed, count } = useStore((state) => state.running);
  const label = useStore((state) => state.host.controls.find((one) => one.id === control)?.label);
  const [dismissed, setDismissed] = useState(0);
  const known = useRef(count);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [lines]);
  useEffect(() => {
    if (count > known.current && control) signal("control", control);
    known.current = count;
  }, [count]);
  if (!control || (over && dismissed === count)) return null;
  return (
    <section className={`progress ${failed ? "failed" : ""}`} aria-label="What happened">
      <header>
        <strong>{label ?? control}</strong>
        {!over && <span className="spinner" aria-hidden="true" />}
        {over && (
          <button type="button" className="close" aria-label="Dismiss" onClick={() => setDismissed(count)}><CloseIcon /></button>
        )}
      </header>
      <ol ref={list} aria-live="polite" tabIndex={0} aria-label="Line by line">
        {(lines.length ? lines : [over ? "Nothing was due." : "Time is moving…"]).map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ol>
    </section>
  );
}
