// A month to pick a day from. Days are `2026-11-23`, counted in UTC so that no zone shifts them.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

const DAY = 86_400_000;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const named = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** `Monday 23 November 2026` */
const spoken = (date: string): string => named.format(new Date(date)).replaceAll(",", "");

function monthLater(date: string, months: number): string {
  const day = new Date(date);
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate();
  return iso(first + (Math.min(day.getUTCDate(), last) - 1) * DAY);
}

/** Whole weeks around the month of a date. */
function weeks(date: string): string[][] {
  const day = new Date(date);
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY;
  return [0, 1, 2, 3, 4, 5].map((week) =>
    WEEKDAYS.map((_, weekday) => iso(monday + (week * 7 + weekday) * DAY)),
  );
}

interface Props {
  value: string | null;
  today: string;
  onPick: (date: string) => void;
}

export function Calendar({ value, today, onPick }: Props) {
  const [focus, setFocus] = useState(value ?? today);
  const focused = useRef<HTMLButtonElement>(null);
  useEffect(() => focused.current?.focus(), [focus]);
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (!step && !months) return;
    event.preventDefault();
    setFocus(step ? iso(Date.parse(focus) + step * DAY) : monthLater(focus, months ?? 0));
  };
  return (
    <div className="calendar" role="dialog" aria-label="Choose a date">
      <header>
        <button type="button" aria-label="Previous month" onClick={() => setFocus(monthLater(focus, -1))}>‹</button>
        <strong aria-live="polite">{month.format(new Date(focus))}</strong>
        <button type="button" aria-label="Next month" onClick={() => setFocus(monthLater(focus, 1))}>›</button>
      </header>
      <div className="days" role="group" aria-label={month.format(new Date(focus))} onKeyDown={onKey}>
        {WEEKDAYS.map((name) => (
          <abbr key={name} aria-hidden="true">{name.slice(0, 2)}</abbr>
        ))}
        {weeks(focus).flat().map((date) => (
          <button
            key={date}
            type="button"
            ref={date === focus ? focused : undefined}
            tabIndex={date === focus ? 0 : -1}
            className={date.slice(0, 7) === focus.slice(0, 7) ? "" : "other-month"}
            aria-pressed={date === value}
            aria-current={date === today ? "date" : undefined}
            aria-label={spoken(date)}
            onClick={() => onPick(date)}
          >
            {Number(date.slice(8))}
          </button>
        ))}
      </div>
    </div>
  );
}
