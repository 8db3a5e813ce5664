import { isUtf8 } from 'node:buffer';
import { cellText } from '../../src/io/csv-record.ts';
import { type FileSetting, scanRows } from '../../src/io/csv-rows.ts';
import { legacyEncodings } from '../../src/io/decode-legacy.ts';

export interface Scanned {
  /** Header and rows as cells. */
  readonly rows: readonly (readonly string[])[];
  /** The line on which each begins. */
  readonly lines: readonly number[];
  /** `closing 3:7`, or the code of what is wrong with the whole file. */
  readonly faults: readonly string[];
}

/** Scans bytes, handed over in pieces of a given size. */
export const scan = (text: string | Uint8Array, setting: Partial<FileSetting> = {}, piece = 1 << 16): Scanned => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece) chunks.push(bytes.slice(at, at + piece));
  const rows: string[][] = [];
  const lines: number[] = [];
  const faults: string[] = [];
  scanRows(
    { file: 'test.csv', chunks, size: bytes.length },
    { encoding: undefined, delimiter: undefined, ...setting },
    { encodings: legacyEncodings, isUtf8 },
    {
      header(record) {
        rows.push(Array.from({ length: record.count }, (_, i) => cellText(record, i)));
        lines.push(record.line);
        return true;
      },
      row(record) {
        rows.push(Array.from({ length: record.count }, (_, i) => cellText(record, i)));
        lines.push(record.line);
      },
      fault(fault) {
        faults.push(`${fault.kind} ${fault.line}:${fault.column}`);
      },
      broken(problem) {
        faults.push(problem.code);
      },
    },
  );
  return { rows, lines, faults };
};
