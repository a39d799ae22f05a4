// Whatever holds a value, drawn for its type.
import type { ReactNode } from "react";

import type { Element } from "../core/types";
import { Checkboxes, RadioButtons } from "./boxes";
import { DatePicker, DateTimePicker, TimePicker } from "./dates";
import { TextInput } from "./inputs";
import { Select } from "./selects";
import type { Value } from "./values";

export interface FieldProps {
  element: Element;
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  /** Enter was pressed in a text input, or it was left. */
  onCommit?: (value: Value) => void;
  invalid?: boolean;
  describedBy?: string;
}

const FIELDS: Record<string, (props: FieldProps) => ReactNode> = {
  checkboxes: Checkboxes,
  radio_buttons: RadioButtons,
  datepicker: DatePicker,
  timepicker: TimePicker,
  datetimepicker: DateTimePicker,
  plain_text_input: TextInput,
  number_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
};

export function Field(props: FieldProps) {
  const Drawn = FIELDS[props.element.type] ?? Select;
  return <Drawn {...props} />;
}
