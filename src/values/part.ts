import { div, type Num, sign } from './num.ts';

/** An amount as a part of a whole; undefined where the whole is not above zero: of a debt a loss is no part that says anything. */
export const partOfWhole = (amount: Num, whole: Num): Num | undefined =>
  sign(whole) > 0 ? div(amount, whole) : undefined;
