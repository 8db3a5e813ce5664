import type { Sink } from '../findings/sink.ts';
import type { TableSpec } from '../rules/plan.ts';
import { parseDatePattern } from '../values/date-pattern.ts';
import { nearest } from '../values/nearest.ts';
import { parseNumberFormat } from '../values/number-format.ts';
import { canDecode, delimiterCode } from './csv-rows.ts';
import type { Encodings } from './decode.ts';
import { zoneNamed } from './zone.ts';

const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'macintosh',
  'cp850',
  'shift_jis',
  'gbk',
];

/** Checks what a plan says of how a table's file is written; false where the file cannot be read by it. */
export const checkSettings = (spec: TableSpec | undefined, encodings: Encodings | undefined, sink: Sink): boolean => {
  if (spec === undefined) return true;
  const wrong: [setting: string, value: string, expected: string][] = [];
  const { delimiter, encoding, numbers, dates, timezone } = spec;
  if (delimiter !== undefined && delimiterCode(delimiter) === undefined) {
    wrong.push(['delimiter', delimiter, 'one character as in ";" or "\\t"']);
  }
  if (encoding !== undefined && !canDecode(encoding, encodings)) {
    const near = nearest(encoding, ENCODINGS);
    wrong.push([
      'encoding',
      encoding,
      near === undefined ? 'an encoding as in windows-1252' : `an encoding; did you mean ${near}?`,
    ]);
  }
  if (numbers !== undefined && parseNumberFormat(numbers) === undefined) {
    wrong.push(['numbers', numbers, 'an example of a number as in "1.234,56 €"']);
  }
  if (dates !== undefined && parseDatePattern(dates) === undefined) {
    wrong.push(['dates', dates, 'a pattern of YYYY, MM and DD as in DD/MM/YYYY']);
  }
  if (timezone !== undefined && zoneNamed(timezone) === undefined) {
    wrong.push(['timezone', timezone, 'a time zone as in Europe/Berlin']);
  }
  for (const [setting, value, expected] of wrong) {
    const message = `data > ${spec.table} > ${setting}: ${JSON.stringify(value)} cannot be used; expected ${expected}`;
    sink.add('invalid-value', message, { ...spec.placeOf(setting), table: spec.table, value, expected });
  }
  return wrong.length === 0;
};
