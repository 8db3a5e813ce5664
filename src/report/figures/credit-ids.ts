import type { Computation, CreditRow } from '../../engine/result.ts';
import type { Table, Tables } from '../../rules/table-data.ts';
import { type RowName, TABLE_OF } from '../../rules/tables.ts';
import { cellReader } from './cell-text.ts';

/** The ids of the rows that a credit stands on, and where it comes from. */
export interface CreditIds {
  readonly deal: (row: CreditRow) => string;
  readonly campaign: (row: CreditRow) => string;
  readonly lead: (row: CreditRow) => string;
  /** `deals.csv:12`: the row that the credit is of; of a deal without splits, the deal's. */
  readonly source: (row: CreditRow) => string;
}

const idOf = (tables: Tables, row: 'deal' | 'campaign' | 'lead'): ((index: number) => string) =>
  cellReader(tables.get(TABLE_OF[row])?.columns.get(`${row}_id`));

const sourceOf = (table: Table | undefined, shown: (file: string) => string): ((index: number) => string) => {
  if (table === undefined) return () => '';
  const before = `${shown(table.file)}:`;
  const { lines } = table;
  return (index) => before + lines[index];
};

/** Reads ids and sources of credits, with what does not change from credit to credit worked out before. */
export const creditIds = ({ tables }: Computation, shown: (file: string) => string): CreditIds => {
  const deal = idOf(tables, 'deal');
  const campaign = idOf(tables, 'campaign');
  const lead = idOf(tables, 'lead');
  const source: Readonly<Record<RowName, (index: number) => string>> = {
    deal: sourceOf(tables.get('deals'), shown),
    attribution: sourceOf(tables.get('attributions'), shown),
    campaign: sourceOf(tables.get('campaigns'), shown),
    lead: sourceOf(tables.get('leads'), shown),
    split: sourceOf(tables.get('splits'), shown),
  };
  return {
    deal: (row) => deal(row.deal),
    campaign: (row) => campaign(row.campaign),
    lead: (row) => lead(row.lead),
    source: (row) => {
      const { each } = row.credit;
      if (row[each] >= 0) return source[each](row[each]);
      return row.deal >= 0 ? source.deal(row.deal) : '';
    },
  };
};
