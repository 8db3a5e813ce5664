import type { Finding } from '../findings/finding.ts';
import { type Movement, movedBy } from '../linkage/alignment.ts';
import { departmentsOf } from '../linkage/departments.ts';
import { add, compare, fraction, mul, type Num, sub } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import { periodsBetween } from '../values/period.ts';
import { byDepartmentOf, byPeriodOf, type Paid } from './paid.ts';
import { type Condition, isFailed, type Payable, type Runs } from './runs.ts';

/** By how much results are moved. */
const MORE = fraction(11, 10);
const LESS = fraction(9, 10);

/** How one department's pay is bound to its own results and to the others'. */
export interface Alignment {
  readonly department: string;
  /** By which part of itself its pay moves when its own results move by ten percent; undefined where it is paid nothing, or less. */
  readonly own: Num | undefined;
  /** The same for everybody else's results: 0 where nothing binds it to them. */
  readonly others: Num | undefined;
}

/** Who loses what when the results of one department alone are ten percent lower. */
export interface Failing {
  /** The department whose results are lower. */
  readonly department: string;
  /** Minor units that it loses, and that all others lose. */
  readonly own: Num;
  readonly others: Num;
  /** As parts of what each side is paid as things are; undefined where that is nothing, or less. */
  readonly ownPart: Num | undefined;
  readonly othersPart: Num | undefined;
  /** The one part less the other: 0 where the loss falls on both alike. */
  readonly gap: Num | undefined;
}

export interface Linkage {
  /** By name. */
  readonly alignment: readonly Alignment[];
  readonly failing: readonly Failing[];
  /** Why it could not be measured: with results moved, the plan pays nothing that has an answer. */
  readonly findings: readonly Finding[];
}

/** Who loses what when one department alone has ten percent less in one quarter, in all that is paid. */
export interface FailingQuarter {
  /** 2026-Q1; a longer period where the plan pays by such. */
  readonly quarter: string;
  /** Parts of what each side is paid in that quarter, and in whatever other period something is lost by it. */
  readonly failing: readonly Failing[];
}

/** Measures how a plan binds departments to each other; docs/pilot.md defines each figure. */
export const linkageOf = (runs: Runs, payable: Payable, now: Paid, condition: Condition): Linkage =>
  atOnce(linkageSteps(runs, payable, now, condition));

/** The same in steps, a run each: whoever measures can turn to something else in between. */
export function* linkageSteps(
  runs: Runs,
  payable: Payable,
  now: Paid,
  condition: Condition,
): Generator<undefined, Linkage> {
  const departments = departmentsOf(payable.credited.world.people.list());
  if (departments.length < 2) return { alignment: [], failing: [], findings: [] };
  const findings: Finding[] = [];
  const paid = (of: readonly string[], by: Num): ReadonlyMap<string, Num> | undefined => {
    const moves = [...(condition.moves ?? []), { of, by }];
    const outcome = runs.amounts(payable, { ...condition, moves });
    if (!isFailed(outcome)) return byDepartmentOf(outcome);
    findings.push(...outcome.findings);
    return undefined;
  };
  const movements = new Map<string, Movement>();
  const moved = function* (of: readonly string[]): Generator<undefined, Movement | undefined> {
    const key = JSON.stringify(of);
    let movement = movements.get(key);
    if (movement === undefined) {
      const less = paid(of, LESS);
      yield;
      const more = paid(of, MORE);
      yield;
      if (less === undefined || more === undefined) return undefined;
      const at = (paid: ReadonlyMap<string, Num>, department: string): Num => paid.get(department) ?? 0;
      const pay = departments.map(
        (one) => [one, { now: at(now.byDepartment, one), less: at(less, one), more: at(more, one) }] as const,
      );
      movement = { of, pay: new Map(pay) };
      movements.set(key, movement);
    }
    return movement;
  };
  const alignment: Alignment[] = [];
  const failing: Failing[] = [];
  for (const department of departments) {
    const own = yield* moved([department]);
    const others = yield* moved(departments.filter((one) => one !== department));
    if (own === undefined || others === undefined) return { alignment: [], failing: [], findings };
    alignment.push({ department, own: movedBy(own, department), others: movedBy(others, department) });
    failing.push(failingOf(own, department));
  }
  return { alignment, failing, findings };
}

