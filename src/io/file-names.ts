import { createHash } from 'node:crypto';

/** What no file system, or not every one, takes in a name: separators, wildcards, controls, marks that turn text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const REFUSED = /[\u0000-\u001f\u007f-\u009f/\\:*?"<>|%\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
/** Names that Windows keeps for devices. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** File systems take 255 bytes; a hash and an ending come behind. */
const MOST_BYTES = 160;

/**
 * A name of a file for each id, such that no two are the same where upper and lower case are: an id that can be a name is
 * its own; what cannot is changed, and says so by some digits of its hash.
 */
export const fileNames = (ids: readonly string[]): ReadonlyMap<string, string> => {
  const plain = new Map(ids.map((id) => [id, plainName(id)]));
  const taken = new Map<string, number>();
  for (const name of plain.values()) taken.set(fold(name), (taken.get(fold(name)) ?? 0) + 1);
  return new Map(
    [...plain].map(([id, name]) => {
      const own = name === id && (taken.get(fold(name)) ?? 0) === 1;
      return [id, own ? name : `${name}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`];
    }),
  );
};

const fold = (name: string): string => name.normalize('NFKC').toLowerCase();

const plainName = (id: string): string => {
  let cut = '';
  for (const character of id.replace(REFUSED, '_')) {
    if (Buffer.byteLength(cut + character) > MOST_BYTES) break;
    cut += character;
  }
  const name = cut.replace(/^[. ]+|[. ]+$/g, '');
  return name === '' || DEVICES.test(name) ? `_${name}` : name;
};
