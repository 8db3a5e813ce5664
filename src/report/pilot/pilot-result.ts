import type { Finding } from '../../findings/finding.ts';
import type { Figures, VariantOutcome } from '../../pilot/pilot.ts';
import type { Order, Ranked } from '../../pilot/rank.ts';
import type { Num } from '../../values/num.ts';

/** All that a pilot came to, for every way to show it. */
export interface PilotResult {
  readonly plan: string;
  readonly currency: string;
  readonly digits: number;
  readonly periods: { readonly from: string; readonly to: string };
  /** The plan as it is. */
  readonly today: Figures;
  readonly todayFindings: readonly Finding[];
  /** In the order of the command line; those of a grid with the last thing varied changing fastest. */
  readonly variants: readonly VariantOutcome[];
  /** What should be known of how variants are written: names that nothing reads, plans of their own. */
  readonly notes: readonly string[];
  /** Whether variants are many of a grid, to be shown a row each. */
  readonly grid: boolean;
  /** Names by person id, where people have any. */
  readonly names: ReadonlyMap<string, string>;
  readonly budget: Num | undefined;
  /** As on the command line: `sales +5%`. */
  readonly assume: string | undefined;
  readonly rank: { readonly text: string; readonly order: Order; readonly ranked: readonly Ranked[] } | undefined;
  /** Positions of the variants on the Pareto front of cost against alignment; −1 is today's plan. */
  readonly front: readonly number[];
}

/** A variant that could be paid. */
export interface PaidVariant {
  readonly name: string;
  readonly figures: Figures;
  readonly findings: readonly Finding[];
}

export const paidVariants = ({ variants }: PilotResult): readonly PaidVariant[] =>
  variants.flatMap(({ spec, figures, findings }) =>
    figures === undefined ? [] : [{ name: spec.name, figures, findings }],
  );
