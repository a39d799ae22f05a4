// Blocks in a row, each drawn for its type.
import { Fragment } from "react";

import type { Block, Element as ElementData } from "../core/types";
import { Element } from "../elements/element";
import { Boundary } from "./boundary";
import { DataTable } from "./datatable";
import { Drawn } from "./drawn";
import { InputBlock } from "./input";
import { Picture } from "./picture";
import { Section } from "./section";
import { Table } from "./table";
import { Unknown } from "./unknown";

const DRAWN = new Set([
  "header",
  "context",
  "rich_text",
  "markdown",
  "data_visualization",
  "alert",
]);

export function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Boundary key={block.block_id ?? index} block={block}>
          <OneBlock block={block} />
        </Boundary>
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: Block }) {
  switch (block.type) {
    case "section":
      return <Section block={block} />;
    case "divider":
      return <hr className="divider" />;
    case "actions":
    case "context_actions":
      return <Actions block={block} elements={block.elements ?? []} />;
    case "input":
      return <InputBlock block={block} />;
    case "image":
      return <Picture block={block} />;
    case "data_table":
      return <DataTable block={block} />;
    case "table":
      return <Table block={block} />;
    case "data_visualization":
      return (
        <div className="wide" tabIndex={0} role="region" aria-label={String(block.title)}>
          <Drawn block={block} />
        </div>
      );
    default:
      return DRAWN.has(block.type) ? <Drawn block={block} /> : <Unknown what={block} />;
  }
}

function Actions({ block, elements }: { block: Block; elements: ElementData[] }) {
  return (
    <div className="actions">
      {elements.map((element) => (
        <Fragment key={element.action_id}>
          <Element block={block} element={element} />
        </Fragment>
      ))}
    </div>
  );
}
