// `image`: a picture under its title, which folds it away.
import { useId, useState } from "react";

import type { Block } from "../core/types";
import { isOwn } from "./ready";
import { Words } from "./words";

interface ImageData {
  image_url?: string;
  alt_text?: string;
  title?: { type: "plain_text"; text: string };
}

export function Picture({ block }: { block: Block }) {
  const { image_url: url = "", alt_text: alt = "", title } = block as unknown as ImageData;
  const [open, setOpen] = useState(true);
  const id = useId();
  return (
    <div className="image-block">
      {title && (
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <Words text={title} /> <span aria-hidden="true">{open ? "▾" : "▸"}</span>
        </button>
      )}
      <div id={id} hidden={!open}>
        {isOwn(url) ? <img src={url} alt={alt} /> : <span className="picture missing" role="img" aria-label={alt}>{alt}</span>}
      </div>
    </div>
  );
}
