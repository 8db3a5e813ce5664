import type { Place } from '../../findings/finding.ts';
import type { PeriodKind } from '../../values/period.ts';
import type { Curve } from '../curve.ts';
import type { Known } from '../expression/typed.ts';
import type { Expression } from '../plan.ts';

/** One number (or amount a unit) for every line. */
export interface RateValue {
  readonly kind: 'value';
  readonly value: Expression;
}

/** A rate looked up by a value; for what the table lacks, `otherwise`, else missing. */
export interface RateTable {
  readonly kind: 'table';
  readonly by: Expression;
  readonly rows: ReadonlyMap<Known, Expression>;
  readonly otherwise: Expression | undefined;
  readonly place: Place;
}

/** A rate read off a curve. */
export interface RateCurve {
  readonly kind: 'curve';
  readonly by: Expression;
  readonly curve: Curve;
  readonly place: Place;
}

export interface Step {
  /** Absolute, or a share of `of`; undefined for the last. */
  readonly end: Expression | undefined;
  readonly holdsEnd: boolean;
  readonly rate: Expression;
  readonly place: Place;
}

/** A rate that depends on what has accumulated. */
export interface RateSteps {
  readonly kind: 'steps';
  readonly method: 'marginal' | 'retroactive';
  readonly of: Expression | undefined;
  /** What walks up the steps; the line's amount where not said. */
  readonly counting: Expression | undefined;
  /** Over which period lines add up; `none`: every line stands alone. */
  readonly accumulate: PeriodKind | 'none';
  readonly steps: readonly Step[];
  readonly place: Place;
}

export type Rate = RateValue | RateTable | RateCurve | RateSteps;
