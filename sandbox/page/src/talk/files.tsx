// The files that hang on a message, to be saved.
import type { SharedFile } from "../core/types";

const KILO = 1024;

const size = (bytes: number): string => (bytes < KILO ? `${bytes} bytes` : `${Math.round(bytes / KILO)} kB`);

export function Files({ files }: { files: SharedFile[] }) {
  return (
    <ul className="files" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url_private} download={file.name}>{file.title}</a>
          <small>{file.pretty_type} · {size(file.size)}</small>
        </li>
      ))}
    </ul>
  );
}
