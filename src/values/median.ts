import { add, compare, div, type Num } from './num.ts';

/** The middle one of some numbers; of an even number of them the mean of the two in the middle. Undefined of none. */
export const median = (numbers: readonly Num[]): Num | undefined => {
  const sorted = [...numbers].sort(compare);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : div(add(low, high), 2);
};
