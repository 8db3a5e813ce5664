import { type ComputeOptions, payCredited } from '../engine/compute.ts';
import type { Credited } from '../engine/credit-tables.ts';
import type { PeriodResult } from '../engine/result.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import { add, fraction, type Num, sub } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import { departmentsOf } from './departments.ts';
import { movementOf } from './movement.ts';
import { inWholeDeals } from './whole-deals.ts';

/** By how much results are moved, up and down. */
const TENTH = fraction(1, 10);
const MORE = add(1, TENTH);
const LESS = sub(1, TENTH);

/** How far each department's pay moves when somebody's results move by ten percent. */
export interface Movement {
  /** The departments whose results are moved. */
  readonly of: readonly string[];
  /** What each department is paid as things are, with a tenth less and with a tenth more; in minor units. */
  readonly pay: ReadonlyMap<string, { readonly now: Num; readonly less: Num; readonly more: Num }>;
}

/**
 * By which part of itself a department's pay moves for ten percent of results, from a tenth less to a tenth more, halved:
 * (more − less) ÷ (2 × now). 0.1 where pay is proportional to them, 0 where it does not move; below zero where it falls when they
 * rise. Undefined where the department is paid nothing as things are, or less.
 */
export const movedBy = (movement: Movement, department: string): Num | undefined => {
  const pay = movement.pay.get(department);
  return pay && partOfWhole(sub(pay.more, pay.less), add(pay.now, pay.now));
};

export interface MovementFailed {
  readonly of: readonly string[];
  /** Why the plan cannot be paid with these results, such as the factor of a link that falls below zero. */
  readonly findings: readonly Finding[];
}

const payByDepartment = (results: readonly PeriodResult[]): ReadonlyMap<string, Num> => {
  const sums = new Map<string, Num>();
  for (const { payouts } of results) {
    for (const { lines } of payouts) {
      for (const { stay, amount } of lines) {
        const department = stay.department ?? '';
        sums.set(department, add(sums.get(department) ?? 0, amount));
      }
    }
  }
  return sums;
};

/** Pays a plan as things are, and with the results of each of these sets of departments a tenth lower and higher. */
export const movements = (
  credited: Credited,
  plan: Plan,
  sides: readonly (readonly string[])[],
  options: Omit<ComputeOptions, 'scaling' | 'trace'>,
): readonly (Movement | MovementFailed)[] => {
  const paid = (scaling: ComputeOptions['scaling']): ReadonlyMap<string, Num> | readonly Finding[] => {
    const sink = new Sink();
    const computation = payCredited(credited, plan, { ...options, scaling }, sink);
    return computation === undefined ? sink.all() : payByDepartment(computation.periods);
  };
  const now = paid(undefined);
  const departments = departmentsOf(credited.world.people.list());
  return sides.map((of) => {
    const moved = new Set(of);
    const less = paid(inWholeDeals(movementOf(credited, moved, LESS), LESS));
    const more = paid(inWholeDeals(movementOf(credited, moved, MORE), MORE));
    if (!(now instanceof Map) || !(less instanceof Map) || !(more instanceof Map)) {
      return { of, findings: [now, less, more].flatMap((one) => (one instanceof Map ? [] : (one as Finding[]))) };
    }
    const at = (sums: ReadonlyMap<string, Num>, department: string): Num => sums.get(department) ?? 0;
    return {
      of,
      pay: new Map(
        departments.map((department) => [
          department,
          { now: at(now, department), less: at(less, department), more: at(more, department) },
        ]),
      ),
    };
  });
};
