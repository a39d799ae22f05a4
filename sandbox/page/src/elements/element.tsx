// Any element of a message, modal or Home tab that is no input block's own.
import type { Block, Element as ElementData } from "../core/types";
import { Unknown } from "../blocks/unknown";
import { Button, FeedbackButtons, IconButton, Overflow } from "./buttons";
import { Field } from "./field";
import { usePressing } from "./pressing";
import { useSurface } from "./surface";
import { holdsValue } from "./values";

interface Props {
  block: Block;
  element: ElementData;
}

export function Element({ block, element }: Props) {
  switch (element.type) {
    case "button":
    case "workflow_button":
      return <Button block={block} element={element} />;
    case "icon_button":
      return <IconButton block={block} element={element} />;
    case "feedback_buttons":
      return <FeedbackButtons block={block} element={element} />;
    case "overflow":
      return <Overflow block={block} element={element} />;
    default:
      return holdsValue(element) ? (
        <PressedField block={block} element={element} />
      ) : (
        <Unknown what={element} />
      );
  }
}

/** A field that tells the bot of each choice. */
function PressedField({ block, element }: Props) {
  const surface = useSurface();
  const { press, aside } = usePressing(block, element);
  return (
    <>
      <Field element={element} label="" value={surface.valueOf(block, element)} onChange={press} />
      {aside}
    </>
  );
}
