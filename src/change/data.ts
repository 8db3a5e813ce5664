/** Plain data as it is compared, hashed and written. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data | undefined };

/**
 * Data as one text that depends on nothing but what it says: keys in order, no blanks, what is undefined left out. Two
 * values say the same where their texts are the same.
 */
export const canonicalText = (data: Data): string => {
  if (data === null || typeof data !== 'object') return JSON.stringify(data);
  if (isList(data)) return `[${data.map(canonicalText).join(',')}]`;
  const pairs = Object.keys(data)
    .sort()
    .flatMap((key) => {
      const value = data[key];
      return value === undefined ? [] : [`${JSON.stringify(key)}:${canonicalText(value)}`];
    });
  return `{${pairs.join(',')}}`;
};

const isList = (data: Data): data is readonly Data[] => Array.isArray(data);

export const sameData = (a: Data, b: Data): boolean => canonicalText(a) === canonicalText(b);

/** Data in an order of its own, for what has none that means anything. */
export const inAnyOrder = (items: readonly Data[]): readonly Data[] =>
  [...items]
    .map((item) => ({ item, text: canonicalText(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ item }) => item);

/** A map as data; the order of its keys does not matter. */
export const mapData = <V>(
  map: ReadonlyMap<string, V>,
  of: (value: V, name: string) => Data | undefined,
): { readonly [key: string]: Data | undefined } =>
  Object.fromEntries([...map].map(([name, value]) => [name, of(value, name)]));
