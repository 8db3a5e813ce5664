import type { Finding } from '../findings/finding.ts';
import { type Movement, movedBy } from '../linkage/alignment.ts';
import { departmentsOf } from '../linkage/departments.ts';
import { add, div, fraction, type Num, sub } from '../values/num.ts';
import { byDepartmentOf, type Paid } from './paid.ts';
import { type Condition, isFailed, type Payable, type Runs } from './runs.ts';

/** By how much results are moved. */
const MORE = fraction(11, 10);
const LESS = fraction(9, 10);

/** How one department's pay is bound to its own results and to the others'. */
export interface Alignment {
  readonly department: string;
  /** By which part of itself its pay moves when its own results move by ten percent; undefined where it is paid nothing. */
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
  /** As parts of what each side is paid as things are; undefined where that is nothing. */
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

/** Measures how a plan binds departments to each other; docs/pilot.md defines each figure. */
export const linkageOf = (runs: Runs, payable: Payable, now: Paid, condition: Condition): Linkage => {
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
  const moved = (of: readonly string[]): Movement | undefined => {
    const key = JSON.stringify(of);
    let movement = movements.get(key);
    if (movement === undefined) {
      const less = paid(of, LESS);
      const more = paid(of, MORE);
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
    const own = moved([department]);
    const others = moved(departments.filter((one) => one !== department));
    if (own === undefined || others === undefined) return { alignment: [], failing: [], findings };
    alignment.push({ department, own: movedBy(own, department), others: movedBy(others, department) });
    failing.push(failingOf(own, department));
  }
  return { alignment, failing, findings };
};

const failingOf = ({ pay }: Movement, department: string): Failing => {
  const sums = { own: { now: 0 as Num, lost: 0 as Num }, others: { now: 0 as Num, lost: 0 as Num } };
  for (const [name, { now, less }] of pay) {
    const side = name === department ? sums.own : sums.others;
    side.now = add(side.now, now);
    side.lost = add(side.lost, sub(now, less));
  }
  const ownPart = div(sums.own.lost, sums.own.now);
  const othersPart = div(sums.others.lost, sums.others.now);
  return {
    department,
    own: sums.own.lost,
    others: sums.others.lost,
    ownPart,
    othersPart,
    gap: ownPart === undefined || othersPart === undefined ? undefined : sub(ownPart, othersPart),
  };
};
