import type { PeriodKind } from '../../values/period.ts';
import type { Fields } from '../document/fields.ts';
import type { Part } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import type { Context } from '../expression/names.ts';
import type { Type } from '../expression/typed.ts';
import type { PlanReader } from '../load/reader.ts';

/** What a rate is read with: the reward it stands in. */
export interface RateReading {
  readonly reader: PlanReader;
  /** `rate` is a share of the line's amount, `pay` money a unit. */
  readonly unit: 'rate' | 'pay';
  /** The type of a rate: a number for `rate`, money for `pay`. */
  readonly type: Type;
  /** What may be read for a line, what for a payee, and what where lines are counted. */
  readonly line: (what: string) => Context;
  readonly payee: (what: string) => Context;
  readonly counted: (what: string) => Context;
  readonly every: PeriodKind;
}

/** A kind of rate: how it is written, as a map of keys with one that no other kind has. */
export interface RateKind<R extends { readonly kind: string }> {
  readonly kind: R['kind'];
  readonly doc: string;
  /** The key that tells this kind from the others. */
  readonly key: string;
  readonly fields: Fields;
  readonly read: (part: Part<RawMap>, reading: RateReading) => R | undefined;
}
