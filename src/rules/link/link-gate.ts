import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { field, readValues, required } from '../document/fields.ts';
import { formula } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import { checkFactor } from './factor-range.ts';
import type { LinkKind } from './model.ts';

export interface FactorGate {
  readonly kind: 'gate';
  readonly condition: Expression;
  /** Where the condition does not hold; 0% where not said. */
  readonly otherwise: Expression | undefined;
}

const FIELDS = {
  gate: required(formula('condition'), 'a condition under which the factor is 100%'),
  otherwise: field(formula('number'), 'the factor where the condition does not hold; 0% where not said'),
} as const;

/** All or `otherwise`. */
export const linkGate: LinkKind<FactorGate> = {
  kind: 'gate',
  doc: 'all where a condition holds, otherwise less',
  key: 'gate',
  fields: FIELDS,
  read: (part, { reader, context }) => {
    const fields = readValues(part, FIELDS, reader.sink);
    const condition = fields.gate && reader.expression(fields.gate, ['boolean'], context('the gate of a link'));
    const otherwise =
      fields.otherwise && reader.expression(fields.otherwise, ['number'], context('the factor of a link'));
    checkFactor(reader.known(otherwise), fields.otherwise, reader);
    const failed = fields.otherwise !== undefined && otherwise === undefined;
    return condition === undefined || failed ? undefined : { kind: 'gate', condition, otherwise };
  },
  inputs: (factor) => (factor.otherwise === undefined ? [factor.condition] : [factor.condition, factor.otherwise]),
  factor: (_, [condition, otherwise]) => {
    if (isMissing(condition)) return condition;
    if (condition === true) return 1;
    if (isMissing(otherwise)) return otherwise;
    return (otherwise as Num | undefined) ?? 0;
  },
};
