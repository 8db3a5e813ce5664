import type { Payout, PeriodResult, Stay } from '../../engine/result.ts';
import { add, type Num } from '../../values/num.ts';
import { compareText } from './cell-text.ts';

/** What a payout comes to in one department. */
export interface PayoutPart {
  readonly payout: Payout;
  readonly department: string;
  /** The last stay in that department that a line belongs to. */
  readonly stay: Stay;
  readonly amount: Num;
}

/** A payout by department of its lines' stays, in order of their names; without lines it is the last stay's, at zero. */
export const partsOfPayout = (payout: Payout): readonly PayoutPart[] => {
  const { lines } = payout;
  const only = lines[0]?.stay ?? payout.lastStay;
  const department = only.department ?? '';
  if (lines.every((line) => line.stay.department === only.department)) {
    const stay = lines.reduce((last, line) => later(last, line.stay), only);
    return [{ payout, department, stay, amount: payout.amount }];
  }
  const byDepartment = new Map<string, { stay: Stay; amount: Num }>();
  for (const { stay, amount } of lines) {
    const name = stay.department ?? '';
    const sum = byDepartment.get(name);
    if (sum === undefined) byDepartment.set(name, { stay, amount });
    else byDepartment.set(name, { stay: later(sum.stay, stay), amount: add(sum.amount, amount) });
  }
  return [...byDepartment]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, { stay, amount }]) => ({ payout, department: name, stay, amount }));
};

const later = (a: Stay, b: Stay): Stay => (b.from > a.from || (b.from === a.from && b.row > a.row) ? b : a);

/** The payouts of a period that go out: all but those of people who are held. */
export const payoutsOut = (result: PeriodResult, held: ReadonlySet<string>): readonly Payout[] =>
  held.size === 0 ? result.payouts : result.payouts.filter((payout) => !held.has(payout.person.id));
