import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import type { Expression } from '../plan.ts';
import type { LinkKind } from './model.ts';

export interface FactorValue {
  readonly kind: 'factor';
  readonly value: Expression;
}

/** The factor is said outright. */
export const linkFactor: LinkKind<FactorValue> = {
  kind: 'factor',
  inputs: (factor) => [factor.value],
  factor: (_, [value]) => (isMissing(value) ? value : (value as Num)),
};
