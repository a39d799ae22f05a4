// Where one types: messages, and commands with their completion.
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";

import { isCommand, Problem, notice, send } from "../core/acts";
import { set, useStore, useTeam } from "../core/store";
import { SendIcon } from "../frame/icons";
import { Completion, completionsFor, type Completed } from "./completion";
import { GlobalShortcuts } from "./shortcuts";

interface Props {
  channel: string;
  name: string;
  thread?: string;
}

export function Composer({ channel, name, thread }: Props) {
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(text, Boolean(thread));
  useSuggested(setText, box, Boolean(thread));
  useGrowing(box, text);
  const submit = () => {
    if (!text.trim()) return;
    setText((shown) => (shown === text ? "" : shown));
    send(channel, text, thread ?? null).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      notice(channel, `${isCommand(text) ? "The command" : "The message"} wasn't sent: ${error.message}`);
      setText((shown) => shown || text);
    });
  };
  const complete = (chosen: Completed) => {
    setText(chosen.text);
    completion.close();
    box.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (completion.onKey(event, complete)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };
  const label = thread ? "Reply…" : `Message ${name}`;
  return (
    <div className="composer">
      {completion.open && <Completion offered={completion.offered} active={completion.active} onChoose={complete} />}
      <Formatting box={box} text={text} onChange={setText} />
      <textarea
        ref={box}
        rows={1}
        value={text}
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded={completion.open}
        aria-controls="completion"
        aria-autocomplete="list"
        aria-activedescendant={completion.open ? `completion-${completion.active}` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          completion.reopen();
        }}
        onKeyDown={onKey}
      />
      <div className="composer-foot">
        {!thread && <GlobalShortcuts channel={channel} />}
        <small>{thread ? "" : "Type / for commands, @ for people"}</small>
        <button type="button" className="send" aria-label="Send now" disabled={!text.trim()} onClick={submit}>
          <SendIcon />
        </button>
      </div>
    </div>
  );
}

function useCompletion(text: string, inThread: boolean) {
  const team = useTeam();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const offered = completionsFor(team, text, inThread);
  const open = offered.length > 0 && !dismissed;
  const onKey = (event: KeyboardEvent, choose: (chosen: Completed) => void): boolean => {
    if (!open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = offered[Math.min(active, offered.length - 1)];
    if (step) setActive((active + step + offered.length) % offered.length);
    else if (event.key === "Escape") setDismissed(true);
    else if (chosen && (event.key === "Tab" || (event.key === "Enter" && !chosen.isWhole))) choose(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  const reopen = () => {
    setDismissed(false);
    setActive(0);
  };
  return { open, offered, active, onKey, reopen, close: () => setDismissed(true) };
}

/** Takes over what the tour puts here. */
function useSuggested(setText: (text: string) => void, box: React.RefObject<HTMLTextAreaElement | null>, inThread: boolean) {
  const composed = useStore((state) => state.composed);
  useEffect(() => {
    if (inThread || composed === null) return;
    setText(composed);
    set({ composed: null });
    box.current?.focus();
  }, [composed]);
}

function useGrowing(box: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);
}

const MARKS = [
  ["Bold", "*", "B"],
  ["Italic", "_", "I"],
  ["Strikethrough", "~", "S"],
  ["Code", "`", "‹›"],
] as const;

interface FormattingProps {
  box: React.RefObject<HTMLTextAreaElement | null>;
  text: string;
  onChange: (text: string) => void;
}

/** Puts marks around what is selected. */
function Formatting({ box, text, onChange }: FormattingProps) {
  const wrap = (mark: string) => {
    const field = box.current;
    if (!field) return;
    const { selectionStart: from, selectionEnd: to } = field;
    onChange(text.slice(0, from) + mark + text.slice(from, to) + mark + text.slice(to));
    field.focus();
  };
  return (
    <div className="formatting" role="toolbar" aria-label="Formatting">
      {MARKS.map(([name, mark, letter]) => (
        <button key={name} type="button" aria-label={name} title={name} className={`mark-${name.toLowerCase()}`} onClick={() => wrap(mark)}>
          {letter}
        </button>
      ))}
    </div>
  );
}
