import type { Sink } from '../../findings/sink.ts';
import { nearest } from '../../values/nearest.ts';
import { isNull, placeOf, type RawEntry, type RawMap, type RawValue } from './raw.ts';

/** A value without what is `null` in its maps: in a file that stands alone there is nothing to remove. */
export const withoutNulls = <V extends RawValue>(value: V): V => {
  if (value.kind !== 'map') return value;
  const entries = new Map<string, RawEntry>();
  for (const [name, { key, value: inner }] of value.entries) {
    if (!isNull(inner)) entries.set(name, { key, value: withoutNulls(inner) });
  }
  return { ...value, entries };
};

/**
 * A map laid over another: maps merge, lists and scalars replace, `null` removes. Keys of the lower map keep their order,
 * new ones follow; everything keeps the place it has in its own file.
 */
export const merge = (below: RawMap, above: RawMap, sink: Sink, path: readonly string[] = []): RawMap => {
  const entries = new Map(below.entries);
  for (const [name, entry] of above.entries) {
    const before = below.entries.get(name);
    if (isNull(entry.value)) {
      if (before === undefined) sayNothingToRemove(name, entry, below, path, sink);
      entries.delete(name);
    } else if (before?.value.kind === 'map' && entry.value.kind === 'map') {
      entries.set(name, { key: entry.key, value: merge(before.value, entry.value, sink, [...path, name]) });
    } else {
      entries.set(name, { key: entry.key, value: withoutNulls(entry.value) });
    }
  }
  return { ...above, entries };
};

const sayNothingToRemove = (
  name: string,
  { key }: RawEntry,
  below: RawMap,
  path: readonly string[],
  sink: Sink,
): void => {
  const near = nearest(name, below.entries.keys());
  sink.add('unknown-key', `null removes "${name}", which is not in the plan that is extended`, {
    severity: 'warning',
    ...placeOf(key),
    path: [...path, name].join(' > '),
    hint: near === undefined ? 'leave it out' : `did you mean ${near}?`,
  });
};
