import type { Formula } from '../document/part.ts';
import type { Expression } from '../plan.ts';
import type { RateReading } from './model.ts';

/** One number (or amount a unit) for every line. */
export interface RateValue {
  readonly kind: 'value';
  readonly value: Expression;
}

/** A rate that is an expression and nothing more. */
export const readRateValue = (formula: Formula, { reader, line, type, unit }: RateReading): RateValue | undefined => {
  const value = reader.expression(formula, [type], line(unit === 'rate' ? 'a rate' : 'a pay'));
  return value && { kind: 'value', value };
};
