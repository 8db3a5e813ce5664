import { type Num, sign } from '../../values/num.ts';
import { type Part, report } from '../document/part.ts';
import type { Known } from '../expression/typed.ts';
import type { PlanReader } from '../load/reader.ts';

/** Says of a factor that is known before any data is read that it is below zero. */
export const checkFactor = (value: Known | undefined, given: Part | undefined, { sink }: PlanReader): void => {
  if (value === undefined || given === undefined || sign(value as Num) >= 0) return;
  const message = 'a factor below zero would make good work cost money';
  report(sink, 'factor-out-of-range', message, given, { hint: 'let the factor end at 0%' });
};
