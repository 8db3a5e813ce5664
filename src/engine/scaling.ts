import type { Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { CreditRow } from './result.ts';

/**
 * Moves results by a factor, to ask what pay does when they move: what a run would pay had somebody done a tenth more or
 * less. A credit weighs so much wherever it is added up, counted or paid; a result of `result("...")` likewise. Quotas,
 * pay for time and the rows themselves stay as they are. Without one nothing is moved and nothing is slower.
 */
export interface Scaling {
  /** 1 where a credit does not move. */
  readonly credit: (row: CreditRow) => Num;
  /** What it weighs instead where a line asks for its own deal (`... for deal`); undefined: the same. */
  readonly forDeal?: ((row: CreditRow) => Num) | undefined;
  /** Whether a credit that moves takes somebody else's doing as well, who does not. */
  readonly takesOthers: (row: CreditRow) => boolean;
  /** For the person, group or team that a result is for; undefined is the company. */
  readonly result: (name: string | undefined, period: Period) => Num;
}

/**
 * What a measure added up while results were moved: whether all of it moved by one factor and takes nobody else's doing.
 * Such a measure moves as a whole, so that a ratio or a mean of one side's doing moves with it (a tenth fewer deals won of a
 * tenth fewer deals lost is the same share of wins, but not what is meant by results a tenth lower).
 */
export class Moved {
  #weight: Num | undefined;
  #one = true;

  /** Whether it can still be that all of it moves by one factor. */
  get listens(): boolean {
    return this.#one;
  }

  take(weight: Num, takesOthers: boolean): void {
    this.#weight ??= weight;
    if (this.#weight !== weight || takesOthers) this.#one = false;
  }

  /** The one factor by which everything moved; undefined where there was nothing, or several. */
  get whole(): Num | undefined {
    return this.#one ? this.#weight : undefined;
  }
}
