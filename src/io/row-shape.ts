import type { FindingCode } from '../findings/codes.ts';
import { type CsvRecord, cellText } from './csv-record.ts';
import { MOST_CELLS, type RowFault } from './csv-scan.ts';

/** What a finding says of a row that cannot be cut into the cells it should have. */
export interface ShapeFault {
  readonly message: string;
  readonly expected: string;
  readonly hint: string | undefined;
}

const cells = (count: number): string => `${count} ${count === 1 ? 'cell' : 'cells'}`;

/** The cells of a long row that look like one cell cut in two: 1 and 234.50, or Acme and Inc. */
const cutInTwo = (record: CsvRecord, delimiter: string): string | undefined => {
  for (let i = 0; i + 1 < record.count; i++) {
    if (record.marks[i] !== 0 || record.marks[i + 1] !== 0) continue;
    const first = cellText(record, i);
    const second = cellText(record, i + 1);
    const thousands = /^[^\d]{0,4}\d{1,3}$/.test(first) && /^\d{3}(?:\.\d+)?\)?$/.test(second);
    const decimals = delimiter === ',' && /^-?\d{1,12}$/.test(first) && /^\d{1,2}(?: ?[€%])?$/.test(second);
    const words = first.trim() !== '' && /^ \S/.test(second);
    if (thousands || decimals || words) return `${first}${delimiter}${second}`;
  }
  return undefined;
};

/** A row with more or fewer cells than the header. */
export const lengthFault = (record: CsvRecord, expected: number, delimiter: string): ShapeFault => {
  const { count } = record;
  const message = `the row has ${cells(count)}, the header ${expected}`;
  const shown = JSON.stringify(delimiter);
  if (count < expected) {
    let empty = true;
    for (let i = 0; i < count; i++) if (cellText(record, i).trim() !== '') empty = false;
    const hint = empty ? 'the row is empty: remove it' : `is it cut off, or is a ${shown} missing?`;
    return { message, expected: cells(expected), hint };
  }
  const whole = cutInTwo(record, delimiter);
  const hint =
    whole === undefined
      ? `a cell that holds a ${shown} stands in quotes`
      : `a cell that holds a ${shown} stands in quotes: ${JSON.stringify(whole)}?`;
  return { message, expected: cells(expected), hint };
};

/** Where the cells of a row begin that has too many. */
export const firstTooMany = (record: CsvRecord, expected: number): number => Math.min(expected, record.count);

/** A row that cannot be cut into cells: mostly for a quote that does not end where it should. */
export const cutFault = (fault: RowFault): ShapeFault & { readonly code: FindingCode } => {
  switch (fault.kind) {
    case 'wide':
      return {
        code: 'row-length',
        message: `the row has ${MOST_CELLS} cells or more`,
        expected: 'a table',
        hint: 'is it a CSV file, with line ends between its rows?',
      };
    case 'long':
      return {
        code: 'value-out-of-range',
        message: 'a cell is longer than a megabyte',
        expected: 'cells of at most a megabyte',
        hint: 'is it a CSV file, with line ends between its rows?',
      };
    case 'unclosed':
      return {
        code: 'invalid-quote',
        message: `a quote is opened in line ${fault.line}, column ${fault.column} and never closed`,
        expected: 'a quote at the end of the cell',
        hint: 'close it, or write it twice if it belongs to the text: "27"" monitor"',
      };
    case 'closing': {
      const elsewhere = fault.line === fault.openedLine ? '' : ` in line ${fault.line}`;
      return {
        code: 'invalid-quote',
        message: `text stands behind the quote that closes a cell${elsewhere}; the cell is opened in line ${fault.openedLine}, column ${fault.openedColumn}`,
        expected: 'the end of the cell behind its quote',
        hint: 'a quote that belongs to the text is written twice: "27"" monitor"',
      };
    }
    default:
      return {
        code: 'invalid-quote',
        message: 'a quote stands inside a cell that does not begin with one',
        expected: 'quotes around the whole cell',
        hint: 'put the cell in quotes and write this quote twice: "27"" monitor"',
      };
  }
};
