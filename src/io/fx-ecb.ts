import type { Sink } from '../findings/sink.ts';
import type { Plan, TableSpec } from '../rules/plan.ts';
import type { TableDefinition } from '../rules/tables.ts';
import { currencyDigits } from '../values/currency.ts';
import type { BoundColumn } from './columns.ts';
import { headerOf } from './csv-header.ts';
import { type CsvRecord, cellPlace, PLAIN } from './csv-record.ts';
import { scanRows } from './csv-rows.ts';
import { fileSetting, type ReadOptions, type ReadTable } from './read-options.ts';
import { cutFault, lengthFault } from './row-shape.ts';
import type { Source } from './source.ts';
import { TableBuilder } from './table-builder.ts';
import { TextPool } from './text-pool.ts';

const encoder = new TextEncoder();

/** N/A, which the ECB writes where it has no rate. */
const isNone = (bytes: Uint8Array, start: number, end: number): boolean =>
  start === end || (end - start === 3 && bytes[start] === 78 && bytes[start + 1] === 47 && bytes[start + 2] === 65);

const bound = (name: string, type: BoundColumn['type'], index: number, field: string): BoundColumn => ({
  ...{ name, type, index, field },
  spec: undefined,
  preset: undefined,
});

/**
 * Reads the ECB's wide file, which has a row for each day and a column for each currency, as a table of rates: a row for
 * each cell that has one. Each is one euro in that currency.
 */
export const ecbTable = (
  definition: TableDefinition,
  spec: TableSpec | undefined,
  source: Source,
  plan: Plan,
  sink: Sink,
  options: ReadOptions,
): ReadTable => {
  const { file } = source;
  const table = definition.name;
  const pool = options.pool ?? new TextPool();
  const columns = [
    bound('date', 'date', 0, 'Date'),
    bound('from', 'currency', 1, 'from'),
    bound('to', 'currency', 2, 'to'),
  ];
  const builder = new TableBuilder(
    definition,
    [...columns, bound('rate', 'number', 3, 'rate')],
    spec,
    plan,
    pool,
    file,
  );
  let width = 0;
  let codes: readonly (readonly [index: number, code: Uint8Array])[] = [];
  let begun = false;
  scanRows(source, fileSetting(spec), options, {
    header(record, delimiter) {
      begun = true;
      width = record.count;
      const { names } = headerOf(record, file, delimiter);
      if (names[0]?.trim().toLowerCase() !== 'date') {
        sink.add('missing-column', 'the file does not look like the ECB’s: its first column is not Date', {
          ...{
            table,
            file,
            line: record.line,
            column: 1,
            value: names[0],
            expected: 'Date, then a column for each currency',
          },
          hint: 'leave `preset: ecb` out for a file with the columns date, from, to, rate',
        });
        return false;
      }
      const found: [number, Uint8Array][] = [];
      names.forEach((name, i) => {
        const code = name.trim();
        if (i > 0 && currencyDigits(code) !== undefined) found.push([i, encoder.encode(code)]);
      });
      codes = found;
      return true;
    },
    row(record) {
      if (options.rejected?.has(record.line) === true) return;
      if (record.count !== width) {
        const { message, expected, hint } = lengthFault(record, width, ',');
        builder.badRow('row-length', message, record, cellPlace(record, 0).column, expected, hint);
        return;
      }
      for (const [index, code] of codes) {
        const start = record.starts[index] ?? 0;
        const end = record.ends[index] ?? 0;
        if (!isNone(record.bytes, start, end)) builder.row(rateRow(record, index, code));
      }
    },
    fault(fault, record) {
      const { code, message, expected, hint } = cutFault(fault);
      builder.badRow(code, message, record, fault.column, expected, hint);
    },
    broken({ code, problem, expected, hint }, place) {
      begun = true;
      sink.add(code, problem, { table, file, ...place, expected, hint });
    },
  });
  if (!begun) sink.add('empty-file', `${file} is empty: it has not even a header`, { table, file, line: 1, column: 1 });
  return builder.finish(sink);
};

const EURO = encoder.encode('EUR');

/** One rate as a row of its own: date, EUR, the currency, the rate. */
const rateRow = (record: CsvRecord, index: number, code: Uint8Array): CsvRecord => {
  const date = record.bytes.subarray(record.starts[0], record.ends[0]);
  const rate = record.bytes.subarray(record.starts[index], record.ends[index]);
  const parts = [date, EURO, code, rate];
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  const starts = new Int32Array(4);
  const ends = new Int32Array(4);
  let at = 0;
  parts.forEach((part, i) => {
    bytes.set(part, at);
    starts[i] = at;
    at += part.length;
    ends[i] = at;
  });
  const origin = { record, indexes: [0, index, index, index] };
  const marks = new Uint8Array(4).fill(PLAIN);
  return { bytes, starts, ends, marks, count: 4, line: record.line, recordStart: 0, recordEnd: at, origin };
};
