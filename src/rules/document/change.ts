import type { RawEntry, RawMap, RawValue } from './raw.ts';

/** A key of a map, or the index of an item, from 0. */
export type Step = string | number;

/** What to put in the place of a value; undefined takes it away. */
export type Instead = (value: RawValue) => RawValue | undefined;

/** Puts something else at the end of a way; what is not on it stays the same object. */
const edited = (value: RawValue, way: readonly Step[], instead: Instead): RawValue | undefined => {
  const [step, ...rest] = way;
  if (step === undefined) return instead(value);
  if (value.kind === 'list' && typeof step === 'number') {
    const items = value.items.flatMap((item, i) => (i === step ? (edited(item, rest, instead) ?? []) : [item]));
    return { ...value, items };
  }
  if (value.kind !== 'map') return value;
  const entries = new Map<string, RawEntry>();
  for (const [name, entry] of value.entries) {
    const inner = name === step ? edited(entry.value, rest, instead) : entry.value;
    if (inner !== undefined) entries.set(name, { key: entry.key, value: inner });
  }
  return { ...value, entries };
};

/** A change of a plan in one place: what stands at the end of a way. */
export const changeAt =
  (way: readonly Step[], instead: Instead) =>
  (root: RawMap): RawMap => {
    const after = edited(root, way, instead);
    return after?.kind === 'map' ? after : root;
  };

/** What stands at the end of a way; undefined where nothing does. */
export const valueAt = (value: RawValue, way: readonly Step[]): RawValue | undefined => {
  let at: RawValue | undefined = value;
  for (const step of way) {
    if (at?.kind === 'map') at = at.entries.get(String(step))?.value;
    else if (at?.kind === 'list' && typeof step === 'number') at = at.items[step];
    else return undefined;
  }
  return at;
};
