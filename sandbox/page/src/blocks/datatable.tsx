// `data_table`: sorts by a click on a column's head, and pages.
import { useMemo, useState } from "react";

import type { Block } from "../core/types";
import { type Cell, CellText } from "./cells";

interface TableData {
  caption?: string;
  rows?: Cell[][];
  page_size?: number;
  row_header_column_index?: number;
}

interface Props {
  block: Block;
}

const PAGE = 10;

const sortKey = (cell: Cell | undefined): number | string => cell?.value ?? cell?.text ?? "";

function compare(a: Cell[], b: Cell[], column: number): number {
  const [first, second] = [sortKey(a[column]), sortKey(b[column])];
  if (typeof first === "number" && typeof second === "number") return first - second;
  return String(first).localeCompare(String(second), "en", { numeric: true });
}

export function DataTable({ block }: Props) {
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null);
  const [page, setPage] = useState(0);
  const { rows = [], caption = "Table", ...table } = block as unknown as TableData;
  const [head = [], ...body] = rows;
  const size = table.page_size ?? PAGE;
  const sorted = useMemo(() => {
    if (!sort) return body;
    const direction = sort.down ? -1 : 1;
    return [...body].sort((a, b) => direction * compare(a, b, sort.column));
  }, [rows, sort]);
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  const sortBy = (column: number) => {
    setPage(0);
    setSort({ column, down: sort?.column === column && !sort.down });
  };
  return (
    <div className="data-table">
      <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col" className={body[0]?.[column]?.type === "raw_number" ? "number" : ""} aria-sort={sort?.column === column ? (sort.down ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => sortBy(column)}>
                    {cell.text} <span aria-hidden="true">{sort?.column === column ? (sort.down ? "▾" : "▴") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(page * size, (page + 1) * size).map((row, index) => (
              <Row key={index} row={row} heading={table.row_header_column_index ?? 0} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && <Pager page={page} pages={pages} onTurn={setPage} />}
    </div>
  );
}

function Row({ row, heading }: { row: Cell[]; heading: number }) {
  return (
    <tr>
      {row.map((cell, column) =>
        column === heading ? (
          <th key={column} scope="row"><CellText cell={cell} /></th>
        ) : (
          <td key={column} className={cell.type === "raw_number" ? "number" : ""}><CellText cell={cell} /></td>
        ),
      )}
    </tr>
  );
}

function Pager({ page, pages, onTurn }: { page: number; pages: number; onTurn: (page: number) => void }) {
  return (
    <nav aria-label="Pages of the table">
      <button type="button" className="button" disabled={page === 0} onClick={() => onTurn(page - 1)}>Previous</button>
      <span>{page + 1} of {pages}</span>
      <button type="button" className="button" disabled={page === pages - 1} onClick={() => onTurn(page + 1)}>Next</button>
    </nav>
  );
}
