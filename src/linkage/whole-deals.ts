import type { Scaling } from '../engine/scaling.ts';
import { compare, floor, mul, type Num, sub } from '../values/num.ts';

/**
 * Whether a deal has a touch at all (`count(influenced for deal) > 0`) does not move with a part of the touch. With this a
 * tenth less means there that every tenth deal, in the order of the rows, is without it; more than each deal has cannot be had.
 */
export const inWholeDeals = (scaling: Scaling, factor: Num): Scaling => ({
  ...scaling,
  forDeal: (row) => {
    const weight = scaling.credit(row);
    if (weight === 1 || compare(factor, 1) >= 0) return weight;
    return lacks(row.rootDeal, sub(1, factor)) ? 0 : 1;
  },
});

/** Whether a deal is among the part that lacks something: spread evenly over the rows. */
const lacks = (deal: number, part: Num): boolean => compare(floor(mul(part, deal + 1)), floor(mul(part, deal))) > 0;
