import type { Known } from '../rules/expression/typed.ts';
import type { Cells, Table, Tables } from '../rules/table-data.ts';
import type { TableName } from '../rules/tables.ts';
import { Ratio } from '../values/num.ts';

/** A cell in JSON: quotients as two texts, an empty one as null. */
type Cell = string | number | boolean | null | readonly [n: string, d: string];

/** A table as plain JSON; texts that come again and again stand once. */
export interface TableText {
  readonly table: TableName;
  readonly file: string;
  readonly rowCount: number;
  readonly lines: readonly number[];
  readonly columns: readonly ColumnText[];
}

interface ColumnText {
  readonly name: string;
  /** The different cells, and which of them each row has; or, where hardly any comes twice, the cells themselves. */
  readonly cells: readonly Cell[];
  readonly at?: readonly number[] | undefined;
}

/** Tables as data for JSON; only the columns that `keeps` says. */
export const tablesText = (
  tables: Tables,
  keeps: (table: TableName, column: string) => boolean,
  shown: (file: string) => string,
): readonly TableText[] =>
  [...tables.values()].map(({ table, file, rowCount, lines, columns }) => ({
    table,
    file: shown(file),
    rowCount,
    lines: Array.from(lines).slice(0, rowCount),
    columns: [...columns].filter(([name]) => keeps(table, name)).map(([name, cells]) => columnText(name, cells)),
  }));

const columnText = (name: string, cells: Cells): ColumnText => {
  const different = new Map<Known | undefined, number>();
  for (const cell of cells) if (!different.has(cell)) different.set(cell, different.size);
  if (different.size * 2 > cells.length) return { name, cells: cells.map(cellText) };
  return { name, cells: [...different.keys()].map(cellText), at: cells.map((cell) => different.get(cell) ?? 0) };
};

const cellText = (cell: Known | undefined): Cell => {
  if (cell === undefined) return null;
  return typeof cell === 'object' ? [String(cell.n), String(cell.d)] : cell;
};

const cellOf = (cell: Cell): Known | undefined => {
  if (cell === null) return undefined;
  if (typeof cell !== 'object') return cell;
  const [n, d] = cell;
  return new Ratio(BigInt(n), BigInt(d));
};

/** The tables that were written. */
export const tablesOf = (texts: readonly TableText[]): Tables =>
  new Map(
    texts.map(({ table, file, rowCount, lines, columns }): [TableName, Table] => [
      table,
      {
        table,
        file,
        rowCount,
        lines,
        columns: new Map(
          columns.map(({ name, cells, at }): [string, Cells] => {
            const known = cells.map(cellOf);
            return [name, at === undefined ? known : at.map((i) => known[i])];
          }),
        ),
      },
    ]),
  );
