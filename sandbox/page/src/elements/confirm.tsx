// "Are you sure?", as an element's `confirm` asks it.
import { useEffect, useRef } from "react";

import { Words } from "../blocks/words";
import type { ConfirmDialog } from "../core/types";

interface Props {
  dialog: ConfirmDialog;
  onAnswer: (sure: boolean) => void;
}

export function Confirm({ dialog, onAnswer }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    return () => before?.focus();
  }, []);
  return (
    <dialog ref={box} className="confirm" aria-labelledby="confirm-title" onCancel={(event) => {
      event.preventDefault();
      event.stopPropagation();
      onAnswer(false);
    }}>
      <h2 id="confirm-title"><Words text={dialog.title} otherwise="Are you sure?" /></h2>
      <div className="words"><Words text={dialog.text} /></div>
      <footer>
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          <Words text={dialog.deny} otherwise="Cancel" />
        </button>
        <button
          type="button"
          className={`button ${dialog.style === "danger" ? "danger filled" : "primary"}`}
          onClick={() => onAnswer(true)}
        >
          <Words text={dialog.confirm} otherwise="Yes" />
        </button>
      </footer>
    </dialog>
  );
}
