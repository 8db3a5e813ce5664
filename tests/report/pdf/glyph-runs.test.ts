import { expect, test } from 'vitest';
import { drawnText, glyphRuns } from '../../../src/report/pdf/glyph-runs.ts';

const IN = {
  latin: /[\u0020-\u024f\u2010-\u2044]/u,
  hebrew: /[\u0590-\u05ff]/u,
  arabic: /[\u0600-\u06ff]/u,
  emoji: /[\u{1f1e6}-\u{1f6ff}\u200d]/u,
};

const facesOf = (code: number): readonly string[] =>
  Object.entries(IN)
    .filter(([, has]) => has.test(String.fromCodePoint(code)))
    .map(([face]) => face);

/** `face:text` from left to right. */
const drawn = (text: string): string =>
  glyphRuns(drawnText(text), facesOf, 'latin')
    .map(({ face, text: own }) => `${face}:${own}`)
    .join(' | ');

test('plain text is one run', () => {
  expect(drawn('Ana Duarte, 1,234.50')).toBe('latin:Ana Duarte, 1,234.50');
  expect(drawn('')).toBe('');
});

test('words that run to the left stand from right to left, and each is shaped by itself', () => {
  expect(drawn('אבי כהן')).toBe('hebrew:כהן | latin:  | hebrew:אבי');
});

test('figures and other scripts between them run to the right', () => {
  expect(drawn('Ana (אבי כהן) 12')).toBe('latin:Ana ( | hebrew:כהן | latin:  | hebrew:אבי | latin:) 12');
  expect(drawn('אבי 1,234.50')).toBe('latin:1,234.50  | hebrew:אבי');
  expect(drawn('محمد (sales) علي')).toBe('arabic:علي | latin: (sales)  | arabic:محمد');
});

test('brackets open towards what they hold', () => {
  expect(drawn('אבי (כהן)')).toBe('latin:( | hebrew:כהן | latin:)  | hebrew:אבי');
});

test('digits of a script that runs to the left are not turned round with it', () => {
  expect(drawn('علي ١٢٣')).toBe('arabic:١ | arabic:٢ | arabic:٣ | latin:  | arabic:علي');
});

test('a character that no face has is written as its number', () => {
  expect(drawn('a\u{10400}b')).toBe('latin:aU+10400b');
});

test('emoji that are joined to one stay one run; joiners that nothing needs are left out', () => {
  expect(drawn('Zoë 👩‍👧!')).toBe('latin:Zoë  | emoji:👩‍👧 | latin:!');
  expect(drawn('a\u200bb\u200dc')).toBe('latin:abc');
});

test('a letter and its mark are one character, controls and marks of direction are told', () => {
  expect(drawn('e\u0301')).toBe('latin:é');
  expect(drawn('a\nb\u202ec')).toBe('latin:a b\\u202ec');
});
