// Cells of tables.
import { emojified } from "../core/emoji";
import { Drawn } from "./drawn";

export interface Cell {
  type: string;
  text?: string;
  value?: number;
}

export function CellText({ cell }: { cell: Cell }) {
  if (cell.type === "rich_text") return <Drawn block={cell as unknown as { type: string; [property: string]: unknown }} />;
  return <>{emojified(cell.text ?? "")}</>;
}
