import type { FindingCode } from '../../findings/codes.ts';
import type { Finding } from '../../findings/finding.ts';

/** Findings of one kind in one column of one file. */
export interface Fold {
  readonly shown: readonly Finding[];
  readonly more: readonly Finding[];
}

/** How many of a kind are shown before the rest is only counted. */
const SHOWN = 3;

/** Groups findings on data by code, file, table and field, in the order of their first ones; the first few are shown. */
export const fold = (findings: readonly Finding[]): readonly Fold[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { code, file = '', table = '', field = '' } = finding;
    const key = JSON.stringify([code, file, table, field]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  // One more than is shown is shown too: a line that says "and 1 more" would take its place.
  return [...groups.values()].map((group) => {
    const shown = group.length === SHOWN + 1 ? group.length : SHOWN;
    return { shown: group.slice(0, shown), more: group.slice(shown) };
  });
};

/** How many findings there are of each code, the severest and most frequent first. */
export const countByCode = (findings: readonly Finding[]): readonly (readonly [FindingCode, number])[] => {
  const counts = new Map<FindingCode, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};
