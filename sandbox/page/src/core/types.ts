// What the sandbox sends, and the parts of Block Kit that the page handles itself.

export interface Text {
  type: "plain_text" | "mrkdwn";
  text: string;
  emoji?: boolean;
}

export interface Option {
  text: Text;
  value: string;
  description?: Text;
  url?: string;
}

export interface OptionGroup {
  label: Text;
  options: Option[];
}

export interface ConfirmDialog {
  title?: Text;
  text?: Text;
  confirm?: Text;
  deny?: Text;
  style?: "primary" | "danger";
}

export interface Element {
  type: string;
  action_id: string;
  text?: Text;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  accessibility_label?: string;
  placeholder?: Text;
  confirm?: ConfirmDialog;
  options?: Option[];
  option_groups?: OptionGroup[];
  min_query_length?: number;
  max_selected_items?: number;
  filter?: { include?: string[]; exclude_bot_users?: boolean };
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  min_value?: string;
  max_value?: string;
  is_decimal_allowed?: boolean;
  focus_on_load?: boolean;
  dispatch_action_config?: { trigger_actions_on?: string[] };
  positive_button?: { text: Text; value: string; accessibility_label?: string };
  negative_button?: { text: Text; value: string; accessibility_label?: string };
  [initial: `initial_${string}`]: unknown;
}

export interface Block {
  type: string;
  block_id: string;
  text?: Text | string;
  fields?: Text[];
  accessory?: Element;
  elements?: Element[];
  label?: Text;
  element?: Element;
  hint?: Text;
  optional?: boolean;
  dispatch_action?: boolean;
  [property: string]: unknown;
}

/** The state of elements in Slack's notation: block id → action id → `{type, selected_…}`. */
export type Values = Record<string, Record<string, Record<string, unknown>>>;

export interface User {
  id: string;
  name: string;
  realName: string;
  tz: string | null;
  isAdmin: boolean;
  isBot: boolean;
  deleted: boolean;
}

export interface Room {
  id: string;
  name: string;
  kind: "channel" | "group" | "im" | "mpim";
  members: string[];
  archived: boolean;
}

export interface Command {
  command: string;
  description: string;
  usage_hint: string;
  should_escape: boolean;
}

/** In a message's menu, or under ⚡ for all. */
export interface Shortcut {
  name: string;
  type: "message" | "global";
  callback_id: string;
  description: string;
}

export interface Team {
  id: string;
  name: string;
  me: string;
  app: { user: string; homeTab: boolean; messages: boolean };
  commands: Command[];
  shortcuts: Shortcut[];
  people: string[];
  users: User[];
  rooms: Room[];
}

export interface Attachment {
  color?: string;
  text?: string;
  fallback?: string;
  blocks?: Block[];
}

export interface SharedFile {
  id: string;
  name: string;
  title: string;
  pretty_type: string;
  size: number;
  url_private: string;
}

export interface Message {
  channel: string;
  ts: string;
  deleted?: boolean;
  user: string;
  text: string;
  blocks: Block[];
  attachments: Attachment[];
  files: SharedFile[];
  thread: string | null;
  edited: boolean;
  ephemeral: boolean;
  broadcast: boolean;
  reactions: [name: string, user: string][];
  state: Values;
}

export interface View {
  id: string;
  previous_view_id: string | null;
  hash: string;
  title: Text;
  submit: Text | null;
  close: Text | null;
  blocks: Block[];
  state: { values: Values };
}

export interface Exchange {
  number: number;
  at: string;
  to: "slack" | "bot";
  method: string;
  status: number | null;
  ok: boolean;
  elapsed: number;
  error: string | null;
  fault: string | null;
  retry: number;
}

export interface Fault {
  kind: string;
  accepted?: boolean;
  status?: number;
  seconds?: number;
  code?: string;
}

export interface PlannedFault {
  method: string;
  fault: Fault;
  times: number | null;
}

export interface Control {
  id: string;
  label: string;
  asksForDate: boolean;
}

export interface Step {
  text: string;
  waits_for: string;
  value: string;
  suggests: string;
}

export interface Running {
  control: string | null;
  lines: string[];
  over: boolean;
  failed: boolean;
  count: number;
}

/** One piece of the stream: whatever is there replaces, or adds to, what was known. */
export interface News {
  now: string;
  team?: Team;
  messages?: Message[];
  home?: View | null;
  modals?: View[];
  faults?: PlannedFault[];
  host?: { controls: Control[]; tour: Step[] };
  running?: Running;
  journal?: Exchange[];
}

/** The answer of the control API to what a person did. */
export interface Reply {
  error?: string | null;
  detail?: string;
  errors?: Record<string, string>;
  closed?: boolean;
}
