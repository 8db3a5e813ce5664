import { fieldsOf } from '../document/fields.ts';
import { isMapPart, isScalarPart, keyPlace, type Part, partAt, report } from '../document/part.ts';
import type { Description } from '../document/shape.ts';
import { formula, refuse } from '../document/shapes.ts';
import type { RateKind, RateReading } from './model.ts';
import { type RateCurve, rateCurve } from './rate-curve.ts';
import { type RateSteps, rateSteps } from './rate-steps.ts';
import { type RateTable, rateTable } from './rate-table.ts';
import { type RateValue, readRateValue } from './rate-value.ts';

export type { RateCurve } from './rate-curve.ts';
export type { RateSteps } from './rate-steps.ts';
export type { RateTable } from './rate-table.ts';
export type { RateValue } from './rate-value.ts';

export type Rate = RateValue | RateTable | RateCurve | RateSteps;

/** Every kind of rate that is more than an expression; a new one is a file beside these and a line here (and in `Rate`). */
const RATE_KINDS: readonly RateKind<Rate>[] = [rateTable, rateCurve, rateSteps];

/** All ways to write a rate, for the schema. */
export const RATE: Description = {
  kind: 'either',
  of: [{ kind: 'expression', type: 'number' }, ...RATE_KINDS.map((kind) => fieldsOf(() => kind.fields))],
};

/** Reads a rate of whichever kind its keys show. */
export const readRate = (part: Part, reading: RateReading): Rate | undefined => {
  const { sink } = reading.reader;
  if (isScalarPart(part)) {
    const given = formula(reading.type).read(part, sink);
    return given && readRateValue(given, reading);
  }
  if (!isMapPart(part)) return refuse(part, sink, 'an expression, or the keys of a table, a curve or steps');
  const [kind, ...others] = RATE_KINDS.filter(({ key }) => part.value.entries.has(key));
  if (others.length > 0) {
    const keys = [kind, ...others].map((one) => `${one?.key}:`).join(' and ');
    const second = partAt(part, others[0]?.key ?? '') ?? part;
    report(sink, 'invalid-value', `${keys} do not go together: a rate is one of them`, second, {}, keyPlace(second));
    return undefined;
  }
  if (kind === undefined) {
    report(sink, 'missing-key', 'a rate with keys has table:, curve: or steps:', part, {
      hint: 'or write the rate as an expression',
    });
    return undefined;
  }
  return kind.read(part, reading);
};
