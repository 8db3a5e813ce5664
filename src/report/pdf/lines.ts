import { graphemesOf } from '../terminal/display-text.ts';
import type { Measure, TextStyle } from './drawing.ts';
import { drawnText } from './glyph-runs.ts';

/** Where a line may end: after a space, after a hyphen or a stroke between letters, and between characters written without spaces. */
const PIECE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:[\p{M}\p{P}])*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+?(?:[-/](?=\p{L})|(?=[\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|$))|\s/gu;

const piecesOf = (text: string): readonly string[] => text.match(PIECE) ?? [];

/** A text in lines that are at most so wide; a word that is wider is broken between its characters. */
export const linesOf = (text: string, width: number, style: TextStyle, measure: Measure): readonly string[] => {
  const drawn = drawnText(text).trim();
  if (drawn === '') return [];
  if (measure(drawn, style) <= width) return [drawn];
  const lines: string[] = [];
  let line = '';
  const end = (): void => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  for (const piece of piecesOf(drawn)) {
    if (line === '' && piece === ' ') continue;
    if (measure(`${line}${piece}`.trimEnd(), style) <= width) {
      line += piece;
      continue;
    }
    end();
    if (piece === ' ') continue;
    if (measure(piece, style) <= width) line = piece;
    else {
      for (const grapheme of graphemesOf(piece)) {
        if (line !== '' && measure(line + grapheme, style) > width) end();
        line += grapheme;
      }
    }
  }
  end();
  return lines;
};

/** The widest part that a line cannot break in. */
export const widestPiece = (text: string, style: TextStyle, measure: Measure): number =>
  Math.max(0, ...piecesOf(drawnText(text)).map((piece) => measure(piece, style)));
