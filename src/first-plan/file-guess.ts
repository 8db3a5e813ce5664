import { cellText } from '../io/csv-record.ts';
import { scanRows } from '../io/csv-rows.ts';
import type { Encodings } from '../io/decode.ts';
import { bytesSource } from '../io/source.ts';

/** A file cut into texts, and the settings under which it could be. */
export interface RawTable {
  readonly header: readonly string[];
  /** The cells of each column, trimmed; '' where a cell is empty. */
  readonly columns: readonly (readonly string[])[];
  readonly rows: number;
  /** Undefined where it is a comma, or UTF-8: what holds unless a plan says otherwise. */
  readonly delimiter: string | undefined;
  readonly encoding: string | undefined;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** UTF-16 and UTF-8 are told by a mark or by being valid; what is neither is the commonest encoding of Western Windows. */
const encodingOf = (bytes: Uint8Array): string | undefined => {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return undefined;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    return 'windows-1252';
  }
};

/** Cuts a file at one delimiter; undefined where rows differ in length, or it has no header. */
const cut = (
  bytes: Uint8Array,
  delimiter: string,
  encoding: string | undefined,
  encodings: Encodings | undefined,
): RawTable | undefined => {
  let header: string[] | undefined;
  let columns: string[][] = [];
  let rows = 0;
  let odd = 0;
  scanRows(
    bytesSource('', bytes),
    { delimiter, encoding },
    { encodings },
    {
      header(record) {
        header = Array.from({ length: record.count }, (_, i) => cellText(record, i).trim().normalize('NFC'));
        columns = header.map(() => []);
        return true;
      },
      row(record) {
        rows++;
        if (record.count !== header?.length) odd++;
        for (const [i, cells] of columns.entries()) cells.push(cellText(record, i).trim().normalize('NFC'));
      },
      fault() {
        odd++;
      },
      broken() {
        odd++;
      },
    },
  );
  if (header === undefined || odd > rows / 100) return undefined;
  return { header, columns, rows, delimiter: delimiter === ',' ? undefined : delimiter, encoding };
};

/** Reads a file at the delimiter that cuts it into most columns; undefined where it cannot be cut into any. */
export const readRaw = (bytes: Uint8Array, encodings: Encodings | undefined): RawTable | undefined => {
  const encoding = encodingOf(bytes);
  let best: RawTable | undefined;
  for (const delimiter of DELIMITERS) {
    const table = cut(bytes, delimiter, encoding, encodings);
    if (table !== undefined && table.header.length > (best?.header.length ?? 1)) best = table;
  }
  return best;
};
