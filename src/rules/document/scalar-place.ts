import type { Place } from '../../findings/finding.ts';
import { placeBetween, type RawScalar } from './raw.ts';

const BLANK = /\s/;

/** How many characters of a file an escape of a double-quoted scalar takes. */
const escapeLength = (letter: string): number => (letter === 'x' ? 4 : letter === 'u' ? 6 : letter === 'U' ? 10 : 2);

/** Where in the file the characters begin: behind the quote, or on the line under `|`. */
const contentStart = (scalar: RawScalar): number => {
  if (scalar.form === 'plain') return scalar.start;
  if (scalar.form !== 'block') return scalar.start + 1;
  const header = scalar.source.text.indexOf('\n', scalar.start);
  return header < 0 ? scalar.end : header + 1;
};

/**
 * The offset in the file of each character of a scalar's text, and of its end. Blanks aside, which YAML folds and
 * strips, every character stands in the file as it is or as an escape; so the two are walked side by side.
 */
const offsetsOf = (scalar: RawScalar): number[] => {
  const { text, form } = scalar;
  const file = scalar.source.text;
  const offsets: number[] = [];
  let at = contentStart(scalar);
  let last = at;
  let i = 0;
  while (i < text.length) {
    const wanted = text[i] as string;
    if (at >= scalar.end) {
      // YAML adds a line end to some blocks, which stands nowhere.
      offsets.push(scalar.end);
      i++;
      continue;
    }
    let length = 1;
    if (form === 'double' && file[at] === '\\') {
      const letter = file[at + 1] ?? '';
      if (letter === '\n' || letter === '\r') {
        at += letter === '\r' ? 3 : 2;
        continue;
      }
      length = escapeLength(letter);
    } else if (form === 'single' && file[at] === "'") {
      length = 2;
    } else if (file[at] !== wanted) {
      if (BLANK.test(file[at] ?? '')) {
        at++;
        continue;
      }
      // A blank that YAML made of line ends already walked past.
      offsets.push(Math.max(last, at - 1));
      i++;
      continue;
    }
    offsets.push(at);
    // An escape may stand for two halves of one character.
    const halves = length === 10 && (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
    if (halves === 2) offsets.push(at);
    i += halves;
    at += length;
    last = at;
  }
  offsets.push(Math.min(last, scalar.end));
  return offsets;
};

/** The place in the file of a stretch of a scalar's text, by offsets in that text. */
export const placeWithin = (scalar: RawScalar, start: number, end: number): Place => {
  const offsets = offsetsOf(scalar);
  const from = offsets[Math.min(start, offsets.length - 1)] ?? scalar.start;
  const past = end > start ? (offsets[Math.min(end - 1, offsets.length - 1)] ?? from) + 1 : from;
  return placeBetween(scalar.source, from, Math.max(from, past));
};
