import type { Num } from '../../values/num.ts';
import { formula } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import type { ShareModel } from './model.ts';

export interface ShareExpression {
  readonly kind: 'expression';
  readonly value: Expression;
}

/** Each row says its own share of the deal, such as `attribution.weight`. The executor refuses missing ones. */
export const expression: ShareModel<ShareExpression> = {
  kind: 'expression',
  doc: 'each row says its own share of the deal',
  writing: {
    form: 'expression',
    describes: { kind: 'expression', type: 'number' },
    read: (part, { reader, context }) => {
      const given = formula('a share model or a number').read(part, reader.sink);
      const value = given && reader.expression(given, ['number'], context('a share'));
      return value && { kind: 'expression', value };
    },
  },
  needsDates: false,
  absolute: true,
  inputs: (share) => [share.value],
  weights: (_, touches) => touches.map((touch) => touch.inputs[0] as Num),
};
