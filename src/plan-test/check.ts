import type { Line, Payout } from '../engine/result.ts';
import type { Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { Expectation } from './test-file.ts';

/** A payout of the result, and the period in which it is paid. */
export interface PaidIn {
  readonly period: Period;
  readonly payout: Payout;
}

/** A figure of the comparison: money in minor units, or a number shown as a percentage. */
export interface Compared {
  readonly unit: 'money' | 'percent' | 'words';
  readonly value: Num | undefined;
  /** Where it is no figure. */
  readonly words: string | undefined;
}

/** What an expectation came to. */
export interface Check {
  readonly expectation: Expectation;
  readonly passed: boolean;
  /** `sales_commission of ana` */
  readonly subject: string;
  readonly expected: Compared;
  readonly actual: Compared;
  /** Actual − expected, where both are figures. */
  readonly difference: Compared | undefined;
  /** Why it cannot be as expected, where that is more than another figure: a name that is not there, say. */
  readonly hint: string | undefined;
  /** The payouts that the actual figure comes from, and of them the lines that are meant (all where undefined). */
  readonly from: readonly PaidIn[];
  readonly lines: ReadonlySet<Line> | undefined;
}

export const money = (value: Num): Compared => ({ unit: 'money', value, words: undefined });
export const percent = (value: Num): Compared => ({ unit: 'percent', value, words: undefined });
export const words = (text: string): Compared => ({ unit: 'words', value: undefined, words: text });
