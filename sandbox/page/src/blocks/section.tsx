// A section: words, fields, and something at its side.
import { useMemo } from "react";

import type { Block, Element as ElementData } from "../core/types";
import { Element } from "../elements/element";
import { Drawn } from "./drawn";
import { isOwn } from "./ready";

export function Section({ block }: { block: Block }) {
  const { accessory } = block;
  const words = useMemo(() => {
    const { text, fields } = block;
    return { type: "section", ...(text ? { text } : {}), ...(fields ? { fields } : {}) };
  }, [block]);
  return (
    <div className={`section ${accessory ? "with-accessory" : ""}`}>
      <div className="section-words">
        <Drawn block={words} />
      </div>
      {accessory && <Accessory block={block} element={accessory} />}
    </div>
  );
}

interface ImageData {
  image_url?: string;
  alt_text?: string;
}

function Accessory({ block, element }: { block: Block; element: ElementData }) {
  if (element.type !== "image") {
    return <div className="accessory"><Element block={block} element={element} /></div>;
  }
  const { image_url: url = "", alt_text: alt = "" } = element as unknown as ImageData;
  if (isOwn(url)) return <img className="accessory picture" src={url} alt={alt} />;
  return <span className="accessory picture missing" role="img" aria-label={alt}>{alt}</span>;
}
