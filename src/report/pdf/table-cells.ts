import { sign } from '../../values/num.ts';
import { cellWords } from '../document/cell-words.ts';
import { type Cell, EMPTY, type Row, type Table } from '../document/document.ts';
import type { Measure, TextStyle } from './drawing.ts';
import { linesOf } from './lines.ts';
import { colour } from './palette.ts';

/** A line of a cell; a figure in two parts, so that decimal points of a column stand below each other. */
export interface CellLine {
  readonly text: string;
  readonly tail?: string | undefined;
  readonly style: TextStyle;
  /** What stands behind it, where there is room on the line. */
  readonly note?: { readonly text: string; readonly style: TextStyle };
}

/** What stands in a cell, before its lines are known: its words, and a figure's in one piece. */
interface CellText {
  readonly words: string;
  readonly note: string | undefined;
  readonly style: TextStyle;
  readonly isFigure: boolean;
  /** One line, whatever its width. */
  readonly isWhole: boolean;
}

/** Between a text and the note behind it. */
export const NOTE_GAP = 5;

export const NOTE_PART = 0.88;

const noteStyle = (style: TextStyle): TextStyle => ({
  size: style.size * NOTE_PART,
  bold: false,
  colour: colour('soft'),
});

/** A figure before its decimal point, and from there on. */
export const halvesOf = (words: string): readonly [string, string] => {
  const at = words.search(/[.%]/);
  return at < 0 ? [words, ''] : [words.slice(0, at), words.slice(at)];
};

export const cellText = (cell: Cell, digits: number, style: TextStyle): CellText => {
  const words = cellWords(cell, digits);
  const plain = { words, note: undefined, style, isFigure: false, isWhole: false };
  switch (cell.kind) {
    case 'money': {
      const side = cell.signed === true ? sign(cell.minor) : 0;
      const tone = side === 0 ? style.colour : colour(side > 0 ? 'plus' : 'minus');
      return { ...plain, style: { ...style, colour: tone }, isFigure: true };
    }
    case 'percent':
    case 'number':
      return { ...plain, isFigure: true };
    case 'missing':
      return { ...plain, note: cell.why, style: { ...style, colour: colour('soft') } };
    case 'text':
      return { ...plain, note: cell.note };
    case 'date':
      return { ...plain, isWhole: true };
    case 'empty':
      return plain;
  }
};

/** The lines of a cell that may be so wide. */
export const cellLines = (
  { words, note, style, isFigure, isWhole }: CellText,
  width: number,
  measure: Measure,
): readonly CellLine[] => {
  if (isFigure) {
    const [text, tail] = halvesOf(words);
    return [{ text, tail, style }];
  }
  if (isWhole) return [{ text: words, style }];
  const lines = linesOf(words, width, style, measure).map((text): CellLine => ({ text, style }));
  if (note === undefined) return lines;
  const small = noteStyle(style);
  const notes = linesOf(note, width, small, measure);
  const [line, ...more] = lines;
  const [only] = notes;
  if (line === undefined || more.length > 0 || only === undefined || notes.length > 1)
    return [...lines, ...notes.map((text) => ({ text, style: small }))];
  const together = measure(line.text, style) + NOTE_GAP + measure(only, small) <= width;
  return together ? [{ ...line, note: { text: only, style: small } }] : [line, { text: only, style: small }];
};

/** How wide a line of a cell is. */
export const lineWidth = ({ text, tail = '', style, note }: CellLine, measure: Measure): number =>
  measure(text + tail, style) + (note === undefined ? 0 : NOTE_GAP + measure(note.text, note.style));

/** The rows of a table as text, its foot last and bold. */
export const tableTexts = (
  { columns, rows, foot }: Table,
  digits: number,
  style: TextStyle,
): readonly (readonly CellText[])[] => {
  const textsOf = ({ cells }: Row, own: TextStyle): readonly CellText[] =>
    columns.map((_, i) => cellText(cells[i] ?? EMPTY, digits, own));
  return [
    ...rows.map((row) => textsOf(row, style)),
    ...(foot === undefined ? [] : [textsOf(foot, { ...style, bold: true })]),
  ];
};
