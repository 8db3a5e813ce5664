import type { Sink } from '../../findings/sink.ts';
import type { Fields } from './fields.ts';
import type { Part } from './part.ts';

/**
 * What a value of a plan may be, as data: messages say it, and completion, hover texts and the JSON Schema of plan files
 * are made from it.
 */
export type Description =
  | { readonly kind: 'text'; readonly pattern?: string; readonly example?: string }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'flag' }
  | { readonly kind: 'literal'; readonly example: string }
  | { readonly kind: 'expression'; readonly type: string }
  | { readonly kind: 'list'; readonly of: Description }
  /** A map whose keys are names of the author's own, or values. */
  | { readonly kind: 'map'; readonly of: Description }
  /** Late, so that constructs may hold each other. `others`: keys of the author's own may stand beside them. */
  | { readonly kind: 'fields'; readonly fields: () => Fields; readonly others?: Description }
  | { readonly kind: 'either'; readonly of: readonly Description[] };

/** How a value is read; `read` says what is wrong and gives undefined where it is. */
export interface Shape<T> {
  readonly describes: Description;
  readonly read: (part: Part, sink: Sink) => T | undefined;
}
