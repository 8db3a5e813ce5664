import type { FindingCode } from '../findings/codes.ts';
import type { Finding } from '../findings/finding.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import type { Plan } from '../rules/plan.ts';
import type { TableName } from '../rules/tables.ts';
import { rawRowsOf } from './raw-rows-of.ts';

/** What a row can be found wrong for by itself. */
const ALONE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'missing-cell',
  'undated-touch',
  'unclear-share',
  'invalid-adjustment',
]);

/** The table that a column of ids points to. */
const POINTS_TO: Readonly<Record<string, TableName>> = {
  deal_id: 'deals',
  refund_of: 'deals',
  campaign_id: 'campaigns',
};

/** The column that names a row in a table that others point to. */
const KEY: Partial<Readonly<Record<TableName, string>>> = {
  deals: 'deal_id',
  campaigns: 'campaign_id',
  people: 'person_id',
};

/** Ids that stand in bad rows: whether they are there is not in question. */
const idsOfBadRows = (
  bad: readonly Finding[],
  loaded: LoadedTables,
  plan: Plan,
): ((table: TableName, id: string) => boolean) => {
  const ids = new Map<TableName, ReadonlySet<string>>();
  return (table, id) => {
    let known = ids.get(table);
    if (known === undefined) {
      const lines = bad.filter((finding) => finding.table === table).map(({ line }) => line ?? 0);
      const rows = rawRowsOf(table, new Set(lines), loaded, plan);
      known = new Set(
        Array.from(
          rows.values(),
          ({ cells }) =>
            cells
              .get(KEY[table] ?? '')
              ?.value.trim()
              .normalize('NFC') ?? '',
        ),
      );
      ids.set(table, known);
    }
    // Of a row that could not be cut into cells nobody knows the id.
    return known.has(id) || known.has('');
  };
};

/**
 * Where some rows could not be read: what was found of the others that has nothing to do with them, so that all is said
 * at once and nothing that is wrong only because something else is.
 */
export const independentOf = (
  bad: readonly Finding[],
  found: readonly Finding[],
  loaded: LoadedTables,
  plan: Plan,
): readonly Finding[] => {
  const errors = bad.filter(({ severity }) => severity === 'error');
  const stands = idsOfBadRows(errors, loaded, plan);
  return found.filter(({ code, severity, field = '', table, value = '' }) => {
    if (severity !== 'error') return false;
    if (ALONE.has(code)) return true;
    const target = code === 'unknown-person' ? 'people' : code === 'dangling-id' ? POINTS_TO[field] : undefined;
    if (target !== undefined) return !stands(target, value);
    return code === 'overlapping-stays' && !errors.some((finding) => finding.table === table);
  });
};
