import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { type Curve, curveAt } from '../curve.ts';
import { CURVE_FIELDS, POINTS, readCurve } from '../curve-points.ts';
import { readValues, required } from '../document/fields.ts';
import { formula, section } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import { checkFactor } from './factor-range.ts';
import type { LinkKind } from './model.ts';

export interface FactorCurve {
  readonly kind: 'curve';
  readonly by: Expression;
  readonly curve: Curve;
}

const FIELDS = {
  by: required(formula('number, money, days'), 'what the factor depends on, such as sales.attainment'),
  curve: required(
    section(POINTS, 'points such as { 50%: 0%, 100%: 100% }'),
    'the factor at some points; straight lines between them',
  ),
  ...CURVE_FIELDS,
} as const;

/** The factor is read off a curve. */
export const linkCurve: LinkKind<FactorCurve> = {
  kind: 'curve',
  doc: 'a factor read off a curve',
  key: 'curve',
  fields: FIELDS,
  read: (part, { reader, context }) => {
    const fields = readValues(part, FIELDS, reader.sink);
    const by =
      fields.by && reader.expression(fields.by, ['number', 'money', 'days'], context('what a link depends on'));
    if (fields.curve === undefined) return undefined;
    const curve = readCurve(
      fields.curve,
      { x: by?.type, y: 'number', what: 'a factor', checkY: checkFactor },
      fields,
      reader,
    );
    return by && curve && { kind: 'curve', by, curve };
  },
  inputs: (factor) => [factor.by],
  factor: (factor, [by]) => (isMissing(by) ? by : curveAt(factor.curve, by as Num)),
};
