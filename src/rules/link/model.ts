import type { Missing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import type { Known } from '../expression/typed.ts';
import type { Expression } from '../plan.ts';

export type InputValue = Known | Missing;

/** What a kind of link means: its factor, from what it reads. */
export interface LinkKind<F extends { readonly kind: string }> {
  readonly kind: F['kind'];
  /** The expressions whose values `factor` is given, in order; the first is the one that reports show. */
  readonly inputs: (factor: F) => readonly Expression[];
  readonly factor: (factor: F, inputs: readonly InputValue[]) => Num | Missing;
}
