import { add, compare, mul, type Num, sign, sub } from '../../values/num.ts';

/** One step of a walk: up to where (undefined: no end), whether that point is in it, and at what rate. */
export interface StepValue {
  readonly end: Num | undefined;
  /** `up_to` holds its end, `below` does not. */
  readonly holdsEnd: boolean;
  readonly rate: Num;
}

/** The part of an amount that fell in one step. */
export interface StepPart {
  /** Which step, from 0. */
  readonly step: number;
  readonly amount: Num;
  readonly rate: Num;
}

/** The index of the step in which an amount accumulated stands; below zero that is the first. */
export const stepAt = (steps: readonly StepValue[], x: Num): number => {
  for (let i = 0; i < steps.length - 1; i++) {
    const { end, holdsEnd } = steps[i] as StepValue;
    if (end === undefined) return i;
    const side = compare(x, end);
    if (side < 0 || (side === 0 && holdsEnd)) return i;
  }
  return steps.length - 1;
};

/**
 * What lies between two amounts accumulated, step by step: each part at the rate of the step it falls in. Walking down
 * (a refund) gives the same parts with the sign turned. Σ amount × rate is F(after) − F(before).
 */
export const walkSteps = (steps: readonly StepValue[], before: Num, after: Num): StepPart[] => {
  const down = compare(after, before) < 0;
  const low = down ? after : before;
  const high = down ? before : after;
  const parts: StepPart[] = [];
  let at = low;
  for (let i = 0; i < steps.length && compare(at, high) < 0; i++) {
    const { end, rate } = steps[i] as StepValue;
    // Below zero the first step holds, whatever its end; the ends of steps are not below zero.
    const stop = end === undefined || i === steps.length - 1 || compare(end, high) > 0 ? high : end;
    if (compare(stop, at) <= 0) continue;
    parts.push({ step: i, amount: down ? sub(at, stop) : sub(stop, at), rate });
    at = stop;
  }
  return down ? parts.reverse() : parts;
};

/** The one step that all between two amounts falls in, as `walkSteps` has it; undefined where it falls in several. */
export const stepOfAll = (steps: readonly StepValue[], before: Num, after: Num): number | undefined => {
  const down = compare(after, before) < 0;
  const low = down ? after : before;
  const high = down ? before : after;
  for (let i = 0; i < steps.length; i++) {
    const { end } = steps[i] as StepValue;
    if (end === undefined || i === steps.length - 1) return i;
    if (compare(end, low) > 0) return compare(end, high) >= 0 ? i : undefined;
  }
  return undefined;
};

/** Σ amount × rate. */
export const payOf = (parts: readonly StepPart[]): Num =>
  parts.reduce<Num>((total, part) => add(total, mul(part.amount, part.rate)), 0);

/** The index of the first step whose end is not above the one before it, or undefined where they rise. */
export const unorderedAt = (steps: readonly StepValue[]): number | undefined => {
  for (let i = 0; i < steps.length; i++) {
    const end = steps[i]?.end;
    const last = steps[i - 1]?.end;
    if (end !== undefined && (sign(end) < 0 || (last !== undefined && compare(end, last) <= 0))) return i;
  }
  return undefined;
};
