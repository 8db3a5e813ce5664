import { abs, add, compare, div, mul, type Num, sub } from '../../values/num.ts';
import { rowsOf } from '../scene/rows.ts';
import type { Stage } from '../scene/stage.ts';
import type { Trials } from '../scene/trial.ts';
import type { Forks } from './decisions.ts';
import type { Driver } from './driver.ts';
import { type Sample, sampleOf, tookSameWays } from './sample.ts';
import { sweep } from './sweep.ts';

/** What somebody is paid while one thing is varied, over its whole range. */
export interface Explored {
  readonly driver: Driver;
  /** In rising order; between two that took the same ways pay moves along a line, unless `curved`. */
  readonly samples: readonly Sample[];
  /** Between some samples pay moves otherwise than in a line: there it is known at the samples only. */
  readonly curved: boolean;
  readonly complete: boolean;
  readonly sampleAt: (x: number) => Sample;
}

/** How far an open range is followed, by factors of four. */
const MOST_DOUBLINGS = 9;
/** A stretch that is no line is looked at in so many places. */
const PLACES = 6;
/** Fewer units than this are looked at one by one where each is a row. */
const EVERY = 200;

/** Each share and each line is rounded to a whole unit, which is nobody's reason for anything. */
export const toleranceOf = ({ paid }: Sample): number => paid.reduce((sum, { lines }) => sum + lines, 2);

export const exactOf = (sample: Sample, person: string, reward: string): Num =>
  sample.paid.find((one) => one.person === person && one.reward.name === reward)?.exact ?? 0;

export const explore = (stage: Stage, driver: Driver, forks: Forks, trials: Trials): Explored => {
  const { plan, calendar } = stage;
  const sampling = { plan, forks, trials, from: calendar.period, to: calendar.period };
  const known = new Map<number, Sample>();
  const sampleAt = (x: number): Sample => {
    let sample = known.get(x);
    if (sample === undefined) {
      sample = sampleOf(x, rowsOf(stage, driver.sceneAt(x)), sampling);
      known.set(x, sample);
    }
    return sample;
  };
  const spent = (): boolean => trials.spent;
  if (driver.everyUnit && driver.to - driver.from <= EVERY) {
    const samples: Sample[] = [];
    for (let x = driver.from; x <= driver.to && !spent(); x++) samples.push(sampleAt(x));
    return { driver, samples, curved: false, complete: samples.length === driver.to - driver.from + 1, sampleAt };
  }
  const to = driver.open ? endOf(driver, sampleAt, spent) : driver.to;
  const swept = sweep(driver.from, to, sampleAt, spent);
  const { samples, curved } = bent(swept.samples, sampleAt, spent);
  return { driver, samples, curved, complete: swept.complete && !spent(), sampleAt };
};

/** As far as anything changes, and further, so that what comes then goes on for ever. */
const endOf = ({ to }: Driver, sampleAt: (x: number) => Sample, spent: () => boolean): number => {
  const ends = Array.from({ length: MOST_DOUBLINGS }, (_, i) => to * 4 ** i);
  let last = 0;
  for (let i = 1; i < ends.length && !spent(); i++)
    if (!tookSameWays(sampleAt(ends[i - 1] as number), sampleAt(ends[i] as number))) last = i;
  return ends[Math.min(last + 1, ends.length - 1)] as number;
};

/** Looks into stretches in which pay does not move in a line. */
const bent = (
  samples: readonly Sample[],
  sampleAt: (x: number) => Sample,
  spent: () => boolean,
): { readonly samples: readonly Sample[]; readonly curved: boolean } => {
  const all: Sample[] = [];
  let curved = false;
  for (const [i, right] of samples.entries()) {
    const left = samples[i - 1];
    if (left !== undefined && right.x - left.x > 2 && tookSameWays(left, right) && !spent()) {
      const middle = sampleAt(left.x + Math.floor((right.x - left.x) / 2));
      all.push(middle);
      if (!isOnLine(left, middle, right)) {
        curved = true;
        for (let k = 1; k < PLACES && !spent(); k++) {
          const x = left.x + Math.floor(((right.x - left.x) * k) / PLACES);
          if (x > left.x && x < right.x) all.push(sampleAt(x));
        }
      }
    }
    all.push(right);
  }
  return { samples: [...new Set(all)].sort((a, b) => a.x - b.x), curved };
};

/** Whether what everybody is paid in the middle lies on the line between both ends. */
const isOnLine = (left: Sample, middle: Sample, right: Sample): boolean => {
  const part = div(middle.x - left.x, right.x - left.x) as Num;
  const tolerance = Math.max(toleranceOf(left), toleranceOf(right));
  return middle.paid.every(({ person, reward, exact }) => {
    const from = exactOf(left, person, reward.name);
    const expected = add(from, mul(sub(exactOf(right, person, reward.name), from), part));
    return compare(abs(sub(exact, expected)), tolerance) <= 0;
  });
};
