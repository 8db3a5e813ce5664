import type { Sink } from '../../findings/sink.ts';
import { nearest } from '../../values/nearest.ts';
import { isMapPart, keyPlace, type Part, partAt, report } from './part.ts';
import { placeOf, type RawMap } from './raw.ts';
import type { Description, Shape } from './shape.ts';
import { refuse } from './shapes.ts';

/** A key of a construct: what its value may be, and what it means, in words for hover texts and the reference. */
export interface Field<T> {
  readonly shape: Shape<T>;
  readonly doc: string;
  readonly required: boolean;
}

/** All keys of a construct: its reading, its unknown and its missing keys and its schema come from this one table. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

export const field = <T>(shape: Shape<T>, doc: string): Field<T> => ({ shape, doc, required: false });
export const required = <T>(shape: Shape<T>, doc: string): Field<T> => ({ shape, doc, required: true });

/** The same keys, none of them needed. */
export const optional = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, { ...one, required: false }]));

export type FieldValues<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T | undefined : never;
};

/** The description of a construct, for the schema. */
export const fieldsOf = (fields: () => Fields): Description => ({ kind: 'fields', fields });

/** How messages speak of a construct whose keys are checked. */
export interface Asking {
  /** `a credit` */
  readonly what: string;
  /** Keys that exist elsewhere, and why they do not belong here. */
  readonly elsewhere?: (key: string) => string | undefined;
}

/** Reads the keys of a table that a map has; a value is undefined where its key is absent or wrong. */
export const readValues = <F extends Fields>(part: Part<RawMap>, fields: F, sink: Sink): FieldValues<F> => {
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, { shape }] of Object.entries(fields)) {
    const given = partAt(part, name);
    values[name] = given === undefined ? undefined : shape.read(given, sink);
  }
  // The loop has read each key with its own shape, which an index signature cannot say.
  return values as FieldValues<F>;
};

/** Says which keys of a map its table does not know, and which are missing. */
export const checkKeys = (part: Part<RawMap>, fields: Fields, { what, elsewhere }: Asking, sink: Sink): void => {
  const known = new Map(Object.entries(fields));
  const meant = new Set<string>();
  for (const [name, { key }] of part.value.entries) {
    if (known.has(name)) continue;
    const misplaced = elsewhere?.(name);
    const near = misplaced === undefined ? nearest(name, known.keys()) : undefined;
    if (near !== undefined) meant.add(near);
    const hint = near === undefined ? `it has ${[...known.keys()].join(', ')}` : `did you mean ${near}?`;
    report(sink, 'unknown-key', misplaced ?? `"${name}" is not a key of ${what}`, part, { hint }, placeOf(key));
  }
  for (const [name, { required: needed, doc }] of known) {
    // Under a misspelt key it is there already.
    if (!needed || part.value.entries.has(name) || meant.has(name)) continue;
    report(sink, 'missing-key', `${what} needs ${name}: ${doc}`, part, { hint: `add ${name}:` }, keyPlace(part));
  }
};

/** A part as a map; says what is expected where it is none. */
export const asMap = (part: Part, fields: Fields, what: string, sink: Sink): Part<RawMap> | undefined =>
  isMapPart(part) ? part : refuse(part, sink, `the keys of ${what} (${Object.keys(fields).join(', ')})`);

/** Reads a construct whole: its values, its unknown keys and its missing ones. */
export const readFields = <F extends Fields>(
  part: Part,
  fields: F,
  asking: Asking,
  sink: Sink,
): FieldValues<F> | undefined => {
  const map = asMap(part, fields, asking.what, sink);
  if (map === undefined) return undefined;
  checkKeys(map, fields, asking, sink);
  return readValues(map, fields, sink);
};
