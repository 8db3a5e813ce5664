import type { Computed } from '../engine/compute.ts';
import type { Computation, Line } from '../engine/result.ts';
import type { Reward } from '../rules/plan.ts';
import { isMissing } from '../values/missing.ts';
import { add, compare, mul, type Num, sub } from '../values/num.ts';
import { periodOf } from '../values/period.ts';
import { belowGates, isJustBelow } from './below-gate.ts';
import type { Condition, Payable, Runs } from './runs.ts';
import { type Delays, delaysOf } from './week-late.ts';

/** Somebody who stands just below a threshold, where a little more would have paid at another rate or factor. */
export interface JustBelow {
  readonly id: string;
  readonly period: string;
  readonly reward: string;
  /** The link whose curve of steps or whose condition it is; undefined for the steps of a rate. */
  readonly link: string | undefined;
  /** Whether money is counted, in minor units, or something else: a number, a part of a quota. */
  readonly counted: 'money' | 'number';
  readonly at: Num;
  readonly threshold: Num;
  /** What the period's lines would have gained, paid at the next step (retroactive steps), or had the condition held. */
  readonly gain: Num | undefined;
}

export interface Incentives extends Delays {
  readonly justBelow: readonly JustBelow[];
  /** How often a gate was shut or a factor held down, of how often there was one. */
  readonly bit: number;
  readonly gates: number;
}

export const incentivesOf = (runs: Runs, payable: Payable, now: Computed, condition: Condition): Incentives => ({
  justBelow: justBelowIn(now),
  ...delaysOf(
    runs,
    payable,
    now.periods.map(({ period }) => period),
    condition,
  ),
  ...gatesIn(now),
});

const justBelowIn = (now: Computed): readonly JustBelow[] => {
  const { plan, periods } = now;
  const found: JustBelow[] = [];
  for (const { period, payouts } of periods) {
    for (const { person, reward, rewardName, lines } of payouts) {
      const at = { id: person.id, period: period.label, reward: rewardName };
      const last = lines.filter(({ stair, kind }) => kind === 'credit' && stair !== undefined).at(-1);
      const step = last && belowStep(last, lines);
      if (step !== undefined) {
        found.push({ ...at, link: undefined, counted: countedBy(plan.rewards.get(rewardName)), ...step });
      }
      const links = new Map(lines.flatMap((line) => line.links.map((effect) => [effect.link.name, effect] as const)));
      for (const [
        link,
        {
          link: { factor },
          applied,
          value,
        },
      ] of links) {
        if (!applied || factor.kind !== 'curve' || factor.curve.shape !== 'step' || !isNum(value)) continue;
        const threshold = nextAbove(
          value,
          factor.curve.points.map(({ x }) => x),
        );
        if (threshold === undefined) continue;
        const counted = factor.by.type === 'money' ? 'money' : 'number';
        found.push({ ...at, link, counted, at: value, threshold, gain: undefined });
      }
      if (reward === undefined) continue;
      const own = periodOf(period.to, reward.every, plan.fiscalYearStarts);
      found.push(...belowGates(now, own, lines).map((gate) => ({ ...at, ...gate })));
    }
  }
  return found;
};

/** What walks up a rate's steps: what the plan says, else the line's amount, or with `pay` the line itself. */
const countedBy = (reward: Reward | undefined): JustBelow['counted'] => {
  if (reward?.body !== 'credit') return 'number';
  const counting = reward.rate.kind === 'steps' ? reward.rate.counting : undefined;
  return (counting?.type ?? (reward.unit === 'rate' ? 'money' : 'number')) === 'money' ? 'money' : 'number';
};

const isNum = (value: unknown): value is Num =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && !isMissing(value as Num));

/** The lowest of some thresholds that is above a value, where it is close. */
const nextAbove = (value: Num, thresholds: readonly Num[]): Num | undefined => {
  const next = thresholds.find((threshold) => compare(threshold, value) > 0);
  return next !== undefined && isJustBelow(value, next) ? next : undefined;
};

const belowStep = (last: Line, lines: readonly Line[]): Pick<JustBelow, 'at' | 'threshold' | 'gain'> | undefined => {
  const { stair, accumulatedBefore, counted } = last;
  if (stair === undefined || accumulatedBefore === undefined || counted === undefined) return undefined;
  const at = add(accumulatedBefore, counted);
  const ends = stair.values.flatMap(({ end }) => (end === undefined ? [] : [end]));
  const threshold = nextAbove(at, ends);
  if (threshold === undefined) return undefined;
  const next = stair.values[ends.indexOf(threshold) + 1];
  if (stair.rate.method !== 'retroactive' || next === undefined) return { at, threshold, gain: undefined };
  const paid = lines.filter((line) => line.stair !== undefined);
  const gain = paid.reduce<Num>(
    (sum, line) => add(sum, mul(mul(line.counted ?? 0, sub(next.rate, line.rate ?? next.rate)), line.factor)),
    0,
  );
  return { at, threshold, gain };
};

const gatesIn = ({ periods }: Computation): Pick<Incentives, 'bit' | 'gates'> => {
  let bit = 0;
  let gates = 0;
  for (const { payouts } of periods) {
    for (const { lines } of payouts) {
      for (const { links } of lines) {
        for (const { link, working } of links) {
          const isGate = link.factor.kind === 'gate';
          if ((!isGate && link.atMost === undefined) || !working.applied) continue;
          gates++;
          const shut = isGate && working.inputs[0] !== true;
          if (shut || working.heldTo !== undefined) bit++;
        }
      }
    }
  }
  return { bit, gates };
};
