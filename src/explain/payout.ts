import type { Computed } from '../engine/compute.ts';
import type { Line, Payout, PeriodResult } from '../engine/result.ts';
import type { Period } from '../values/period.ts';
import { type LineDerivation, lineOf } from './line.ts';

/** How a payout came about. */
export interface PayoutDerivation {
  readonly period: Period;
  readonly payout: Payout;
  /** They add up to the payout, where no line was left out. */
  readonly lines: readonly LineDerivation[];
}

/**
 * How a payout came about, line by line, down to the rule's expressions and the rows that they read; of some lines only
 * where `meant` says so. Nothing is computed again: figures are those of the run, asked from its own readers.
 */
export const payoutOf = (
  computed: Computed,
  { period }: Pick<PeriodResult, 'period'>,
  payout: Payout,
  meant: (line: Line, number: number) => boolean = () => true,
): PayoutDerivation => {
  const lines: LineDerivation[] = [];
  for (const [i, line] of payout.lines.entries()) {
    if (meant(line, i + 1)) lines.push(lineOf(computed, payout, line, i + 1));
  }
  return { period, payout, lines };
};
