// What elements hold: read from Slack's notation, and written as the control API takes it.
import type { Element, Option, Values } from "../core/types";

export type Value = null | string | number | Option | Option[] | string[];

// Element type → the property of its state, and of its initial value.
const FIELDS: Record<string, [state: string, initial: `initial_${string}`]> = {
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
};

export const holdsValue = (element: Element): boolean => element.type in FIELDS;

/** What is in an element: its state, or what it began with. */
export function held(element: Element, block: string, values: Values): Value {
  const fields = FIELDS[element.type];
  if (!fields) return null;
  const state = values[block]?.[element.action_id];
  const value = state ? state[fields[0]] : element[fields[1]];
  return (value as Value | undefined) ?? null;
}

export function isOption(value: unknown): value is Option {
  return typeof value === "object" && value !== null && "value" in value;
}

/** An offered option goes by its value; one that the bot suggested goes as a whole. */
export function written(element: Element, value: Value): unknown {
  if (element.type.includes("external")) return value;
  if (Array.isArray(value)) return value.map((one) => (isOption(one) ? one.value : one));
  return isOption(value) ? value.value : value;
}

export function isEmpty(value: Value): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
