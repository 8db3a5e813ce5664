import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { type Curve, curveAt } from '../curve.ts';
import type { Expression } from '../plan.ts';
import type { LinkKind } from './model.ts';

export interface FactorCurve {
  readonly kind: 'curve';
  readonly by: Expression;
  readonly curve: Curve;
}

/** The factor is read off a curve. */
export const linkCurve: LinkKind<FactorCurve> = {
  kind: 'curve',
  inputs: (factor) => [factor.by],
  factor: (factor, [by]) => (isMissing(by) ? by : curveAt(factor.curve, by as Num)),
};
