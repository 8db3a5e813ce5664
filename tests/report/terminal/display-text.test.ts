import { expect, test } from 'vitest';
import { cutMiddle, cutTo, displayWidth, harmless, padStart, wrap } from '../../../src/report/terminal/display-text.ts';

test.each([
  ['Ana', 3],
  ['Zoë', 3],
  ['Zoe\u0308', 3],
  ['李小龍', 6],
  ['ﾊﾝｶｸ', 4],
  ['한국', 4],
  ['🎉', 2],
  ['👩‍👩‍👧', 2],
  ['👍🏽', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['·×−…', 4],
  ['', 0],
])('%s is %i columns wide', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test('a text is cut between what a reader sees as characters', () => {
  expect(cutTo('Maximiliane', 6)).toBe('Maxim…');
  expect(cutTo('李小龍', 6)).toBe('李小龍');
  expect(cutTo('李小龍', 5)).toBe('李小…');
  expect(cutTo('李小龍', 4)).toBe('李…');
  expect(cutTo('👩‍👩‍👧 Ek and others', 5)).toBe('👩‍👩‍👧 E…');
  expect(padStart('李', 4)).toBe('  李');
});

test('what a cell holds cannot write to the terminal', () => {
  expect(harmless('a\u001b[31mb\r\n\tc\u202ed')).toBe('a\\x1b[31mb\\r\\n\\tc\\u202ed');
});

test('words are wrapped by the columns they take', () => {
  expect(wrap('eins zwei  drei', 9)).toEqual(['eins zwei', 'drei']);
  expect(wrap('a-word-longer-than-the-line b', 5)).toEqual(['a-word-longer-than-the-line', 'b']);
});

test('texts that begin alike are cut in the middle', () => {
  expect(cutMiddle('Maximiliane', 7)).toBe('Max…ane');
  expect(cutMiddle('Maximiliane', 6)).toBe('Max…ne');
  expect(cutMiddle('Maximiliane', 11)).toBe('Maximiliane');
  expect(cutMiddle('李小龍李小龍', 6)).toBe('李…龍');
});
