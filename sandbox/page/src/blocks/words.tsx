// A text object inside something else: a label, a button, an option.
import { emojified } from "../core/emoji";
import type { Text } from "../core/types";
import { Mrkdwn } from "./drawn";

interface Props {
  text: Text | undefined | null;
  otherwise?: string;
}

export function Words({ text, otherwise = "" }: Props) {
  if (!text) return <>{otherwise}</>;
  if (text.type === "plain_text") return <>{emojified(text.text)}</>;
  return <Mrkdwn text={text.text} />;
}
