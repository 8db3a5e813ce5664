import { add, div, isZero, mul, type Num, neg, sub, truncate } from '../../values/num.ts';
import { firstFork, type Sample, tookSameWays } from './sample.ts';

/** Samples over a range such that between two neighbours either the same ways are taken, or nothing lies between them. */
export interface Sweep {
  readonly samples: readonly Sample[];
  /** False where the budget ended before all was looked at. */
  readonly complete: boolean;
}

export type Sampler = (x: number) => Sample;

/** Where, between two samples, the first fork at which they part changes its way, taking what is read there to be a line. */
const crossing = (left: Sample, right: Sample): number | undefined => {
  const i = firstFork(left, right);
  if (i === undefined || i < 0) return undefined;
  const a = left.ways.margins[i];
  const b = right.ways.margins[i];
  if (a === undefined || b === undefined || left.ways.forks[i] !== right.ways.forks[i]) return undefined;
  const slope = sub(b, a);
  if (isZero(slope)) return undefined;
  const at = add(left.x, mul(div(neg(a), slope) as Num, sub(right.x, left.x)));
  const whole = truncate(at);
  return typeof whole === 'number' ? whole : undefined;
};

/** More halvings than this of one stretch are never needed: a range has fewer bits. */
const MOST_DEPTH = 120;

/**
 * Finds every place of a range at which a computation takes another way, to the unit. Two samples that take the same ways
 * have no such place between them, as long as what is compared moves along straight lines: whatever decides the first way
 * is then a line itself, and what is decided by figures that depend on that decision is a line between two of them.
 */
export const sweep = (from: number, to: number, sampleAt: Sampler, spent: () => boolean): Sweep => {
  const samples = new Map<number, Sample>();
  const at = (x: number): Sample => {
    let sample = samples.get(x);
    if (sample === undefined) {
      sample = sampleAt(x);
      samples.set(x, sample);
    }
    return sample;
  };
  let complete = true;
  const look = (left: Sample, right: Sample, depth: number): void => {
    if (right.x - left.x <= 1 || tookSameWays(left, right)) return;
    if (spent() || depth > MOST_DEPTH) {
      complete = false;
      return;
    }
    const middle = left.x + Math.floor((right.x - left.x) / 2);
    // What is no line leads astray: every third time the stretch is halved instead.
    const guess = depth % 3 === 2 ? undefined : crossing(left, right);
    const x = guess === undefined ? middle : Math.min(right.x - 1, Math.max(left.x + 1, guess));
    const here = at(x);
    const next = guess !== undefined && x + 1 < right.x ? at(x + 1) : here;
    look(left, here, depth + 1);
    look(next, right, depth + 1);
  };
  // Between nothing and something at all there is often a way of its own.
  look(at(from + 1), at(to), 0);
  at(from);
  return { samples: [...samples.values()].sort((a, b) => a.x - b.x), complete };
};
