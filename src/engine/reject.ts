import type { Known } from '../rules/expression/typed.ts';
import type { Cells, Table, Tables } from '../rules/table-data.ts';
import type { TableName } from '../rules/tables.ts';

/** Lines of the files on which rejected rows begin, by table. */
export type RejectedLines = ReadonlyMap<TableName, ReadonlySet<number>>;

/** A row that is rejected because the deal it belongs to is. */
export interface RejectedWithDeal {
  readonly table: TableName;
  readonly row: number;
  readonly line: number;
  readonly column: 'deal_id' | 'refund_of';
  readonly deal: string;
}

/** The tables whose rows belong to a deal by its id. */
const OF_DEALS: readonly TableName[] = ['attributions', 'leads', 'splits'];

const textAt = (cells: Cells | undefined, row: number): string | undefined => {
  const value: Known | undefined = cells?.[row];
  return typeof value === 'string' ? value : undefined;
};

/** The deal that a row belongs to: its own, or for a refund the one it takes back. */
export const dealOfRow = (table: Table, row: number): string | undefined =>
  (table.table === 'deals' ? textAt(table.columns.get('refund_of'), row) : undefined) ??
  textAt(table.columns.get('deal_id'), row);

/** All rows of the deals with these ids: the deals, their refunds, and what points to them. */
export const rowsOfDeals = (tables: Tables, deals: ReadonlySet<string>): readonly RejectedWithDeal[] => {
  const found: RejectedWithDeal[] = [];
  if (deals.size === 0) return found;
  for (const name of ['deals', ...OF_DEALS] as const) {
    const table = tables.get(name);
    if (table === undefined) continue;
    const refunds = name === 'deals' ? table.columns.get('refund_of') : undefined;
    const ids = table.columns.get('deal_id');
    for (let row = 0; row < table.rowCount; row++) {
      const refunded = textAt(refunds, row);
      const deal = refunded ?? textAt(ids, row);
      if (deal === undefined || !deals.has(deal)) continue;
      const column = refunded === undefined ? 'deal_id' : 'refund_of';
      found.push({ table: name, row, line: table.lines[row] ?? 0, column, deal });
    }
  }
  return found;
};

const withoutRows = (table: Table, lines: ReadonlySet<number>): Table => {
  const kept: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (!lines.has(table.lines[row] ?? 0)) kept.push(row);
  if (kept.length === table.rowCount) return table;
  return {
    ...table,
    rowCount: kept.length,
    lines: kept.map((row) => table.lines[row] ?? 0),
    columns: new Map([...table.columns].map(([name, cells]) => [name, kept.map((row) => cells[row])])),
  };
};

/** The tables without the rows that begin on these lines. */
export const withoutLines = (tables: Tables, rejected: RejectedLines): Tables =>
  new Map([...tables].map(([name, table]) => [name, withoutRows(table, rejected.get(name) ?? new Set())]));
