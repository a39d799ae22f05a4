// `table`: its first row is its head.
import type { Block } from "../core/types";
import { type Cell, CellText } from "./cells";

interface TableData {
  rows?: Cell[][];
  column_settings?: ({ align?: string; is_wrapped?: boolean } | null)[];
}

export function Table({ block }: { block: Block }) {
  const { rows = [], column_settings: settings = [] } = block as unknown as TableData;
  const [head = [], ...body] = rows;
  const looks = (column: number) =>
    `${settings[column]?.align ?? "left"} ${settings[column]?.is_wrapped ? "wrapped" : ""}`;
  return (
    <div className="data-table native" tabIndex={0} role="region" aria-label="Table">
      <div className="scroll">
        <table>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col" className={looks(column)}><CellText cell={cell} /></th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column} className={looks(column)}><CellText cell={cell} /></td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
