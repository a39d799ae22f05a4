// The app's shortcuts: in the menu of a message, and under ⚡ for those that need none.
import { type KeyboardEvent, useRef, useState } from "react";

import { act, notice, Problem, trouble } from "../core/acts";
import { useTeam } from "../core/store";
import type { Message, Option, Reply, Shortcut } from "../core/types";
import { Menu } from "../elements/buttons";
import { onEscape, Popover } from "../elements/popover";
import { BoltIcon, MoreIcon } from "../frame/icons";

/** What a message's menu offers; nothing where the app declares nothing. */
export function MessageShortcuts({ message }: { message: Message }) {
  const use = (id: string) => act("message-action", { channel: message.channel, ts: message.ts, callback_id: id });
  return <Shortcuts type="message" label="More actions for this message" channel={message.channel} icon={<MoreIcon />} use={use} />;
}

export function GlobalShortcuts({ channel }: { channel: string }) {
  const use = (id: string) => act("shortcut", { callback_id: id });
  return <Shortcuts type="global" label="Shortcuts" channel={channel} icon={<BoltIcon />} use={use} />;
}

const asOption = ({ name, callback_id, description }: Shortcut): Option => ({
  text: { type: "plain_text", text: name },
  value: callback_id,
  ...(description ? { description: { type: "plain_text", text: description } } : {}),
});

interface Props {
  type: Shortcut["type"];
  label: string;
  /** Where a failure is told. */
  channel: string;
  icon: React.ReactNode;
  use: (callbackId: string) => Promise<Reply>;
}

function Shortcuts({ type, label, channel, icon, use }: Props) {
  const offered = useTeam().shortcuts.filter((one) => one.type === type);
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  const leave = () => {
    close();
    button.current?.focus();
  };
  const choose = async ({ value, text }: Option) => {
    leave();
    try {
      const reply = await use(value);
      if (reply.error) notice(channel, `${text.text}: ${trouble(reply.error)}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notice(channel, `${text.text} didn't work: ${error.message}`);
    }
  };
  if (!offered.length) return null;
  const onKey = (event: KeyboardEvent) => open && onEscape(event, leave);
  return (
    <div className="shortcuts" ref={anchor} onKeyDown={onKey}>
      <button type="button" ref={button} aria-label={label} title={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {icon}
      </button>
      {open && (
        <Popover anchor={anchor} onClose={close}>
          <Menu options={offered.map(asOption)} onChoose={(option) => void choose(option)} />
        </Popover>
      )}
    </div>
  );
}
