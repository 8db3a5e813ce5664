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
}

/** What stands in a cell, before its lines are known: its words, and a figure's in one piece. */
interface CellText {
  readonly words: string;
  readonly note: string | undefined;
  readonly style: TextStyle;
  readonly isFigure: boolean;
}

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
  switch (cell.kind) {
    case 'money': {
      const side = cell.signed === true ? sign(cell.minor) : 0;
      const tone = side === 0 ? style.colour : colour(side > 0 ? 'plus' : 'minus');
      return { words, note: undefined, style: { ...style, colour: tone }, isFigure: true };
    }
    case 'percent':
    case 'number':
      return { words, note: undefined, style, isFigure: true };
    case 'missing':
      return { words, note: cell.why, style: { ...style, colour: colour('soft') }, isFigure: false };
    case 'text':
      return { words, note: cell.note, style, isFigure: false };
    case 'date':
    case 'empty':
      return { words, note: undefined, style, isFigure: false };
  }
};

/** The lines of a cell that may be so wide. */
export const cellLines = (
  { words, note, style, isFigure }: CellText,
  width: number,
  measure: Measure,
): readonly CellLine[] => {
  if (isFigure) {
    const [text, tail] = halvesOf(words);
    return [{ text, tail, style }];
  }
  const small = noteStyle(style);
  return [
    ...linesOf(words, width, style, measure).map((text) => ({ text, style })),
    ...(note === undefined ? [] : linesOf(note, width, small, measure).map((text) => ({ text, style: small }))),
  ];
};

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
