// Text, number, email and address inputs.
import type { KeyboardEvent } from "react";

import { emojified } from "../core/emoji";
import type { FieldProps } from "./field";

const MODES = { number_input: "decimal", email_text_input: "email", url_text_input: "url" } as const;

export function TextInput(props: FieldProps) {
  const { element, label, value, onChange, onCommit } = props;
  const text = value === null ? "" : String(value);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && onCommit) onCommit(value);
  };
  const common = {
    "aria-label": label || "Text",
    "aria-invalid": props.invalid || undefined,
    "aria-describedby": props.describedBy,
    autoFocus: element.focus_on_load,
    placeholder: element.placeholder ? emojified(element.placeholder.text) : undefined,
    maxLength: element.max_length,
    value: text,
    onKeyDown: onKey,
    onBlur: () => onCommit?.(value),
  };
  if (element.multiline) {
    return <textarea rows={4} {...common} onChange={(event) => onChange(event.target.value || null)} />;
  }
  return (
    <input
      type="text"
      inputMode={MODES[element.type as keyof typeof MODES]}
      {...common}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

/** What is wrong with what was typed, as Slack's client would say; null when nothing is. */
export function complaint({ element, value }: Pick<FieldProps, "element" | "value">): string | null {
  if (value === null || value === "" || typeof value !== "string") return null;
  switch (element.type) {
    case "email_text_input":
      return /^[^@\s]+@[^@\s]+$/.test(value) ? null : "Enter a valid email address.";
    case "url_text_input":
      return /^https?:\/\/\S+$/.test(value) ? null : "Enter a valid address, beginning with http.";
    case "number_input":
      return numberComplaint(element, value);
    case "plain_text_input":
      return value.length >= (element.min_length ?? 0)
        ? null
        : `Enter at least ${element.min_length} characters.`;
    default:
      return null;
  }
}

function numberComplaint(element: FieldProps["element"], value: string): string | null {
  const shape = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!shape.test(value)) return element.is_decimal_allowed ? "Enter a number." : "Enter a whole number.";
  if (element.min_value && Number(value) < Number(element.min_value)) return `Enter at least ${element.min_value}.`;
  if (element.max_value && Number(value) > Number(element.max_value)) return `Enter at most ${element.max_value}.`;
  return null;
}
