import { type Computed, payCredited } from '../engine/compute.ts';
import { creditTables } from '../engine/credit-tables.ts';
import type { PeriodResult } from '../engine/result.ts';
import { Sink } from '../findings/sink.ts';
import { add, type Num } from '../values/num.ts';
import { withoutNotice } from './campaigns.ts';

/** What a department was paid, and what it would have been if the uncounted rows had counted. Minor units. */
export interface NoticeCost {
  readonly department: string;
  readonly paid: Num;
  readonly would: Num;
}

/**
 * What lack of notice cost each department in a period, by name: what it was paid, and what the same plan without `announced_only`
 * pays. Undefined where the plan promises no notice, or has no answer without it.
 */
export const noticeCost = (computed: Computed, result: PeriodResult): readonly NoticeCost[] | undefined => {
  const { plan, tables, engine } = computed;
  if (![...plan.credits.values()].some(({ announced }) => announced !== undefined)) return undefined;
  const open = withoutNotice(plan);
  const all = creditTables(open, tables, {}, new Sink());
  const { period } = result;
  const { inForce, paidBefore } = engine;
  const options = { periods: { from: period, to: period }, inForce, paidBefore };
  const then = all && payCredited(all, open, options, new Sink())?.periods[0];
  if (then === undefined) return undefined;
  const paid = byDepartment(result);
  const would = byDepartment(then);
  return [...new Set([...paid.keys(), ...would.keys()])]
    .sort()
    .map((department) => ({ department, paid: paid.get(department) ?? 0, would: would.get(department) ?? 0 }));
};

const byDepartment = ({ payouts }: PeriodResult): ReadonlyMap<string, Num> => {
  const sums = new Map<string, Num>();
  for (const { lines } of payouts) {
    for (const { stay, amount } of lines) {
      const department = stay.department ?? 'no department';
      sums.set(department, add(sums.get(department) ?? 0, amount));
    }
  }
  return sums;
};
