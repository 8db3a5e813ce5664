import { compute } from '../engine/compute.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { add, compare, type Num, sub } from '../values/num.ts';
import type { Attribution, BothTables, Touched } from './attribution.ts';
import type { Diff } from './diff.ts';

/** Somebody in the middle of a department, by what a change makes of their pay. */
export interface TypicalPay {
  readonly department: string;
  readonly one: Touched;
  /** How many of the department are touched. */
  readonly of: number;
  readonly rewards: readonly { readonly reward: string; readonly before: Num; readonly after: Num }[];
}

/** For each department, whoever stands in the middle of those whom a change touches: half gain less, half gain more. */
export const typicalPay = (
  { before, after }: Pick<Diff, 'before' | 'after'>,
  { people, from, to }: Attribution,
  tables: BothTables,
): readonly TypicalPay[] => {
  const departments = [...new Set(people.flatMap(({ department }) => department ?? []))].sort();
  const [old, now] = [paidBy(before, tables.before, { from, to }), paidBy(after, tables.after, { from, to })];
  return departments.flatMap((department) => {
    const touched = people
      .filter((one) => one.department === department && compare(one.before, one.after) !== 0)
      .sort((a, b) => compare(difference(a), difference(b)) || (a.person < b.person ? -1 : 1));
    const one = touched[Math.floor((touched.length - 1) / 2)];
    if (one === undefined) return [];
    const [was, is] = [old(one), now(one)];
    const rewards = [...new Set([...was.keys(), ...is.keys()])].map((reward) => ({
      reward,
      before: was.get(reward) ?? 0,
      after: is.get(reward) ?? 0,
    }));
    return [{ department, one, of: touched.length, rewards }];
  });
};

const difference = ({ before, after }: Touched): Num => sub(after, before);

/** What a person is paid in one department by a plan, by reward; empty where the plan cannot be paid. */
const paidBy = (
  plan: Plan,
  tables: Tables,
  periods: Pick<Attribution, 'from' | 'to'>,
): ((one: Touched) => ReadonlyMap<string, Num>) => {
  const computed = compute(plan, tables, { periods }, new Sink());
  return ({ person, department }) => {
    const paid = new Map<string, Num>();
    for (const { payouts } of computed?.periods ?? []) {
      for (const { person: payee, rewardName, lines } of payouts) {
        if (payee.id !== person) continue;
        for (const { stay, amount } of lines)
          if (stay.department === department) paid.set(rewardName, add(paid.get(rewardName) ?? 0, amount));
      }
    }
    return paid;
  };
};
