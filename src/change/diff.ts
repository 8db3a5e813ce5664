import type { Plan } from '../rules/plan.ts';
import { sameData } from './data.ts';
import type { Difference } from './difference.ts';
import { differencesOf } from './differences.ts';
import { payoutForm } from './payout-form.ts';
import { type Renames, renamePlan } from './rename.ts';
import { findRenames } from './renames.ts';

/** What two plans are to each other. */
export interface Diff {
  readonly before: Plan;
  /** Under the names of the old plan. */
  readonly after: Plan;
  readonly renames: Renames;
  readonly differences: readonly Difference[];
  /**
   * Proved: whatever the rows, both pay the same, once what `provided` says holds. False where that is not proved, which
   * does not say that some rows are paid otherwise.
   */
  readonly paysTheSame: boolean;
  /** What must go along with the change, such as names in quotas.csv. */
  readonly provided: readonly string[];
  /** What reports show otherwise, though everybody is paid the same. */
  readonly shows: readonly string[];
}

/** Compares two plans: by what they mean, not by how they are written. */
export const diffPlans = (before: Plan, after: Plan): Diff => {
  const renames = findRenames(before, after);
  const renamed = renamePlan(after, renames);
  const differences = differencesOf(before, renamed, renames);
  const paysTheSame = sameData(payoutForm(before), payoutForm(renamed));
  return {
    before,
    after: renamed,
    renames,
    differences,
    paysTheSame,
    provided: paysTheSame ? providedThat(differences, renames) : [],
    shows: paysTheSame ? whatShows(before, renamed, renames, differences) : [],
  };
};

const providedThat = (differences: readonly Difference[], { measures, groups }: Renames): readonly string[] => [
  ...[...measures].map(([now, old]) => `rows of quotas.csv for ${old} say ${now}`),
  ...[...groups].map(
    ([now, old]) => `rows of quotas.csv and results.csv for ${old} say ${now}, and no person or team is called ${now}`,
  ),
  ...differences
    .filter(({ path: [section, , key] }) => section === 'data' && key === 'file')
    .map(({ path: [, table], before, after }) => `the rows of ${table} are the same in ${after} as in ${before}`),
];

const whatShows = (
  before: Plan,
  after: Plan,
  { rewards, credits, measures, groups }: Renames,
  differences: readonly Difference[],
): readonly string[] => {
  const called = (renames: ReadonlyMap<string, string>, where: string): readonly string[] =>
    [...renames].map(([now, old]) => `${old} is called ${now} in ${where}`);
  const links = differences.filter(({ path, kind }) => path[2] === 'links' && kind === 'renamed');
  return [
    ...called(rewards, 'payouts.csv, lines.csv and what payroll is sent'),
    ...called(credits, 'credits.csv'),
    ...called(measures, 'measures.csv'),
    ...called(groups, 'measures.csv'),
    ...links.map(({ before: old, after: now }) => `the link ${old} is called ${now} in links.csv and on statements`),
    ...(sameOrder([...before.rewards.keys()], [...after.rewards.keys()])
      ? []
      : ['rewards stand in another order in reports']),
    ...[...before.rewards.values()].flatMap((reward) => {
      const now = after.rewards.get(reward.name);
      const names = [reward, now ?? reward].map(({ links: own }) => own.map(({ name }) => name));
      const [old = [], own = []] = names;
      const sorted = (list: readonly string[]): readonly string[] => [...list].sort();
      if (!sameOrder(sorted(old), sorted(own)) || sameOrder(old, own)) return [];
      return [`the links of ${reward.name} share their effects in links.csv out in another order`];
    }),
  ];
};

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);
