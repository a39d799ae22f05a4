// Buttons of all kinds, and the overflow menu.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import { Words } from "../blocks/words";
import type { Block, Element, Option } from "../core/types";
import { MoreIcon, ThumbIcon, TrashIcon } from "../frame/icons";
import { onEscape, Popover } from "./popover";
import { usePressing } from "./pressing";

interface Props {
  block: Block;
  element: Element;
}

const safe = (url: string | undefined): string | null =>
  url && /^(https?|mailto):/i.test(url) ? url : null;

export const openOutside = (url: string | undefined): void => {
  const address = safe(url);
  if (address) window.open(address, "_blank", "noopener,noreferrer");
};

export function Button({ block, element }: Props) {
  const { press, busy, aside } = usePressing(block, element);
  return (
    <>
      <button
        type="button"
        className={`button ${element.style ?? ""}`}
        aria-label={element.accessibility_label}
        aria-busy={busy}
        onClick={() => {
          openOutside(element.url);
          press();
        }}
      >
        <Words text={element.text} />
      </button>
      {aside}
    </>
  );
}

export function IconButton({ block, element }: Props) {
  const { press, aside } = usePressing(block, element);
  const name = element.accessibility_label ?? element.text?.text;
  return (
    <>
      <button type="button" className="icon-button" aria-label={name} title={name} onClick={() => press()}>
        <TrashIcon />
      </button>
      {aside}
    </>
  );
}

export function FeedbackButtons({ block, element }: Props) {
  const { press, aside } = usePressing(block, element);
  return (
    <>
      {([element.positive_button, element.negative_button] as const).map(
        (button, index) =>
          button && (
            <button
              key={button.value}
              type="button"
              className="icon-button"
              aria-label={button.accessibility_label ?? button.text.text}
              title={button.text.text}
              onClick={() => press()}
            >
              <ThumbIcon down={index === 1} />
            </button>
          ),
      )}
      {aside}
    </>
  );
}

export function Overflow({ block, element }: Props) {
  const { press, aside } = usePressing(block, element);
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  const choose = (option: Option) => {
    close();
    button.current?.focus();
    openOutside(option.url);
    press(option);
  };
  return (
    <div className="overflow" ref={anchor} onKeyDown={(event) => open && onEscape(event, () => {
      close();
      button.current?.focus();
    })}>
      <button type="button" ref={button} className="button" aria-label="More actions" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <MoreIcon />
      </button>
      {open && (
        <Popover anchor={anchor} onClose={close}>
          <Menu options={element.options ?? []} onChoose={choose} />
        </Popover>
      )}
      {aside}
    </div>
  );
}

export function Menu({ options, onChoose }: { options: Option[]; onChoose: (option: Option) => void }) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => menu.current?.querySelector("button")?.focus(), []);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...(menu.current?.querySelectorAll("button") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div role="menu" className="menu" ref={menu} onKeyDown={onKey}>
      {options.map((option) => (
        <button key={option.value} type="button" role="menuitem" onClick={() => onChoose(option)}>
          <Words text={option.text} />
          {option.description && <small><Words text={option.description} /></small>}
        </button>
      ))}
    </div>
  );
}
