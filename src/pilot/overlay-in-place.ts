import { Sink } from '../findings/sink.ts';
import { changeAt, valueAt } from '../rules/document/change.ts';
import { lineAt, type RawMap, type RawScalar, type RawValue, sourceFile } from '../rules/document/raw.ts';
import { readYaml } from '../rules/document/yaml.ts';
import { type Setting, withKeys } from './setting.ts';

/** Another text for a stretch of a file. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What stood there before, for the comment. */
  readonly was: string;
}

/** What may stand in YAML as it is. */
const PLAIN = /^[\w.%-][\w.% -]*$/;

/** The text of a file with some of its values changed where they stand, and nothing else; the settings that have no place in it. */
export interface Edited {
  readonly text: string;
  readonly left: readonly Setting[];
}

/**
 * Changes values of a file where they stand: its comments, blanks and flow maps stay as they are, and the end of the line says what
 * was there before. What the file does not say itself is left, and so is everything where it would not read back the same.
 */
export const editedInPlace = (text: string, settings: readonly Setting[]): Edited => {
  const own = readYaml(sourceFile('', text), new Sink());
  if (own === undefined) return { text, left: settings };
  const here = settings.filter((setting) => canStand(own, setting));
  const edits = here.flatMap((setting) => editsOf(own, setting));
  const wanted = JSON.stringify(plain(expected(own, here)));
  for (const isCommented of [true, false]) {
    const made = applied(own, edits, isCommented);
    const read = readYaml(sourceFile('', made), new Sink());
    if (read !== undefined && JSON.stringify(plain(read)) === wanted)
      return { text: made, left: settings.filter((setting) => !here.includes(setting)) };
  }
  return { text, left: settings };
};

const scalarAt = (own: RawMap, { way }: Setting): RawScalar | undefined => {
  const value = valueAt(own, way);
  return value?.kind === 'scalar' && value.form !== 'block' && !value.broken ? value : undefined;
};

const canStand = (own: RawMap, setting: Setting): boolean => {
  const { text, key } = setting;
  return (
    text !== 'null' &&
    PLAIN.test(text) &&
    (key === undefined || PLAIN.test(key)) &&
    scalarAt(own, setting) !== undefined
  );
};

const keyOf = (own: RawMap, { way }: Setting): RawScalar | undefined => {
  const map = valueAt(own, way.slice(0, -1));
  return map?.kind === 'map' ? map.entries.get(String(way[way.length - 1]))?.key : undefined;
};

const isFlow = (own: RawMap, { way }: Setting): boolean => {
  const parent = valueAt(own, way.slice(0, -1));
  return parent !== undefined && /[{[]/.test(parent.source.text.charAt(parent.start));
};

const editsOf = (own: RawMap, setting: Setting): readonly Edit[] => {
  const value = scalarAt(own, setting);
  const key = keyOf(own, setting);
  if (value === undefined) return [];
  const before = value.text.replace(/\s+/g, ' ').trim();
  // In a map on one line it must be said which of its values it was.
  const was = isFlow(own, setting) && key !== undefined ? `${key.text}: ${before}` : before;
  const edits: Edit[] = [];
  if (setting.key !== undefined && key !== undefined)
    edits.push({ start: key.start, end: key.end, text: setting.key, was });
  if (setting.text !== value.text) edits.push({ start: value.start, end: value.end, text: setting.text, was });
  return edits;
};

const expected = (own: RawMap, settings: readonly Setting[]): RawMap => {
  let changed = own;
  for (const { way, text } of settings) {
    changed = changeAt(way, (value) => (value.kind === 'scalar' ? { ...value, text } : value))(changed);
  }
  return withKeys(changed, settings);
};

const applied = ({ source }: RawMap, edits: readonly Edit[], isCommented: boolean): string => {
  const comments = new Map<number, string[]>();
  let text = source.text;
  for (const { end, was } of isCommented ? edits : []) {
    const line = lineAt(source, end);
    const at = line.start + line.text.length;
    const said = comments.get(at) ?? [];
    if (!said.includes(was)) comments.set(at, [...said, was]);
  }
  const ends = [...comments].map(([at, was]) => {
    const line = lineAt(source, at);
    const after = Math.max(
      ...edits.filter(({ end }) => lineAt(source, end).start === line.start).map(({ end }) => end),
    );
    const comment = /(\s)#\s*/.exec(source.text.slice(after, at));
    const words = `instead of ${was.join(', ')}`;
    if (comment === null) return { start: at, end: at, text: ` # ${words}` };
    const start = after + comment.index + 1;
    return { start, end: start + comment[0].length - 1, text: `# ${words}; ` };
  });
  for (const { start, end, text: to } of [...edits, ...ends].sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + to + text.slice(end);
  }
  return text;
};

/** A raw value as plain data, its expressions as they are. */
export const plain = (value: RawValue): unknown => {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries([...value.entries].map(([name, { value: inner }]) => [name, plain(inner)]));
  }
};
