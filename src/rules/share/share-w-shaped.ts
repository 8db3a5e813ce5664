import { add, div, type Num } from '../../values/num.ts';
import { fieldsOf, readFields, required } from '../document/fields.ts';
import { formula, part as subpart, text } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import type { ShareModel } from './model.ts';
import { PARTS, readParts } from './parts.ts';

export interface ShareWShaped {
  readonly kind: 'w_shaped';
  /** First touch, first lead touch, first opportunity touch, the others together; they add up to 1. */
  readonly parts: readonly [Num, Num, Num, Num];
  /** The text that says what kind of touch a row is. */
  readonly by: Expression;
  readonly lead: string;
  readonly opportunity: string;
}

const FIELDS = {
  parts: required(subpart(PARTS), 'to the first touch, to the first of either kind, to the others together'),
  by: required(formula('text'), 'what says which kind a touch is, such as attribution.touch'),
  lead: required(
    text('the kind of a touch that made a lead', 'lead'),
    'the kind whose first touch has the second part',
  ),
  opportunity: required(
    text('the kind of a touch that made a deal', 'opportunity'),
    'the kind whose first touch has the third part',
  ),
} as const;

/** Parts to the first touch, the first of two kinds each, and evenly to the others; one in two roles has both parts. */
export const wShaped: ShareModel<ShareWShaped> = {
  kind: 'w_shaped',
  doc: 'parts to the first touch, to the first of two kinds each, and to the others',
  writing: {
    form: 'key',
    example:
      '{ w_shaped: { parts: [30%, 30%, 30%, 10%], by: attribution.touch, lead: lead, opportunity: opportunity } }',
    describes: fieldsOf(() => FIELDS),
    read: (part, { reader, context }) => {
      const fields = readFields(part, FIELDS, { what: 'w_shaped' }, reader.sink);
      const by = fields?.by && reader.expression(fields.by, ['text'], context('the kind of a touch'));
      const parts =
        fields?.parts && readParts(fields.parts, ['first touch', 'first lead', 'first opportunity', 'others'], reader);
      if (by === undefined || parts === undefined || fields?.lead === undefined || fields.opportunity === undefined)
        return undefined;
      const [first, lead, opportunity, others] = parts;
      const kinds = { lead: fields.lead.normalize('NFC'), opportunity: fields.opportunity.normalize('NFC') };
      return { kind: 'w_shaped', parts: [first, lead, opportunity, others], by, ...kinds };
    },
  },
  needsDates: true,
  absolute: false,
  inputs: (share) => [share.by],
  weights: (share, touches, order) => {
    const [first, lead, opportunity, others] = share.parts;
    const firstOf = (kind: string): number | undefined => order.find((i) => touches[i]?.inputs[0] === kind);
    const weights = touches.map<Num>(() => 0);
    const roles: [number | undefined, Num][] = [
      [order[0], first],
      [firstOf(share.lead), lead],
      [firstOf(share.opportunity), opportunity],
    ];
    for (const [i, part] of roles) if (i !== undefined) weights[i] = add(weights[i] as Num, part);
    const taken = new Set(roles.map(([i]) => i));
    const rest = order.filter((i) => !taken.has(i));
    for (const i of rest) weights[i] = div(others, rest.length) ?? 0;
    return weights;
  },
};
