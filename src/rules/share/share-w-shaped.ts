import { add, div, type Num } from '../../values/num.ts';
import type { Expression } from '../plan.ts';
import type { ShareModel } from './model.ts';

export interface ShareWShaped {
  readonly kind: 'w_shaped';
  /** First touch, first lead touch, first opportunity touch, the others together; they add up to 1. */
  readonly parts: readonly [Num, Num, Num, Num];
  /** The text that says what kind of touch a row is. */
  readonly by: Expression;
  readonly lead: string;
  readonly opportunity: string;
}

/** Parts to the first touch, the first of two kinds each, and evenly to the others; one in two roles has both parts. */
export const wShaped: ShareModel<ShareWShaped> = {
  kind: 'w_shaped',
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
