import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvChunks } from '../../src/io/csv-write.ts';
import { csvCell } from '../../src/values/csv-cell.ts';

const text = (rows: string[][]): string => Buffer.concat([...csvChunks(['a', 'b'], rows)]).toString('utf8');

it.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-cmd', "'-cmd"],
  ['\tx', "'\tx"],
  ['-12.50', '-12.50'],
  ['+3', '+3'],
  ['6%', '6%'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
])('%j is written %j', (cell, written) => {
  expect(csvCell(cell)).toBe(written);
});

it('csv-parse reads back what is written', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((value) => !/^[=+\-@\t\r]/.test(value));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (rows) => {
      const wanted = [['a', 'b'], ...rows];
      expect(parse(text(rows), { record_delimiter: '\n' })).toEqual(wanted);
    }),
  );
});
