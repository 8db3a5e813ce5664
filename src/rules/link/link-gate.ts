import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import type { Expression } from '../plan.ts';
import type { LinkKind } from './model.ts';

export interface FactorGate {
  readonly kind: 'gate';
  readonly condition: Expression;
  /** Where the condition does not hold; 0% where not said. */
  readonly otherwise: Expression | undefined;
}

/** All or `otherwise`. */
export const linkGate: LinkKind<FactorGate> = {
  kind: 'gate',
  inputs: (factor) => (factor.otherwise === undefined ? [factor.condition] : [factor.condition, factor.otherwise]),
  factor: (_, [condition, otherwise]) => {
    if (isMissing(condition)) return condition;
    if (condition === true) return 1;
    if (isMissing(otherwise)) return otherwise;
    return (otherwise as Num | undefined) ?? 0;
  },
};
