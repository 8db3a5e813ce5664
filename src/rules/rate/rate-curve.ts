import type { Place } from '../../findings/finding.ts';
import type { Curve } from '../curve.ts';
import { CURVE_FIELDS, POINTS, readCurve } from '../curve-points.ts';
import { readFields, required } from '../document/fields.ts';
import { keyPlace } from '../document/part.ts';
import { formula, section } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import type { RateKind } from './model.ts';

/** A rate read off a curve. */
export interface RateCurve {
  readonly kind: 'curve';
  readonly by: Expression;
  readonly curve: Curve;
  readonly place: Place;
}

const FIELDS = {
  by: required(formula('number, money, days'), 'what the rate depends on, such as deal.margin / deal.amount'),
  curve: required(
    section(POINTS, 'points such as { 10%: 2%, 30%: 6% }'),
    'the rate at some points; straight lines between them',
  ),
  ...CURVE_FIELDS,
} as const;

export const rateCurve: RateKind<RateCurve> = {
  kind: 'curve',
  doc: 'a rate read off a curve',
  key: 'curve',
  fields: FIELDS,
  read: (part, { reader, type, line }) => {
    const fields = readFields(part, FIELDS, { what: 'a rate curve' }, reader.sink);
    const by = fields?.by && reader.expression(fields.by, ['number', 'money', 'days'], line('what a curve is read by'));
    if (fields?.curve === undefined) return undefined;
    const curve = readCurve(fields.curve, { x: by?.type, y: type, what: 'a rate' }, fields, reader);
    return by && curve && { kind: 'curve', by, curve, place: keyPlace(part) };
  },
};
