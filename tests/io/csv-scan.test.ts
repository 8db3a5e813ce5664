import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scan } from './rows.ts';

const shared = path.resolve(import.meta.dirname, '../../../shared/data');

describe('rows and cells', () => {
  it('reads quoted commas, quotes and line breaks, and says on which line each row begins', () => {
    const { rows, lines, faults } = scan('a,b\r\n"x, ""y""",1\r\n"two\r\nlines",2\r\n\r\nlast,3');
    expect(rows).toEqual([
      ['a', 'b'],
      ['x, "y"', '1'],
      ['two\r\nlines', '2'],
      ['last', '3'],
    ]);
    expect(lines).toEqual([1, 2, 3, 6]);
    expect(faults).toEqual([]);
  });

  it('reads LF, CRLF and CR', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(scan(['a,b', '1,2', '3,4', ''].join(end))).toMatchObject({
        rows: [
          ['a', 'b'],
          ['1', '2'],
          ['3', '4'],
        ],
        lines: [1, 2, 3],
      });
    }
  });

  it('keeps empty cells apart from rows with nothing in them', () => {
    expect(scan('a\n""\n\nx\n').rows).toEqual([['a'], [''], ['x']]);
  });

  it('understands the line that tells Excel the delimiter', () => {
    expect(scan('sep=;\na;b\n1;2\n')).toMatchObject({
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      lines: [2, 3],
    });
  });

  it.each([
    ['a quote inside of a cell', 'a,b\nx"y,1\nz,2\n', 'opening 2:2'],
    ['text behind a closing quote', 'a,b\n"x"y,1\nz,2\n', 'closing 2:4'],
    ['a quote that nobody closes', 'a,b\n"x,1\nz,2\n', 'unclosed 2:1'],
  ])('says where there is %s, and goes on with the rows behind it', (_, text, fault) => {
    const { rows, faults } = scan(text);
    expect(faults).toEqual([fault]);
    expect(rows.at(-1)).toEqual(['z', '2']);
  });

  it('reads what csv-parse reads, however the bytes are cut into pieces', () => {
    const letter = fc.constantFrom('a', 'b', ',', '"', '\n', '\r', ' ', 'é', '😀', ';');
    const cell = fc.array(letter, { maxLength: 6 }).map((letters) => letters.join(''));
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    const quoted = (text: string): string =>
      text === '' || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 9 }), (rows, end, piece) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join(end) + end;
        const wanted: string[][] = parse(text, { relax_column_count: true, record_delimiter: end });
        const { rows: got, faults } = scan(text, {}, piece);
        expect(faults).toEqual([]);
        expect(got).toEqual(wanted);
        expect(got).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  it('ends on any bytes with rows or findings', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => Array.isArray(scan(bytes, {}, 7).rows)));
  });
});

describe.skipIf(!existsSync(shared))('files as people publish them', () => {
  const spectrum = path.join(shared, 'csv-spectrum');
  // One of them is not UTF-8 and has no answer.
  const answered = (name: string): boolean => existsSync(path.join(spectrum, 'json', name.replace('.csv', '.json')));
  const cases = existsSync(spectrum) ? readdirSync(path.join(spectrum, 'csvs')).filter(answered) : [];

  it.each(cases)('csv-spectrum: %s', (name) => {
    const [header = [], ...rows] = scan(readFileSync(path.join(spectrum, 'csvs', name))).rows;
    const wanted: Record<string, string>[] = JSON.parse(
      readFileSync(path.join(spectrum, 'json', name.replace('.csv', '.json')), 'utf8'),
    );
    expect(rows.map((row) => Object.fromEntries(header.map((key, i) => [key, row[i]])))).toEqual(wanted);
  });

  const people: readonly (readonly [string, Parameters<typeof scan>[1]])[] = [
    ['people_utf8bom_crlf.csv', {}],
    ['people_mac_cr.csv', {}],
    ['people_utf16be_bom_comma.csv', {}],
    ['people_utf16le_bom_tab.csv', { delimiter: '\t' }],
    ['people_cp1252_semicolon_crlf.csv', { delimiter: ';', encoding: 'windows-1252' }],
    ['people_sep_line.csv', { encoding: 'windows-1252' }],
  ];
  it.each(people)('the same people in %s', (name, setting) => {
    const file = (each: string) => readFileSync(path.join(shared, 'csv-variants', each));
    const { rows, faults } = scan(file(name), setting);
    expect(faults).toEqual([]);
    expect(rows).toEqual(scan(file('people_utf8_lf.csv')).rows);
  });

  it('Windows-1252 read as UTF-8 is refused, never guessed', () => {
    expect(scan(readFileSync(path.join(shared, 'csv-variants/people_cp1252_semicolon_crlf.csv'))).faults).toEqual([
      'invalid-encoding',
    ]);
  });
});
