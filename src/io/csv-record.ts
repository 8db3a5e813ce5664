/** How a cell stands in its row. */
export const PLAIN = 0;
export const QUOTED = 1;
/** Quoted, with quotes written twice in it. */
export const ESCAPED = 2;

/**
 * One row of a file, valid until the next one is read: cell i is the bytes (UTF-8) from `starts[i]` to `ends[i]`, its
 * quotes left off.
 */
export interface CsvRecord {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly marks: Uint8Array;
  readonly count: number;
  /** The line on which the row begins, from 1. */
  readonly line: number;
  /** The row's own bytes, quotes and all, its line end left off. */
  readonly recordStart: number;
  readonly recordEnd: number;
  /** For a row that was made from another one: that one, and from which of its cells each cell came. */
  readonly origin?: { readonly record: CsvRecord; readonly indexes: readonly number[] };
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as text. */
export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  start === end ? '' : decoder.decode(bytes.subarray(start, end));

/** A cell's bytes with its doubled quotes made single. */
export const unescaped = (bytes: Uint8Array, start: number, end: number): Uint8Array => {
  const out = new Uint8Array(end - start);
  let size = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    out[size++] = byte;
    if (byte === QUOTE) i++;
  }
  return out.subarray(0, size);
};

/** What a cell holds, its quotes left off and nothing else; '' where the row has no such cell. */
export const cellText = (record: CsvRecord, i: number): string => {
  if (i < 0 || i >= record.count) return '';
  const start = record.starts[i] ?? 0;
  const end = record.ends[i] ?? 0;
  if (record.marks[i] !== ESCAPED) return textOf(record.bytes, start, end);
  const bytes = unescaped(record.bytes, start, end);
  return textOf(bytes, 0, bytes.length);
};

/** The row as it stands in the file. */
export const rawText = (record: CsvRecord): string => textOf(record.bytes, record.recordStart, record.recordEnd);

/** Code points of UTF-8 between two positions. */
const characters = (bytes: Uint8Array, start: number, end: number): number => {
  let count = 0;
  for (let i = start; i < end; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) count++;
  return count;
};

/** Where a byte of a row stands: its line, and the column in characters, both from 1. */
export const placeIn = (record: CsvRecord, at: number): { line: number; column: number } => {
  const { bytes } = record;
  let line = record.line;
  let begin = record.recordStart;
  for (let i = record.recordStart; i < at; i++) {
    const byte = bytes[i];
    if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) {
      line++;
      begin = i + 1;
    }
  }
  return { line, column: characters(bytes, begin, at) + 1 };
};

/** Where a cell begins, its opening quote included; behind the last one for a cell that the row does not have. */
export const cellPlace = (record: CsvRecord, i: number): { line: number; column: number } => {
  if (record.origin !== undefined) return cellPlace(record.origin.record, record.origin.indexes[i] ?? i);
  if (i >= record.count) return placeIn(record, record.recordEnd);
  return placeIn(record, (record.starts[i] ?? 0) - (record.marks[i] === PLAIN ? 0 : 1));
};
