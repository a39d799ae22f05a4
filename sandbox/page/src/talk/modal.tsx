// The modal on top: what is entered stays here until it is submitted.
import { useEffect, useRef, useState } from "react";

import { Blocks } from "../blocks/blocks";
import { type Entered, press, suggest, valueIn, withEntry } from "../blocks/surfaces";
import { Words } from "../blocks/words";
import { act, Problem, trouble } from "../core/acts";
import { signal } from "../core/signals";
import { useStore } from "../core/store";
import type { Block, Element, Reply, View } from "../core/types";
import { complaint } from "../elements/inputs";
import { type Surface, SurfaceContext } from "../elements/surface";
import { isEmpty, type Value, written } from "../elements/values";
import { Avatar } from "../frame/avatar";
import { BackIcon, CloseIcon } from "../frame/icons";
import { useTeam } from "../core/store";

export function Modals() {
  const top = useStore((state) => state.modals.at(-1));
  return top ? <Modal key={top.id} view={top} /> : null;
}

const inputs = (view: View): Block[] => view.blocks.filter((block) => block.type === "input");

/** What Slack's own client finds wrong, by block. */
function complaints(view: View, valueOf: (block: Block, element: Element) => Value) {
  const found: Record<string, string> = {};
  for (const block of inputs(view)) {
    if (!block.element) continue;
    const value = valueOf(block, block.element);
    const wrong = complaint({ element: block.element, value });
    if (!block.optional && isEmpty(value)) found[block.block_id] = "Please complete this required field.";
    else if (wrong) found[block.block_id] = wrong;
  }
  return found;
}

function filled(view: View, valueOf: (block: Block, element: Element) => Value) {
  const values: Record<string, Record<string, unknown>> = {};
  for (const block of inputs(view)) {
    if (!block.element) continue;
    values[block.block_id] = { [block.element.action_id]: written(block.element, valueOf(block, block.element)) };
  }
  return values;
}

function useModal(view: View) {
  const [entered, setEntered] = useState<Entered>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const valueOf = (block: Block, element: Element) => valueIn(entered, view.state.values, block, element);
  const enter = (block: Block, element: Element, value: Value) => {
    setEntered((known) => withEntry(known, block.block_id, element.action_id, value));
    setErrors(({ [block.block_id]: _, ...others }) => others);
  };
  const surface: Surface = {
    kind: "modal",
    errors,
    valueOf,
    enter,
    press: (block, element, value) => {
      if (value !== undefined && element.type !== "overflow") enter(block, element, value);
      return press({ view_id: view.id }, block, element, value);
    },
    suggest: (element, typed) => suggest({ view_id: view.id }, element, typed),
  };
  const submit = async () => {
    const wrong = complaints(view, valueOf);
    setErrors(wrong);
    if (Object.keys(wrong).length) return;
    setBusy(true);
    setFailure("");
    try {
      const reply = await act<Reply>("submit", { view_id: view.id, values: filled(view, valueOf) });
      setErrors(reply.errors ?? {});
      if (reply.error) setFailure(trouble(reply.error) ?? "");
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setFailure(error.message);
    } finally {
      setBusy(false);
    }
  };
  return { surface, submit, failure, busy };
}

function Modal({ view }: { view: View }) {
  const team = useTeam();
  const box = useRef<HTMLDialogElement>(null);
  const { surface, submit, failure, busy } = useModal(view);
  const close = (everything: boolean) =>
    void act("close", { view_id: view.id, everything }).catch(() => undefined);
  const cancel = () => close(false);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    focusFirst(box.current);
    signal("modal", view.id);
    return () => before?.focus();
  }, [view.id]);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [Object.keys(surface.errors).join()]);
  return (
    <dialog
      ref={box}
      className="modal"
      aria-labelledby="modal-title"
      onCancel={(event) => {
        event.preventDefault();
        cancel();
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header>
          {view.previous_view_id && (
            <button type="button" className="back" aria-label="Back" onClick={cancel}><BackIcon /></button>
          )}
          <Avatar user={team.app.user} small />
          <h2 id="modal-title"><Words text={view.title} /></h2>
          <button type="button" className="close" aria-label="Close" onClick={() => close(true)}><CloseIcon /></button>
        </header>
        <div className="modal-body" tabIndex={-1}>
          {failure && <div className="modal-failure" role="alert">{failure}</div>}
          <SurfaceContext value={surface}><Blocks blocks={view.blocks} /></SurfaceContext>
        </div>
        <footer>
          <button type="button" className="button" onClick={cancel}>
            <Words text={view.close} otherwise={view.submit ? "Cancel" : "Close"} />
          </button>
          {view.submit && (
            <button type="submit" className="button primary" disabled={busy}>
              <Words text={view.submit} />
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

/** The first field; where there is none, the first button of the content. */
function focusFirst(box: HTMLDialogElement | null): void {
  const body = box?.querySelector(".modal-body");
  const wanted = body?.querySelector<HTMLElement>("[autofocus]") ?? body?.querySelector<HTMLElement>("input, textarea, button");
  (wanted ?? box?.querySelector<HTMLElement>("footer button"))?.focus();
}
