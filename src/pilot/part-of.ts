import { div, type Num, sign } from '../values/num.ts';

/**
 * An amount as a part of another. None of what is not above zero, as pay is not where refunds take back more than was earned: a
 * difference would turn its sign there, and cheaper look dearer.
 */
export const partOf = (amount: Num, base: Num): Num | undefined => (sign(base) > 0 ? div(amount, base) : undefined);
