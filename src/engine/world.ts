import type { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Cells, Table, Tables } from '../rules/table-data.ts';
import type { RowName, TableName } from '../rules/tables.ts';
import { currencyDigits } from '../values/currency.ts';
import { Fx } from './fx.ts';
import { People } from './people.ts';
import { type Pointers, resolvePointers } from './pointers.ts';
import { type Refunds, resolveRefunds } from './refunds.ts';

/** The tables with their rows bound to each other: what every step of the engine looks things up in. */
export interface World {
  readonly plan: Plan;
  readonly tables: Tables;
  readonly people: People;
  readonly pointers: Pointers;
  readonly refunds: Refunds;
  readonly fx: Fx;
  readonly sink: Sink;
  /** Says, once a deal, that its money cannot be converted. */
  readonly noRate: (deal: number, currency: string, reason: string) => void;
  readonly hasNoRate: (deal: number) => boolean;
  /** The currency of a deal, where it is another than the plan's. */
  readonly currencyOf: (deal: number) => { readonly code: string; readonly digits: number } | undefined;
}

/** Binds rows to each other; what points nowhere and what does not fit is in the sink. */
export const bind = (plan: Plan, tables: Tables, sink: Sink): World => {
  const people = new People(tables.get('people'), sink);
  const pointers = resolvePointers(tables, sink);
  const refunds = resolveRefunds(tables.get('deals'), pointers, plan, sink);
  const currencies = cellsOf(tables, 'deals', 'currency') as readonly (string | undefined)[] | undefined;
  const currencyOf = (deal: number) => {
    const code = currencies?.[deal];
    return code === undefined || code === plan.currency ? undefined : { code, digits: currencyDigits(code) ?? 2 };
  };
  return {
    plan,
    tables,
    people,
    pointers,
    refunds,
    fx: new Fx(tables.get('fx'), plan),
    sink,
    ...lackOfRates(tables, sink),
    currencyOf,
  };
};

/** The same rows for another run: what is wrong with them then is said to its own sink. */
export const rebound = (world: World, plan: Plan, sink: Sink): World => ({
  ...world,
  plan,
  sink,
  ...lackOfRates(world.tables, sink),
});

/**
 * The same rows with other cells in deals, row by row the same deals: ids and what points to them must be as they were. What does
 * not fit any more is in the sink.
 */
export const withDeals = (world: World, deals: Table, sink: Sink): World => ({
  ...world,
  tables: new Map([...world.tables, ['deals', deals]]),
  refunds: resolveRefunds(deals, world.pointers, world.plan, sink),
});

const lackOfRates = (tables: Tables, sink: Sink): Pick<World, 'noRate' | 'hasNoRate'> => {
  const said = new Set<number>();
  return {
    noRate: (deal, currency, reason) => {
      const table = tables.get('deals');
      if (table === undefined || said.has(deal)) return;
      said.add(deal);
      sink.add('missing-fx-rate', reason, {
        ...placeOfRow(table, deal, 'currency', currency),
        expected: `a rate in ${tables.get('fx')?.file ?? 'fx.csv'}`,
      });
    },
    hasNoRate: (deal) => said.has(deal),
  };
};

/** The cells of a column; none where the file does not have it. */
export const cellsOf = (tables: Tables, table: TableName, column: string): Cells | undefined =>
  tables.get(table)?.columns.get(column);

/** The place of a row, and of one of its cells, for a finding. */
export const placeOfRow = (table: Table, row: number, field?: string, value?: string) => ({
  table: table.table,
  file: table.file,
  line: table.lines[row],
  row,
  field,
  value,
});

/** The table and row that a credit comes from: the touch, split or lead, else the deal. */
export const sourceRow = (
  tables: Tables,
  each: RowName,
  rows: { readonly deal: number; readonly attribution: number; readonly lead: number; readonly split: number },
): { readonly table: Table; readonly row: number } | undefined => {
  const of = (name: TableName, row: number) => {
    const table = tables.get(name);
    return table !== undefined && row >= 0 ? { table, row } : undefined;
  };
  if (each === 'attribution') return of('attributions', rows.attribution);
  if (each === 'lead') return of('leads', rows.lead);
  if (each === 'split') return of('splits', rows.split) ?? of('deals', rows.deal);
  return of('deals', rows.deal);
};
