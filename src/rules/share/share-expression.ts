import type { Num } from '../../values/num.ts';
import type { Expression } from '../plan.ts';
import type { ShareModel } from './model.ts';

export interface ShareExpression {
  readonly kind: 'expression';
  readonly value: Expression;
}

/** Each row says its own share of the deal, such as `attribution.weight`. The executor refuses missing ones. */
export const expression: ShareModel<ShareExpression> = {
  kind: 'expression',
  needsDates: false,
  absolute: true,
  inputs: (share) => [share.value],
  weights: (_, touches) => touches.map((touch) => touch.inputs[0] as Num),
};
