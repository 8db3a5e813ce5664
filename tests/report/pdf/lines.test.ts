import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextStyle } from '../../../src/report/pdf/drawing.ts';
import { linesOf, widestPiece } from '../../../src/report/pdf/lines.ts';

const STYLE: TextStyle = { size: 10, bold: false, colour: '#000000' };
/** As if every character were one wide. */
const measure = (text: string): number => [...text].length;
const lines = (text: string, width: number): readonly string[] => linesOf(text, width, STYLE, measure);

test('lines end between words', () => {
  expect(lines('the sum of these lines', 10)).toEqual(['the sum of', 'these', 'lines']);
});

test('a word that is too long ends wherever the line does, and after a hyphen before that', () => {
  expect(lines('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(lines('north-west team', 8)).toEqual(['north-', 'west', 'team']);
  expect(widestPiece('north-west team', STYLE, measure)).toBe(6);
});

test('scripts without spaces end a line between any two characters, not before a comma', () => {
  expect(lines('佐藤、花子', 3)).toEqual(['佐藤、', '花子']);
});

test('no character is lost, and no line is wider than it may be', () => {
  const character = fc.constantFrom('a', 'B', ' ', '-', '佐', '、', 'é', '.', '1');
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      const made = lines(text, width);
      expect(made.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of made) expect(measure(line)).toBeLessThanOrEqual(width);
    }),
  );
});
