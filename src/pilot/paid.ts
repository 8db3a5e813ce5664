import type { Amounts } from '../engine/compute.ts';
import type { RewardResult } from '../engine/engine.ts';
import type { Computation, CreditRow, Line } from '../engine/result.ts';
import type { Reward } from '../rules/plan.ts';
import { add, div, mul, type Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';

/** What a run comes to; in minor units. */
export interface Paid {
  readonly total: Num;
  /** By the department of each line's stay; '' where somebody has none. */
  readonly byDepartment: ReadonlyMap<string, Num>;
  /** In the plan's order, adjustments last. */
  readonly byReward: ReadonlyMap<string, Num>;
  /** By person id; 0 included for everyone in some `who`. */
  readonly byPerson: ReadonlyMap<string, Num>;
}

const addTo = (sums: Map<string, Num>, key: string, amount: Num): void => {
  sums.set(key, add(sums.get(key) ?? 0, amount));
};

/** What one reward pays in one period, added up. */
interface Sums {
  readonly total: Num;
  readonly byDepartment: ReadonlyMap<string, Num>;
  readonly byPerson: ReadonlyMap<string, Num>;
}

/** Results that variants share are added up once. */
const known = new WeakMap<RewardResult, Sums>();

const sumsOf = (result: RewardResult): Sums => {
  let sums = known.get(result);
  if (sums === undefined) {
    let total: Num = 0;
    const byDepartment = new Map<string, Num>();
    const byPerson = new Map<string, Num>();
    for (const [{ id }, { lastStay }] of result.members) {
      const department = lastStay.department ?? '';
      byPerson.set(id, 0);
      if (!byDepartment.has(department)) byDepartment.set(department, 0);
    }
    for (const [{ id }, lines] of result.lines) {
      for (const { stay, amount } of lines) {
        total = add(total, amount);
        addTo(byDepartment, stay.department ?? '', amount);
        addTo(byPerson, id, amount);
      }
    }
    sums = { total, byDepartment, byPerson };
    known.set(result, sums);
  }
  return sums;
};

export const paidOf = (amounts: Amounts): Paid => {
  const byReward = new Map<string, Num>();
  const byPerson = new Map<string, Num>();
  for (const { reward, result } of amounts.rewards) {
    const sums = sumsOf(result);
    addTo(byReward, reward.name, sums.total);
    for (const [id, amount] of sums.byPerson) addTo(byPerson, id, amount);
  }
  for (const { person, amount } of linesOf(amounts)) {
    addTo(byReward, 'adjustments', amount);
    addTo(byPerson, person.id, amount);
  }
  return { total: totalOf(amounts), byDepartment: byDepartmentOf(amounts), byReward, byPerson };
};

/** What each department is paid. */
export const byDepartmentOf = (amounts: Amounts): ReadonlyMap<string, Num> => {
  const byDepartment = new Map<string, Num>();
  for (const sums of byPeriodOf(amounts).values()) {
    for (const [department, amount] of sums) addTo(byDepartment, department, amount);
  }
  return byDepartment;
};

/** The same by the label of the period in which it is paid. */
export const byPeriodOf = ({ rewards, adjustments }: Amounts): ReadonlyMap<string, ReadonlyMap<string, Num>> => {
  const byPeriod = new Map<string, Map<string, Num>>();
  const sumsIn = ({ label }: Period): Map<string, Num> => {
    const sums = byPeriod.get(label) ?? new Map<string, Num>();
    byPeriod.set(label, sums);
    return sums;
  };
  for (const { period, result } of rewards) {
    const sums = sumsIn(period);
    for (const [department, amount] of sumsOf(result).byDepartment) addTo(sums, department, amount);
  }
  for (const { period, lines } of adjustments) {
    for (const { stay, amount } of lines) addTo(sumsIn(period), stay.department ?? '', amount);
  }
  return byPeriod;
};

const linesOf = ({ adjustments }: Amounts): readonly Line[] => adjustments.flatMap(({ lines }) => lines);

export const totalOf = (amounts: Amounts): Num => {
  const paid = amounts.rewards.reduce<Num>((sum, { result }) => add(sum, sumsOf(result).total), 0);
  return linesOf(amounts).reduce<Num>((sum, { amount }) => add(sum, amount), paid);
};

/** What a plan has people earn for results, and what of that is linked to the other side's. */
export interface Variable {
  /** Lines that results decide: per credit, of a pool, of a `pay` that reads results or has links. */
  readonly variable: Num;
  /** Lines that a crossing link has touched, less their part of what a cap holds down. */
  readonly linked: Num;
}

export const variableOf = ({ periods }: Computation): Variable => {
  let variable: Num = 0;
  let linked: Num = 0;
  for (const { reward, lines } of periods.flatMap(({ payouts }) => payouts)) {
    const kept = keptByCap(lines);
    for (const line of lines) {
      if (!isVariable(reward, line)) continue;
      variable = add(variable, line.amount);
      if (!line.links.some(({ crosses, applied }) => crosses && applied)) continue;
      linked = add(linked, line.tail ? line.amount : mul(line.amount, kept));
    }
  }
  return { variable, linked };
};

/** What a cap leaves of each line of a payout that it holds down, all in proportion; 1 where there is none. A tail it leaves alone. */
const keptByCap = (lines: readonly Line[]): Num => {
  const cap = lines.find(({ kind }) => kind === 'cap');
  if (cap?.counted === undefined || cap.accumulatedBefore === undefined) return 1;
  return div(cap.counted, cap.accumulatedBefore) ?? 1;
};

/** Pay for time alone, a guarantee and an adjustment are not variable; a cap belongs to what it holds down. */
const isVariable = (reward: Reward | undefined, { kind }: Line): boolean => {
  if (reward === undefined || kind === 'guarantee' || kind === 'adjustment') return false;
  return reward.body === 'credit' || reward.body === 'pool' || reward.basis !== 'time' || reward.links.length > 0;
};

/**
 * What was sold in some periods: the amount of each deal (a refund's below zero) that a credit over deals or splits takes, once,
 * as the first such credit of the plan has it.
 */
export const bookingsOf = (
  credits: ReadonlyMap<string, readonly CreditRow[]>,
  { from, to }: { readonly from: Period; readonly to: Period },
  weigh: (row: CreditRow) => Num = (row) => row.amount ?? 0,
): Num => {
  const takenBy = new Map<number, CreditRow['credit']>();
  let sum: Num = 0;
  for (const rows of credits.values()) {
    const each = rows[0]?.credit.each;
    if (each !== 'deal' && each !== 'split') continue;
    for (const row of rows) {
      const { credit, deal, date } = row;
      if (date < from.from || date > to.to) continue;
      const first = takenBy.get(deal);
      if (first === undefined) takenBy.set(deal, credit);
      else if (first !== credit) continue;
      sum = add(sum, weigh(row));
    }
  }
  return sum;
};