/** What comes of steps that are taken one after the other. */
export const atOnce = <T>(steps: Generator<unknown, T>): T => {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** The same, quarter by quarter; undefined where a plan pays nothing that has an answer then, or there are no two departments. */
export const failingQuarters = (
  runs: Runs,
  payable: Payable,
  condition: Condition,
): readonly FailingQuarter[] | undefined => atOnce(failingQuartersSteps(runs, payable, condition));

/** The same in steps, a run each. */
export function* failingQuartersSteps(
  runs: Runs,
  payable: Payable,
  condition: Condition,
): Generator<undefined, readonly FailingQuarter[] | undefined> {
  const departments = departmentsOf(payable.credited.world.people.list());
  const { periods } = runs;
  const { plan } = payable;
  if (departments.length < 2 || periods === undefined) return undefined;
  const now = runs.amounts(payable, condition);
  yield;
  if (isFailed(now)) return undefined;
  const is = byPeriodOf(now);
  const kind = plan.period === 'month' ? 'quarter' : plan.period;
  const quarters = periodsBetween(periods.from.from, periods.to.to, kind, plan.fiscalYearStarts);
  const found: FailingQuarter[] = [];
  for (const within of quarters) {
    const own = now.periods.filter(({ from, to }) => within.from <= from && to <= within.to);
    const failing: Failing[] = [];
    for (const department of departments) {
      const moves = [...(condition.moves ?? []), { of: [department], by: LESS, within }];
      const outcome = runs.amounts(payable, { ...condition, moves });
      yield;
      if (isFailed(outcome)) return undefined;
      const less = byPeriodOf(outcome);
      const at = (sums: typeof less, label: string, one: string): Num => sums.get(label)?.get(one) ?? 0;
      // A reward for the year is paid in another period: what is lost there is lost of what is paid there as well.
      const felt = now.periods.filter(
        (period) =>
          own.includes(period) ||
          departments.some((one) => compare(at(is, period.label, one), at(less, period.label, one)) !== 0),
      );
      const sum = (sums: typeof less, one: string): Num =>
        felt.reduce<Num>((total, { label }) => add(total, at(sums, label, one)), 0);
      const pay = departments.map((one) => [one, { now: sum(is, one), less: sum(less, one) }] as const);
      failing.push(failingOf({ pay: new Map(pay) }, department));
    }
    found.push({ quarter: within.label, failing });
  }
  return found;
}

/** The quarter in which a department's failing falls most unevenly; the first of several. */
export const widestGap = (
  quarters: readonly FailingQuarter[],
  department: string,
): { readonly quarter: string; readonly gap: Num } | undefined => {
  const far = (gap: Num): Num => mul(gap, gap);
  let widest: { readonly quarter: string; readonly gap: Num } | undefined;
  for (const { quarter, failing } of quarters) {
    const gap = failing.find((one) => one.department === department)?.gap;
    if (gap === undefined) continue;
    if (widest === undefined || compare(far(gap), far(widest.gap)) > 0) widest = { quarter, gap };
  }
  return widest;
};

const failingOf = (
  { pay }: { readonly pay: ReadonlyMap<string, { readonly now: Num; readonly less: Num }> },
  department: string,
): Failing => {
  const sums = { own: { now: 0 as Num, lost: 0 as Num }, others: { now: 0 as Num, lost: 0 as Num } };
  for (const [name, { now, less }] of pay) {
    const side = name === department ? sums.own : sums.others;
    side.now = add(side.now, now);
    side.lost = add(side.lost, sub(now, less));
  }
  const ownPart = partOfWhole(sums.own.lost, sums.own.now);
  const othersPart = partOfWhole(sums.others.lost, sums.others.now);
  return {
    department,
    own: sums.own.lost,
    others: sums.others.lost,
    ownPart,
    othersPart,
    gap: ownPart === undefined || othersPart === undefined ? undefined : sub(ownPart, othersPart),
  };
};
