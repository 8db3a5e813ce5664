import { compute } from '../engine/compute.ts';
import type { Line, Payout } from '../engine/result.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { add, compare, type Num, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { Attribution, Touched } from './attribution.ts';

/** Somebody in the middle of a department, by what a change makes of their pay. */
export interface Typical {
  readonly department: string;
  readonly one: Touched;
  /** How many of the department are touched. */
  readonly of: number;
}

/** A payout line of a person, with what explains it. */
export interface PaidLine {
  readonly period: Period;
  readonly payout: Payout;
  readonly line: Line;
}

/** For each department, whoever stands in the middle of those whom a change touches: half gain less, half gain more. */
export const typicalPeople = ({ people }: Attribution): readonly Typical[] => {
  const departments = [...new Set(people.flatMap(({ department }) => department ?? []))].sort();
  return departments.flatMap((department) => {
    const touched = people
      .filter((one) => one.department === department && compare(one.before, one.after) !== 0)
      .sort((a, b) => compare(difference(a), difference(b)) || (a.person < b.person ? -1 : 1));
    const one = touched[Math.floor((touched.length - 1) / 2)];
    return one === undefined ? [] : [{ department, one, of: touched.length }];
  });
};

const difference = ({ before, after }: Touched): Num => sub(after, before);

/** What a person is paid in one department by a plan, by reward, with the lines; empty where the plan cannot be paid. */
export const paidTo = (
  plan: Plan,
  tables: Tables,
  span: { readonly from: Period; readonly to: Period },
  { person, department }: Touched,
): ReadonlyMap<string, { readonly amount: Num; readonly lines: readonly PaidLine[] }> => {
  const paid = new Map<string, { amount: Num; lines: PaidLine[] }>();
  const computed = compute(plan, tables, { periods: span }, new Sink());
  for (const { period, payouts } of computed?.periods ?? []) {
    for (const payout of payouts) {
      if (payout.person.id !== person) continue;
      for (const line of payout.lines) {
        if (line.stay.department !== department) continue;
        const own = paid.get(payout.rewardName) ?? { amount: 0, lines: [] };
        paid.set(payout.rewardName, own);
        own.amount = add(own.amount, line.amount);
        own.lines.push({ period, payout, line });
      }
    }
  }
  return paid;
};
