import type { Sink } from '../findings/sink.ts';
import { loadTables } from '../io/tables-load.ts';
import type { Plan } from '../rules/plan.ts';
import type { TableName } from '../rules/tables.ts';
import type { Day } from '../values/date.ts';

/** Somebody who works here on a day. */
export interface Staff {
  readonly id: string;
  readonly name: string | null;
  readonly department: string | null;
}

/** Everybody with a stay on a day, by id; undefined where there is no people table. */
export const staffOn = async (
  day: Day,
  plan: Plan,
  overrides: ReadonlyMap<TableName, string>,
  sink: Sink,
): Promise<readonly Staff[] | undefined> => {
  const { tables } = await loadTables({ plan, deals: undefined, overrides, only: new Set(['people']) }, sink);
  const table = tables.get('people');
  if (table === undefined) return undefined;
  const cell = (column: string, row: number) => table.columns.get(column)?.[row];
  const staff = new Map<string, Staff>();
  for (let row = 0; row < table.rowCount; row++) {
    const from = (cell('starts_on', row) as Day | undefined) ?? Number.NEGATIVE_INFINITY;
    const to = (cell('ends_on', row) as Day | undefined) ?? Number.POSITIVE_INFINITY;
    const id = cell('person_id', row) as string;
    if (from > day || to < day || staff.has(id)) continue;
    const text = (column: string): string | null => (cell(column, row) as string | undefined) ?? null;
    staff.set(id, { id, name: text('name'), department: text('department') });
  }
  return [...staff.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};
