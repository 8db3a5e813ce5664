import type { Computation, CreditRow, PeriodResult } from '../../engine/result.ts';
import type { Period } from '../../values/period.ts';

const sorted = new WeakMap<Computation, ReadonlyMap<Period, readonly CreditRow[]>>();

/** The credits dated in a period, in the plan's order of credits, then of their rows. All periods are sorted in one go. */
export const creditsIn = (computation: Computation, { period }: PeriodResult): readonly CreditRow[] => {
  let byPeriod = sorted.get(computation);
  if (byPeriod === undefined) {
    byPeriod = sortOut(computation);
    sorted.set(computation, byPeriod);
  }
  return byPeriod.get(period) ?? [];
};

const sortOut = ({ credits, periods }: Computation): ReadonlyMap<Period, readonly CreditRow[]> => {
  const byPeriod = new Map<Period, CreditRow[]>(periods.map(({ period }) => [period, []]));
  const first = Math.min(...periods.map(({ period }) => period.from));
  // One entry a day: looked up once a credit.
  const rowsOn: CreditRow[][] = [];
  for (const [period, rows] of byPeriod) {
    for (let day = period.from; day <= period.to; day++) rowsOn[day - first] = rows;
  }
  for (const rows of credits.values()) {
    for (const row of rows) rowsOn[row.date - first]?.push(row);
  }
  return byPeriod;
};
