import type { Missing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import type { Fields } from '../document/fields.ts';
import type { Part } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import type { Context } from '../expression/names.ts';
import type { Known } from '../expression/typed.ts';
import type { PlanReader } from '../load/reader.ts';
import type { Expression } from '../plan.ts';

export type InputValue = Known | Missing;

/** What a link is read with: the reward it stands in says what it may read. */
export interface LinkReading {
  readonly reader: PlanReader;
  readonly context: (what: string) => Context;
}

/** What a kind of link means: its factor, from what it reads; and how it is written. */
export interface LinkKind<F extends { readonly kind: string }> {
  readonly kind: F['kind'];
  readonly doc: string;
  /** The key that tells this kind from the others. */
  readonly key: string;
  readonly fields: Fields;
  /** Reads this kind's own keys; which keys there may be is checked by then. */
  readonly read: (part: Part<RawMap>, reading: LinkReading) => F | undefined;
  /** The expressions whose values `factor` is given, in order; the first is the one that reports show. */
  readonly inputs: (factor: F) => readonly Expression[];
  readonly factor: (factor: F, inputs: readonly InputValue[]) => Num | Missing;
}
