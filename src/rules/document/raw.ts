import type { Place } from '../../findings/finding.ts';

/** A file as read, with where its lines start, so that offsets become lines and columns. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** The offset at which each line starts. */
  readonly lineStarts: readonly number[];
}

interface Standing {
  readonly source: SourceFile;
  /** Offsets in the file's text. */
  readonly start: number;
  readonly end: number;
}

/** How a scalar is written: `plain`, in quotes, or as a block under `|` or `>`. */
export type ScalarForm = 'plain' | 'single' | 'double' | 'block';

/** A word, number or expression of the file, as text: YAML gives nothing a type of its own here. */
export interface RawScalar extends Standing {
  readonly kind: 'scalar';
  readonly text: string;
  readonly form: ScalarForm;
  /** YAML has cut it, which is already said; what is left of it is not worth a further finding. */
  readonly broken: boolean;
}

export interface RawEntry {
  readonly key: RawScalar;
  readonly value: RawValue;
}

export interface RawMap extends Standing {
  readonly kind: 'map';
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, RawEntry>;
}

export interface RawList extends Standing {
  readonly kind: 'list';
  readonly items: readonly RawValue[];
}

/** A plan file as plain data that knows where each piece of it stands. */
export type RawValue = RawScalar | RawMap | RawList;

/** `~` or `null`, unquoted: what removes something from the plan that is extended. */
export const isNull = (value: RawValue): boolean =>
  value.kind === 'scalar' && value.form === 'plain' && /^(?:~|null|Null|NULL)$/.test(value.text);

/** Nothing stands behind the key. */
export const isEmpty = (value: RawValue): boolean =>
  value.kind === 'scalar' && value.form === 'plain' && value.text === '';

/** What a value is, for messages: `"week"`, `a list`. */
export const shown = (value: RawValue): string => {
  if (value.kind === 'map') return 'a map of keys';
  if (value.kind === 'list') return 'a list';
  if (isEmpty(value)) return 'nothing';
  const text = value.text.replace(/\s+/g, ' ').trim();
  return text.length > 60 ? `"${text.slice(0, 57)}..."` : `"${text}"`;
};

/** The file of a text, with its lines counted; a byte order mark is not part of it. */
export const sourceFile = (file: string, text: string): SourceFile => {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineStarts = [0];
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text: content, lineStarts };
};

const lineIndexAt = (source: SourceFile, offset: number): number => {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The line that holds an offset, without its end. */
export const lineAt = (source: SourceFile, offset: number): { readonly start: number; readonly text: string } => {
  const index = lineIndexAt(source, offset);
  const start = source.lineStarts[index] ?? 0;
  const end = (source.lineStarts[index + 1] ?? source.text.length + 1) - 1;
  return { start, text: source.text.slice(start, source.text[end - 1] === '\r' ? end - 1 : end) };
};

/** Columns count characters, not the halves in which JavaScript holds some of them. */
const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** The place of a stretch of a file, cut off at the end of its first line. */
export const placeBetween = (source: SourceFile, start: number, end: number): Place => {
  const index = lineIndexAt(source, start);
  const line = lineAt(source, start);
  const from = start - line.start;
  const to = Math.max(from, Math.min(end - line.start, line.text.length));
  const column = characters(line.text.slice(0, from)) + 1;
  const length = Math.max(1, characters(line.text.slice(from, to)));
  return { file: source.file, line: index + 1, column, endColumn: column + length };
};

/** Where a value stands. */
export const placeOf = (value: Standing): Place => placeBetween(value.source, value.start, value.end);
