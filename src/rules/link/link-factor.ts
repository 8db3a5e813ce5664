import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { readValues, required } from '../document/fields.ts';
import { formula } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import { checkFactor } from './factor-range.ts';
import type { LinkKind } from './model.ts';

export interface FactorValue {
  readonly kind: 'factor';
  readonly value: Expression;
}

const FIELDS = {
  factor: required(formula('number'), 'the factor itself, such as 102%'),
} as const;

/** The factor is said outright. */
export const linkFactor: LinkKind<FactorValue> = {
  kind: 'factor',
  doc: 'a factor said outright',
  key: 'factor',
  fields: FIELDS,
  read: (part, { reader, context }) => {
    const { factor } = readValues(part, FIELDS, reader.sink);
    const value = factor && reader.expression(factor, ['number'], context('the factor of a link'));
    checkFactor(reader.known(value), factor, reader);
    return value && { kind: 'factor', value };
  },
  inputs: (factor) => [factor.value],
  factor: (_, [value]) => (isMissing(value) ? value : (value as Num)),
};
