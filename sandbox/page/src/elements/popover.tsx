// Something that opens under its anchor and goes when one looks elsewhere.
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from "react";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

const GAP = 4;

function place(box: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + GAP + height <= innerHeight || at.top < height + GAP;
  if (box.querySelector('[role=listbox]')) box.style.minWidth = `${at.width}px`;
  box.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  box.style.top = `${below ? Math.min(at.bottom + GAP, innerHeight - height - GAP) : at.top - GAP - height}px`;
}

export function Popover({ anchor, onClose, className = "", children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current && anchor.current) place(box.current, anchor.current);
  });
  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) onClose();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [anchor, onClose]);
  return (
    <div ref={box} className={`popover ${className}`}>
      {children}
    </div>
  );
}

/** Escape closes what is open, and nothing around it. */
export function onEscape(event: React.KeyboardEvent, close: () => void): void {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  close();
}
