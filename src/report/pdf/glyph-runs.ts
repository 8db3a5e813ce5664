import bidiFactory from 'bidi-js';
import { graphemesOf, harmless } from '../terminal/display-text.ts';
import type { GlyphRun } from './drawing.ts';

const bidi = bidiFactory();

/** The faces that have a character, the one to be taken first in front. */
export type FacesOf = (code: number) => readonly string[];

const PLAIN = /^[ -~]*$/;
/** What nobody sees: joiners and marks of width nought, selectors of a form. It is drawn only where a face has a form for it. */
const UNSEEN = /\p{DI}/u;
/** Digits of scripts that run to the left run to the right; one by one, nobody turns them round. */
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9]|[^\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9]+/g;
const WORD = /[\p{L}\p{M}\u200c\u200d]+|[\s\S]/gu;

/** Text as it is drawn: on one line, letters with their marks as one where there is one, controls written out. */
export const drawnText = (text: string): string =>
  PLAIN.test(text) ? text : harmless(text.replace(/\s+/g, ' ')).normalize('NFC');

/**
 * A line in runs of one face each, from left to right as Unicode's algorithm for both directions has it. A character that no
 * face has is written as its number: U+0E01.
 */
export const glyphRuns = (line: string, facesOf: FacesOf, plain: string): readonly GlyphRun[] => {
  if (PLAIN.test(line)) return line === '' ? [] : [{ face: plain, text: line }];
  const { levels } = bidi.getEmbeddingLevels(line);
  const mirrored = bidi.getMirroredCharactersMap(line, levels);
  const stretches = inVisualOrder(stretchesOf(levels));
  const runs: GlyphRun[] = [];
  const push = (made: readonly GlyphRun[]): void => {
    for (const { face, text } of made) {
      const last = runs.at(-1);
      if (last?.face === face && !TURNS.test(last.text + text))
        runs[runs.length - 1] = { face, text: last.text + text };
      else runs.push({ face, text });
    }
  };
  for (const { from, to, level } of stretches) {
    if (level % 2 === 0) {
      for (const [piece] of line.slice(from, to).matchAll(DIGIT)) push(inFaces(piece, facesOf, plain));
      continue;
    }
    const words = [...line.slice(from, to).matchAll(WORD)].reverse();
    for (const word of words) {
      const text = mirrored.get(from + word.index) ?? word[0];
      push([...inFaces(text, facesOf, plain)].reverse());
    }
  }
  return runs;
};

/** What whoever shapes the glyphs turns round by itself, a run at a time: such words stay runs of their own. */
const TURNS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

const stretchesOf = (levels: Uint8Array): Stretch[] => {
  const stretches: Stretch[] = [];
  for (let from = 0; from < levels.length; ) {
    const level = levels[from] ?? 0;
    let to = from;
    while (to < levels.length && levels[to] === level) to++;
    stretches.push({ from, to, level });
    from = to;
  }
  return stretches;
};

/** From the highest level down to the lowest odd one, whatever is at that level or above is turned round (UAX #9, rule L2). */
const inVisualOrder = (stretches: readonly Stretch[]): readonly Stretch[] => {
  const ordered = [...stretches];
  const highest = Math.max(0, ...stretches.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to++;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = to;
    }
  }
  return ordered;
};

const inFaces = (text: string, facesOf: FacesOf, plain: string): readonly GlyphRun[] => {
  const runs: { face: string; text: string }[] = [];
  const push = (face: string, more: string): void => {
    const last = runs.at(-1);
    if (last?.face === face) last.text += more;
    else runs.push({ face, text: more });
  };
  for (const grapheme of graphemesOf(text)) {
    const characters = [...grapheme];
    const has = (face: string, character: string): boolean => facesOf(character.codePointAt(0) ?? 0).includes(face);
    const seen = characters.filter((character) => !UNSEEN.test(character));
    const [first = ''] = seen;
    const whole = facesOf(first.codePointAt(0) ?? 0).find((face) => seen.every((character) => has(face, character)));
    if (whole !== undefined) {
      push(whole, characters.filter((character) => has(whole, character)).join(''));
      continue;
    }
    for (const character of seen) {
      const code = character.codePointAt(0) ?? 0;
      const [face] = facesOf(code);
      if (face === undefined) push(plain, `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
      else push(face, character);
    }
  }
  return runs;
};
