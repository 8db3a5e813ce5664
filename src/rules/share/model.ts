import type { Missing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import type { Part } from '../document/part.ts';
import type { Description } from '../document/shape.ts';
import type { Context } from '../expression/names.ts';
import type { Known } from '../expression/typed.ts';
import type { PlanReader } from '../load/reader.ts';
import type { Expression } from '../plan.ts';

/** A row of a deal that takes part in a sharing, as a share model sees it. */
export interface Touch {
  /** Days back from the deal's close date; below zero where the touch came later. */
  readonly age: number;
  /** The values of the model's own expressions for this row. */
  readonly inputs: readonly (Known | Missing)[];
}

/** What a share model is read with; `context` is what its expressions may read. */
export interface ShareReading {
  readonly reader: PlanReader;
  readonly context: (what: string) => Context;
}

/**
 * How a share model is written: as its name alone (`linear`), as its name with what it needs (`{ position: [...] }`), or
 * as an expression.
 */
export type ShareWriting<S> =
  | { readonly form: 'word'; readonly share: S }
  | (Reads<S> & { readonly form: 'key'; readonly example: string })
  | (Reads<S> & { readonly form: 'expression' });

interface Reads<S> {
  readonly describes: Description;
  readonly read: (part: Part, reading: ShareReading) => S | undefined;
}

/** What a share model means: how one deal is shared out over its rows. */
export interface ShareModel<S extends { readonly kind: string }> {
  readonly kind: S['kind'];
  readonly doc: string;
  readonly writing: ShareWriting<S>;
  /** It asks when a touch was, so that one without a date is an error. */
  readonly needsDates: boolean;
  /** It gives shares of the deal (which may add up to less than it), not weights of the rows against each other. */
  readonly absolute: boolean;
  /** The expressions to be evaluated for each row. */
  readonly inputs: (share: S) => readonly Expression[];
  /**
   * A weight (or share) for each touch, in the order of `touches`, which is the input's; `order` holds their indices by
   * date, then input row. There is at least one touch.
   */
  readonly weights: (share: S, touches: readonly Touch[], order: readonly number[]) => readonly Num[];
}

export const noInputs = (): readonly Expression[] => [];
