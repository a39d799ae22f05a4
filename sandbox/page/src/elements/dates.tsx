// Date, time, and both.
import { useRef, useState } from "react";

import { emojified } from "../core/emoji";
import { useStore } from "../core/store";
import { day, secondsAt, time24 } from "../core/times";
import { CalendarIcon } from "../frame/icons";
import { Calendar } from "./calendar";
import type { Choice } from "./choices";
import { Combobox } from "./combobox";
import type { FieldProps } from "./field";
import { onEscape, Popover } from "./popover";

const NOON = "12:00";
const HALF_HOURS: Choice[] = Array.from({ length: 48 }, (_, n) => {
  const time = `${String(n >> 1).padStart(2, "0")}:${n % 2 ? "30" : "00"}`;
  return { value: time, label: time };
});

const words = ({ element }: FieldProps, otherwise: string): string =>
  element.placeholder ? emojified(element.placeholder.text) : otherwise;

export function DatePicker(props: FieldProps) {
  return (
    <DateField
      label={props.label}
      placeholder={words(props, "Select a date")}
      value={props.value as string | null}
      onPick={props.onChange}
      describedBy={props.describedBy}
    />
  );
}

interface DateFieldProps {
  label: string;
  placeholder: string;
  value: string | null;
  onPick: (date: string) => void;
  describedBy?: string;
}

const spoken = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

export function DateField({ label, placeholder, value, onPick, describedBy }: DateFieldProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const now = useStore((state) => state.now);
  const close = () => setOpen(false);
  const done = () => {
    close();
    button.current?.focus();
  };
  const shown = value ? spoken.format(new Date(value)) : placeholder;
  return (
    <div className="date-field" ref={anchor} onKeyDown={(event) => open && onEscape(event, done)}>
      <button
        type="button"
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label && label !== shown ? `${label}: ${shown}` : shown}
        aria-describedby={describedBy}
        onClick={() => setOpen(!open)}
      >
        <CalendarIcon />
        {shown}
      </button>
      {open && (
        <Popover anchor={anchor} onClose={close}>
          <Calendar
            value={value}
            today={day(new Date(now))}
            onPick={(date) => {
              done();
              onPick(date);
            }}
          />
        </Popover>
      )}
    </div>
  );
}

export function TimePicker(props: FieldProps) {
  return (
    <TimeField
      {...props}
      placeholder={words(props, "Select a time")}
      time={props.value as string | null}
      onPick={props.onChange}
    />
  );
}

type TimeFieldProps = Pick<FieldProps, "label" | "invalid" | "describedBy"> & {
  placeholder: string;
  time: string | null;
  onPick: (time: string) => void;
};

function TimeField({ label, placeholder, time, onPick, invalid, describedBy }: TimeFieldProps) {
  const chosen = time ? [{ value: time, label: time }] : [];
  return (
    <div className="time-field">
      <Combobox
        label={label || placeholder}
        placeholder={placeholder}
        chosen={chosen}
        offer={times}
        empty="Write it as 14:45"
        onChoose={(choice) => onPick(choice.value)}
        invalid={invalid}
        describedBy={describedBy}
      />
    </div>
  );
}

/** Half hours, and whatever time is typed out. */
function times(typed: string): Choice[] {
  const found = HALF_HOURS.filter((choice) => choice.label.includes(typed));
  const exact = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(typed);
  if (!exact) return found;
  const time = `${exact[1]?.padStart(2, "0")}:${exact[2]}`;
  return [{ value: time, label: time }];
}

/** Unix seconds, picked as a local date and time. */
export function DateTimePicker(props: FieldProps) {
  const at = props.value === null ? null : new Date(Number(props.value) * 1000);
  const today = day(new Date(useStore((state) => state.now)));
  const date = at && day(at);
  const time = at && time24(at);
  const pick = (newDate: string, newTime: string) => props.onChange(secondsAt(newDate, newTime));
  return (
    <div className="date-time">
      <DateField
        label={`${props.label || "Date"}, day`}
        placeholder="Select a date"
        value={date}
        describedBy={props.describedBy}
        onPick={(picked) => pick(picked, time ?? NOON)}
      />
      <TimeField
        label={`${props.label || "Date"}, time`}
        placeholder="Select a time"
        time={time}
        invalid={props.invalid}
        onPick={(picked) => pick(date ?? today, picked)}
      />
    </div>
  );
}
