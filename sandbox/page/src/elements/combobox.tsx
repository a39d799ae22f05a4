// A list to choose from, with a field that narrows it: WAI-ARIA's combobox pattern.
import { type KeyboardEvent, useId, useRef, useState } from "react";

import { ChevronIcon } from "../frame/icons";
import type { Choice } from "./choices";
import { onEscape, Popover } from "./popover";

export interface ComboboxProps {
  label: string;
  chosen: Choice[];
  placeholder: string;
  offer: (typed: string) => Choice[];
  onChoose: (choice: Choice) => void;
  onType?: (typed: string) => void;
  empty?: string;
  multiple?: boolean;
  invalid?: boolean;
  describedBy?: string;
  focusOnLoad?: boolean;
}

export function Combobox(props: ComboboxProps) {
  const { chosen, multiple, onChoose } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const anchor = useRef<HTMLDivElement>(null);
  const list = useId();
  const open = typed !== null;
  const offered = open ? props.offer(typed) : [];

  const type = (text: string) => {
    setTyped(text);
    setActive(0);
    props.onType?.(text);
  };
  const close = () => setTyped(null);
  const choose = (choice: Choice) => {
    close();
    onChoose(choice);
  };
  const onKey = (event: KeyboardEvent) => {
    if (open) onEscape(event, close);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return type("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + step + offered.length) % Math.max(offered.length, 1));
    }
    if (event.key === "Enter" && open) {
      event.preventDefault();
      const choice = offered[active];
      if (choice) choose(choice);
    }
  };
  const shown = multiple ? "" : (chosen[0]?.label ?? "");
  return (
    <div className={`combobox ${props.invalid ? "invalid" : ""}`} ref={anchor}>
      <input
        role="combobox"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && offered.length ? `${list}-${active}` : undefined}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        autoComplete="off"
        autoFocus={props.focusOnLoad}
        placeholder={shown || props.placeholder}
        className={shown && open ? "refilling" : ""}
        value={typed ?? shown}
        onChange={(event) => type(event.target.value)}
        onClick={() => open || type("")}
        onKeyDown={onKey}
      />
      <ChevronIcon />
      {open && (
        <Popover anchor={anchor} onClose={close}>
          <Listbox id={list} {...props} offered={offered} active={active} onChoose={choose} />
        </Popover>
      )}
    </div>
  );
}

interface ListProps {
  id: string;
  label: string;
  chosen: Choice[];
  offered: Choice[];
  active: number;
  empty?: string;
  multiple?: boolean;
  onChoose: (choice: Choice) => void;
}

function Listbox({ id, label, chosen, offered, active, empty, multiple, onChoose }: ListProps) {
  const groups = Map.groupBy(offered, (choice) => choice.group ?? "");
  return (
    <div id={id} role="listbox" aria-label={label} aria-multiselectable={multiple} className="listbox">
      {[...groups].map(([group, choices]) => (
        <div key={group} role={group ? "group" : "presentation"} aria-label={group || undefined}>
          {group && <div className="group-label" aria-hidden="true">{group}</div>}
          {choices.map((choice) => (
            <div
              key={choice.value}
              id={`${id}-${offered.indexOf(choice)}`}
              role="option"
              aria-selected={chosen.some((one) => one.value === choice.value)}
              className={offered.indexOf(choice) === active ? "active" : ""}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(choice)}
            >
              {choice.label}
              {choice.description && <small>{choice.description}</small>}
            </div>
          ))}
        </div>
      ))}
      {!offered.length && <div className="nothing">{empty ?? "No results"}</div>}
    </div>
  );
}
