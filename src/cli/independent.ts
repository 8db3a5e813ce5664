import type { FindingCode } from '../findings/codes.ts';
import type { Finding } from '../findings/finding.ts';

/** What a row can be found wrong for by itself. */
const ALONE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'missing-cell',
  'undated-touch',
  'unclear-share',
  'invalid-adjustment',
]);

/** The table that a column of ids points to. */
const POINTS_TO: Readonly<Record<string, string>> = {
  deal_id: 'deals',
  refund_of: 'deals',
  campaign_id: 'campaigns',
};

/**
 * Where some rows could not be read: what was found of the others that has nothing to do with them, so that all is said
 * at once and nothing that is wrong only because something else is.
 */
export const independentOf = (bad: readonly Finding[], found: readonly Finding[]): readonly Finding[] => {
  const tables = new Set(bad.filter(({ severity }) => severity === 'error').map(({ table }) => table));
  return found.filter(({ code, severity, field, table }) => {
    if (severity !== 'error') return false;
    if (ALONE.has(code)) return true;
    if (code === 'dangling-id') return !tables.has(POINTS_TO[field ?? '']);
    if (code === 'unknown-person') return !tables.has('people');
    return code === 'overlapping-stays' && !tables.has(table);
  });
};
