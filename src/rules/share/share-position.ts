import { add, div, type Num } from '../../values/num.ts';
import { noInputs, type ShareModel } from './model.ts';
import { PARTS, readParts } from './parts.ts';

export interface SharePosition {
  readonly kind: 'position';
  /** First, the middle together, last; they add up to 1. */
  readonly parts: readonly [Num, Num, Num];
}

/** So much to the first touch, so much to the last, the rest evenly to those between. */
export const position: ShareModel<SharePosition> = {
  kind: 'position',
  doc: 'so much to the first touch, to the middle ones together and to the last',
  writing: {
    form: 'key',
    example: '{ position: [40%, 20%, 40%] }',
    describes: PARTS,
    read: (part, { reader }) => {
      const parts = readParts(part, ['first', 'middle', 'last'], reader);
      if (parts === undefined) return undefined;
      const [first, middle, last] = parts;
      return { kind: 'position', parts: [first, middle, last] };
    },
  },
  needsDates: true,
  absolute: false,
  inputs: noInputs,
  weights: ({ parts: [first, middle, last] }, touches, order) => {
    const each = div(middle, Math.max(1, touches.length - 2)) ?? 0;
    const weights = touches.map<Num>(() => each);
    weights[order[order.length - 1] as number] = last;
    // One touch alone is both first and last; the middle's part then has nowhere else to go.
    weights[order[0] as number] = touches.length === 1 ? add(first, last) : first;
    return weights;
  },
};
