import type { Line, Payout } from '../../engine/result.ts';
import type { Finding } from '../../findings/finding.ts';
import { constantOf } from '../../rules/expression/constant.ts';
import type { Plan, Reward } from '../../rules/plan.ts';
import { add, compare, mul, type Num, sub } from '../../values/num.ts';
import type { Period } from '../../values/period.ts';
import type { ExampleRows } from '../counterexample.ts';
import { onePeriod, type Trials } from '../scene/trial.ts';
import { type Forks, Ways } from './decisions.ts';

/** What one reward pays one person. */
export interface Paid {
  readonly person: string;
  readonly reward: Reward;
  /** Before it is rounded, line by line, so that cents do not hide what moves. */
  readonly exact: Num;
  /** Minor units, as it is paid. */
  readonly amount: Num;
  readonly lines: number;
}

/** What the engine makes of rows in which one thing is varied. */
export interface Sample {
  /** What is varied, in whole units: minor units of money, deals, hundredths of a percent. */
  readonly x: number;
  readonly paid: readonly Paid[];
  readonly ways: Ways;
  /** Why these rows cannot be paid; then nobody is paid anything. */
  readonly failed: readonly Finding[] | undefined;
}

/** The sum of a payout's lines before rounding; at a cap or guarantee, that. */
const exactOf = ({ lines }: Payout): Num => {
  const limit = lines.findLast(({ kind }: Line) => kind === 'guarantee' || kind === 'cap');
  const tails = lines.filter(({ tail }) => tail);
  const counted = limit?.counted === undefined ? lines : tails;
  return counted.reduce<Num>((sum, { exactBase, factor }) => add(sum, mul(exactBase, factor)), limit?.counted ?? 0);
};

/** Tells on which side of a limit somebody's lines are, before rounding; where it is no constant, whether it holds. */
const takeLimits = ({ lines, reward, person }: Payout, plan: Plan, ways: Ways, forks: Forks): void => {
  if (reward === undefined) return;
  for (const limit of ['cap', 'guarantee'] as const) {
    const expression = reward[limit];
    if (expression === undefined) continue;
    const line = lines.find(({ kind }) => kind === limit);
    const level = line?.counted ?? (constantOf(expression.node, plan.params) as Num | undefined);
    const sum = lines
      .filter(({ kind, tail }) => kind !== 'cap' && kind !== 'guarantee' && !tail)
      .reduce<Num>((total, { exactBase, factor }) => add(total, mul(exactBase, factor)), 0);
    const fork = forks.of(expression, person.id, () => ({ kind: 'limit', reward, limit, person: person.id }));
    if (level === undefined) ways.take(fork, line === undefined ? 'within' : 'held');
    else ways.take(fork, compare(sum, level), sub(sum, level));
  }
};

export interface Sampling {
  readonly plan: Plan;
  readonly forks: Forks;
  readonly trials: Trials;
  readonly from: Period;
  readonly to: Period;
}

/** Pays rows, and notes which ways that took. */
export const sampleOf = (x: number, rows: ExampleRows, { plan, forks, trials, from, to }: Sampling): Sample => {
  const ways = new Ways(forks);
  const outcome = trials.pay(plan, rows, { periods: onePeriod(from, to), trace: ways });
  if (outcome.computation === undefined) return { x, paid: [], ways, failed: outcome.errors };
  const paid = new Map<string, Paid>();
  for (const { payouts } of outcome.computation.periods) {
    for (const payout of payouts) {
      takeLimits(payout, plan, ways, forks);
      const { reward, person, lines, amount } = payout;
      if (reward === undefined) continue;
      const key = `${person.id}/${reward.name}`;
      const before = paid.get(key);
      paid.set(key, {
        person: person.id,
        reward,
        exact: add(before?.exact ?? 0, exactOf(payout)),
        amount: add(before?.amount ?? 0, amount),
        lines: (before?.lines ?? 0) + lines.length,
      });
    }
  }
  return { x, paid: [...paid.values()], ways, failed: undefined };
};

/** Whether two samples took the same ways. */
export const tookSameWays = (a: Sample, b: Sample): boolean => firstFork(a, b) === undefined;

/** The first place at which two samples part; −1 where they are of different lengths only. */
export const firstFork = ({ ways: a, failed: fa }: Sample, { ways: b, failed: fb }: Sample): number | undefined => {
  const length = Math.min(a.ways.length, b.ways.length);
  for (let i = 0; i < length; i++) if (a.ways[i] !== b.ways[i] || a.forks[i] !== b.forks[i]) return i;
  return a.ways.length !== b.ways.length || (fa === undefined) !== (fb === undefined) ? -1 : undefined;
};
