// An input block: label, field, hint, and what is wrong with it.
import { useId, useState } from "react";

import { emojified } from "../core/emoji";
import type { Block, Element } from "../core/types";
import { Field } from "../elements/field";
import { complaint } from "../elements/inputs";
import { usePressing } from "../elements/pressing";
import { useSurface } from "../elements/surface";
import { holdsValue, type Value } from "../elements/values";
import { Unknown } from "./unknown";
import { Words } from "./words";

export function InputBlock({ block }: { block: Block }) {
  const { element } = block;
  if (!element || !holdsValue(element)) return <Unknown what={block} />;
  return <KnownInput block={block} element={element} />;
}

function KnownInput({ block, element }: { block: Block; element: Element }) {
  const surface = useSurface();
  const id = useId();
  const [left, setLeft] = useState(false);
  const { change, commit, aside } = useEntering(block, element);
  const value = surface.valueOf(block, element);
  const wrong = surface.errors[block.block_id] ?? (left ? complaint({ element, value }) : null);
  const label = emojified(block.label?.text ?? "");
  const described = [wrong && `${id}-wrong`, block.hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="input-block" onBlur={() => setLeft(true)}>
      <div className="label" aria-hidden="true">
        {label} {block.optional && <span className="optional">(optional)</span>}
      </div>
      <Field
        element={element}
        label={block.optional ? `${label} (optional)` : label}
        value={value}
        onChange={change}
        onCommit={commit}
        invalid={Boolean(wrong)}
        describedBy={described || undefined}
      />
      {wrong && <div className="wrong" id={`${id}-wrong`} role="alert">{wrong}</div>}
      {block.hint && <div className="hint" id={`${id}-hint`}><Words text={block.hint} /></div>}
      {aside}
    </div>
  );
}

/** Entering keeps the value; a block that dispatches also tells the bot, text when it is done. */
function useEntering(block: Block, element: Element) {
  const surface = useSurface();
  const { press, aside } = usePressing(block, element);
  const isTyped = element.type.includes("_input");
  const whileTyping = element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered");
  const change = (value: Value) => {
    surface.enter(block, element, value);
    if (block.dispatch_action && (!isTyped || whileTyping)) press(value);
  };
  const commit = (value: Value) => {
    if (block.dispatch_action && isTyped && !whileTyping && value !== null) press(value);
  };
  return { change, commit, aside };
}
