import type { Sink } from '../findings/sink.ts';
import type { Table, Tables } from '../rules/table-data.ts';
import type { TableName } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';

/** Which rows point to which: a row's index, or −1. */
export interface Pointers {
  /** The deal that a refund takes back, by deal row; −1 for a deal. */
  readonly refundOf: Int32Array;
  readonly attributionDeal: Int32Array;
  readonly attributionCampaign: Int32Array;
  readonly leadDeal: Int32Array;
  readonly leadCampaign: Int32Array;
  readonly splitDeal: Int32Array;
  /** The rows that point to each deal, in the order of the input. */
  readonly touchesOf: RowLists;
  readonly splitsOf: RowLists;
}

/** For each target row a list of rows, packed into two arrays. */
export interface RowLists {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** Looks up what rows point to; a pointer to a row that is not there is an error on the pointing row. */
export const resolvePointers = (tables: Tables, sink: Sink): Pointers => {
  const deals = idsOf(tables.get('deals'), 'deal_id');
  const campaigns = idsOf(tables.get('campaigns'), 'campaign_id');
  const point = (from: TableName, column: string, ids: Ids, to: TableName) =>
    resolve(tables.get(from), column, ids, tables.get(to), to, sink);
  const refundOf = point('deals', 'refund_of', deals, 'deals');
  const attributionDeal = point('attributions', 'deal_id', deals, 'deals');
  const splitDeal = point('splits', 'deal_id', deals, 'deals');
  const count = tables.get('deals')?.rowCount ?? 0;
  aimAtDeals(tables.get('attributions'), attributionDeal, refundOf, tables.get('deals'), sink);
  aimAtDeals(tables.get('splits'), splitDeal, refundOf, tables.get('deals'), sink);
  return {
    refundOf,
    attributionDeal,
    attributionCampaign: point('attributions', 'campaign_id', campaigns, 'campaigns'),
    leadDeal: point('leads', 'deal_id', deals, 'deals'),
    leadCampaign: point('leads', 'campaign_id', campaigns, 'campaigns'),
    splitDeal,
    touchesOf: listsOf(attributionDeal, count),
    splitsOf: listsOf(splitDeal, count),
  };
};

type Ids = ReadonlyMap<string, number>;

const idsOf = (table: Table | undefined, column: string): Ids => {
  const ids = new Map<string, number>();
  const cells = table?.columns.get(column) as readonly string[] | undefined;
  if (cells !== undefined) for (let row = 0; row < cells.length; row++) ids.set(cells[row] as string, row);
  return ids;
};

/** Where more ids than these lead nowhere, they are not misspelt. */
const HINTED = 200;

const resolve = (
  table: Table | undefined,
  column: string,
  ids: Ids,
  target: Table | undefined,
  to: TableName,
  sink: Sink,
): Int32Array => {
  const rows = new Int32Array(table?.rowCount ?? 0).fill(-1);
  const cells = table?.columns.get(column) as readonly (string | undefined)[] | undefined;
  // Without the table nothing can be looked up; where a rule needs it, its absence has been said already.
  if (table === undefined || cells === undefined || target === undefined) return rows;
  let lost = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const id = cells[row];
    if (id === undefined) continue;
    const found = ids.get(id);
    if (found !== undefined) {
      rows[row] = found;
      continue;
    }
    const near = ++lost <= HINTED && ids.size <= 5000 ? nearest(id, ids.keys()) : undefined;
    sink.add('dangling-id', `"${id}" is not in ${to}`, {
      table: table.table,
      file: table.file,
      line: table.lines[row],
      row,
      field: column,
      value: id,
      expected: `an id that stands in ${target.file}`,
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    });
  }
  return rows;
};

/** Touches and splits belong to deals: a refund is shared out as the deal it takes back. */
const aimAtDeals = (
  table: Table | undefined,
  deals: Int32Array,
  refundOf: Int32Array,
  target: Table | undefined,
  sink: Sink,
): void => {
  if (table === undefined || target === undefined || !target.columns.has('refund_of')) return;
  const ids = target.columns.get('deal_id') as readonly string[];
  const originals = target.columns.get('refund_of') as readonly (string | undefined)[];
  for (let row = 0; row < deals.length; row++) {
    const deal = deals[row] as number;
    if (deal < 0 || originals[deal] === undefined) continue;
    sink.add('invalid-refund', `"${ids[deal]}" is a refund, which is shared out as the deal it takes back`, {
      table: table.table,
      file: table.file,
      line: table.lines[row],
      row,
      field: 'deal_id',
      value: ids[deal],
      expected: (refundOf[deal] as number) < 0 ? 'the id of a deal' : `the deal itself: ${originals[deal]}`,
    });
  }
};

const listsOf = (pointers: Int32Array, targets: number): RowLists => {
  const starts = new Int32Array(targets + 1);
  for (const target of pointers) if (target >= 0) starts[target + 1] = (starts[target + 1] as number) + 1;
  for (let i = 0; i < targets; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice();
  const rows = new Int32Array(starts[targets] as number);
  for (let row = 0; row < pointers.length; row++) {
    const target = pointers[row] as number;
    if (target < 0) continue;
    const at = next[target] as number;
    rows[at] = row;
    next[target] = at + 1;
  }
  return { starts, rows };
};
