import type { Known } from '../rules/expression/typed.ts';
import type { Cells, Table, Tables } from '../rules/table-data.ts';
import { TABLES, type TableName } from '../rules/tables.ts';

/** Columns that tell who somebody is besides their id, or say something about them in words. */
const TELLING: ReadonlySet<string> = new Set([
  'people.name',
  'people.payroll_id',
  'people.cost_center',
  'adjustments.reason',
]);

/** Columns that hold a person's id, or may hold one among other names. */
const namesPeople = (table: TableName, column: string): boolean => {
  if (column === 'person_id' || (column === 'for' && (table === 'quotas' || table === 'results'))) return true;
  if (table === 'adjustments' && column === 'approved_by') return true;
  return TABLES.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.person === true;
};

export interface UnderPseudonyms {
  readonly tables: Tables;
  /** Columns in which somebody's id or name still stands, for whoever must not show it. */
  readonly telling: readonly string[];
}

/**
 * Tables in which nobody can be told by id or name: ids are pseudonyms wherever a column holds them, names are gone. The order
 * of rows stays, so the cents do. Pseudonyms are asked for once an id.
 */
export const underPseudonyms = (tables: Tables, pseudonymOf: (id: string) => string): UnderPseudonyms => {
  const people = tables.get('people');
  const ids = new Set((people?.columns.get('person_id') ?? []) as readonly string[]);
  const names = new Set(
    ((people?.columns.get('name') ?? []) as readonly (string | undefined)[]).filter((name) => name !== undefined),
  );
  const known = new Map<string, string>();
  const pseudonym = (id: string): string => {
    let made = known.get(id);
    if (made === undefined) {
      made = pseudonymOf(id);
      known.set(id, made);
    }
    return made;
  };
  const telling: string[] = [];
  const columnOf = (table: TableName, name: string, cells: Cells): Cells | undefined => {
    if (TELLING.has(`${table}.${name}`))
      return table === 'adjustments' ? cells.map((cell) => cell && 'not shown') : undefined;
    const isPeople = namesPeople(table, name);
    const hidden = cells.map((cell): Known | undefined => {
      if (typeof cell !== 'string') return cell;
      // A group's or a team's name is nobody's; an id that nobody has is hidden all the same.
      if (isPeople && (ids.has(cell) || name !== 'for')) return pseudonym(cell);
      return cell;
    });
    if (!isPeople && hidden.some((cell) => typeof cell === 'string' && (ids.has(cell) || names.has(cell))))
      telling.push(`${table}.${name}`);
    return hidden;
  };
  const made = new Map<TableName, Table>();
  for (const [name, table] of tables) {
    const columns = new Map<string, Cells>();
    for (const [column, cells] of table.columns) {
      const kept = columnOf(name, column, cells);
      if (kept !== undefined) columns.set(column, kept);
    }
    made.set(name, { ...table, columns });
  }
  return { tables: made, telling };
};
