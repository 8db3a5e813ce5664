import type { MemoryRow } from '../io/rows-memory.ts';
import { TABLES, type TableName } from '../rules/tables.ts';
import type { TestRows } from './test-file.ts';

/**
 * What rows of a case take the place of: the rows of the defaults that are the same thing. Where a table has no key of its
 * own, all of one person's stays, or one deal's touches or splits, are one thing.
 */
const SAME: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  people: ['person_id'],
  attributions: ['deal_id'],
  splits: ['deal_id'],
  adjustments: ['person_id', 'period'],
};

const keyColumns = (table: TableName): readonly string[] => {
  const own = TABLES.find((each) => each.name === table)?.columns.filter((column) => column.key) ?? [];
  return SAME[table] ?? (table === 'results' ? ['result', 'period', 'for'] : own.map((column) => column.name));
};

const keyOf = (row: MemoryRow, columns: readonly string[]): string =>
  JSON.stringify(columns.map((name) => (row.cells.get(name) ?? '').trim()));

/** The rows of the defaults, those left out that the case has rows for, then the case's own. */
export const joinRows = (defaults: TestRows, own: TestRows, removed: ReadonlySet<TableName>): TestRows => {
  const joined = new Map<TableName, readonly MemoryRow[]>();
  for (const { name } of TABLES) {
    const common = removed.has(name) ? undefined : defaults.get(name);
    const rows = own.get(name);
    if (common === undefined && rows === undefined) continue;
    const columns = keyColumns(name);
    const replaced = new Set(rows?.map((row) => keyOf(row, columns)));
    const kept = common?.filter((row) => !replaced.has(keyOf(row, columns))) ?? [];
    joined.set(name, [...kept, ...(rows ?? [])]);
  }
  return joined;
};
