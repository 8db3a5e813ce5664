import { type CsvRecord, rawText } from './csv-record.ts';
import { CsvScanner, MORE, RECORD, type RowFault } from './csv-scan.ts';
import { type Encodings, type IsUtf8, isUnicodeName, type TextProblem, TextStream } from './decode.ts';
import type { Source } from './source.ts';

/** What surrounds the reading of a file: what a machine has for it, and what a browser may leave out. */
export interface Surroundings {
  /** Encodings other than Unicode's. */
  readonly encodings?: Encodings | undefined;
  readonly isUtf8?: IsUtf8 | undefined;
}

/** How a file is written. */
export interface FileSetting {
  /** One character; a comma where not said. */
  readonly delimiter: string | undefined;
  /** UTF-8 where not said. */
  readonly encoding: string | undefined;
}

/** Is told what a file holds, in order. */
export interface RowVisitor {
  /** The first row; false ends the reading. */
  header(record: CsvRecord, delimiter: string): boolean;
  row(record: CsvRecord): void;
  /** A row that cannot be cut into cells; `record` has its bytes as far as they are sure. */
  fault(fault: RowFault, record: CsvRecord): void;
  /** The bytes are not text, or not in the encoding. */
  broken(problem: TextProblem, place: { readonly line: number; readonly column: number } | undefined): void;
}

/** The line that tells Excel the delimiter. */
const SEP = /^"?sep=([^"])"?$/i;

/** The code of a delimiter, or undefined where it cannot be one. */
export const delimiterCode = (delimiter: string | undefined): number | undefined => {
  if (delimiter === undefined) return 44;
  const one = delimiter.toLowerCase() === 'tab' || delimiter === '\\t' ? '\t' : delimiter;
  const code = one.charCodeAt(0);
  return one.length === 1 && code < 128 && code !== 34 && code !== 10 && code !== 13 && code !== 0 ? code : undefined;
};

/** Whether an encoding can be read here. */
export const canDecode = (encoding: string | undefined, encodings: Encodings | undefined): boolean =>
  isUnicodeName(encoding) || (encoding !== undefined && encodings?.(encoding) !== undefined);

/** Reads a file's rows from its first byte to its last. */
export const scanRows = (source: Source, setting: FileSetting, around: Surroundings, visitor: RowVisitor): void => {
  const { encoding } = setting;
  const legacy = encoding === undefined || isUnicodeName(encoding) ? undefined : around.encodings?.(encoding);
  const stream = new TextStream(encoding, legacy, around.isUtf8);
  const scanner = new CsvScanner(delimiterCode(setting.delimiter) ?? 44);
  let delimiter = setting.delimiter ?? ',';
  let begun = false;
  let going = true;
  let isText = true;
  let place: { line: number; column: number } | undefined;

  const first = (): void => {
    const sep = scanner.line === 1 ? SEP.exec(rawText(scanner)) : null;
    const code = delimiterCode(sep?.[1]);
    if (sep !== null && code !== undefined) {
      delimiter = sep[1] ?? ',';
      scanner.delimiter = code;
      return;
    }
    begun = true;
    going = visitor.header(scanner, delimiter);
  };
  const drain = (): void => {
    while (going) {
      const step = scanner.next();
      if (step === RECORD) {
        if (begun) visitor.row(scanner);
        else first();
      } else if (step === MORE) return;
      else if (scanner.fault?.kind === 'nul') {
        going = false;
        isText = false;
        const { line, column } = scanner.fault;
        const hint = 'it has a byte 0; is it a workbook, a database or a broken download?';
        visitor.broken({ code: 'not-text', problem: 'the file is not text', expected: 'CSV', hint }, { line, column });
      } else if (scanner.fault !== undefined) {
        visitor.fault(scanner.fault, scanner);
        // Without a header there is nothing to hold the rows against.
        if (!begun) going = false;
      }
    }
  };
  const take = (bytes: Uint8Array): void => {
    scanner.push(bytes);
    drain();
    if (stream.problem === undefined || place !== undefined || !going) return;
    place = scanner.place();
    scanner.push(stream.resume());
    drain();
  };

  for (const chunk of source.chunks) {
    take(stream.push(chunk));
    if (!going) break;
  }
  if (going) {
    take(stream.end());
    scanner.end();
    drain();
  }
  // What is no text has no encoding either.
  if (stream.problem !== undefined && isText) {
    visitor.broken({ ...stream.problem, hint: stream.hint() }, stream.problem.code === 'not-text' ? undefined : place);
  }
};
