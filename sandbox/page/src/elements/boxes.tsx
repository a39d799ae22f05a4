// Checkboxes and radio buttons.
import { useId } from "react";

import { Words } from "../blocks/words";
import type { Element, Option } from "../core/types";
import type { FieldProps } from "./field";
import { isOption, type Value } from "./values";

const offered = (element: Element): Option[] => element.options ?? [];

const picked = (value: Value): string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => (isOption(one) ? one.value : String(one)));

export function Checkboxes(props: FieldProps) {
  const { element, value, onChange } = props;
  const marked = picked(value);
  const toggle = (option: Option) =>
    onChange(
      offered(element).filter((one) => (one.value === option.value) !== marked.includes(one.value)),
    );
  return <Boxes {...props} type="checkbox" marked={marked} onPick={toggle} />;
}

export function RadioButtons(props: FieldProps) {
  return <Boxes {...props} type="radio" marked={picked(props.value)} onPick={props.onChange} />;
}

interface BoxesProps extends FieldProps {
  type: "checkbox" | "radio";
  marked: string[];
  onPick: (option: Option) => void;
}

function Boxes({ element, label, type, marked, onPick, invalid, describedBy }: BoxesProps) {
  const name = useId();
  return (
    <fieldset className="boxes" role={type === "radio" ? "radiogroup" : "group"} aria-label={label || "Options"} aria-describedby={describedBy} aria-invalid={invalid || undefined}>
      {offered(element).map((option) => (
        <label key={option.value}>
          <input
            type={type}
            name={name}
            checked={marked.includes(option.value)}
            onChange={() => onPick(option)}
          />
          <span>
            <Words text={option.text} />
            {option.description && (
              <small>
                <Words text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
