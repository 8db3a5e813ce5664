import type { Column } from '../document/document.ts';
import type { Measure, TextStyle } from './drawing.ts';
import { widestPiece } from './lines.ts';
import { cellLines, halvesOf, lineWidth, type tableTexts } from './table-cells.ts';

export interface ColumnWidth {
  readonly width: number;
  /** What figures of the column need behind their decimal point, at most. */
  readonly tail: number;
}

export interface ColumnWidths {
  readonly widths: readonly ColumnWidth[];
  /** Whether some text takes more than a line. */
  readonly breaks: boolean;
}

/** Between two columns. */
export const GAP = 9;
/** A word longer than this may be broken, so that one long name does not push the figures off the page. */
const LONG_WORD = 96;

/**
 * The columns' widths in so much room: figures whole, text as wide as it would like to be or, where there is too little room,
 * between that and its longest word. Undefined where not even that fits.
 */
export const columnWidths = (
  columns: readonly Column[],
  texts: ReturnType<typeof tableTexts>,
  header: TextStyle,
  room: number,
  measure: Measure,
): ColumnWidths | undefined => {
  const needs = columns.map(({ label }, i) => {
    let [head, tail, least, most] = [0, 0, widestPiece(label, header, measure), 0];
    for (const row of texts) {
      const cell = row[i];
      if (cell === undefined) continue;
      if (cell.isFigure) {
        const [before, behind] = halvesOf(cell.words);
        head = Math.max(head, measure(before, cell.style));
        tail = Math.max(tail, measure(behind, cell.style));
        continue;
      }
      const word = cell.isWhole
        ? measure(cell.words, cell.style)
        : Math.min(LONG_WORD, widestPiece(cell.words, cell.style, measure));
      least = Math.max(least, word);
      for (const line of cellLines(cell, Number.POSITIVE_INFINITY, measure))
        most = Math.max(most, lineWidth(line, measure));
    }
    least = Math.max(least, head + tail);
    return { tail, least, most: Math.max(least, most, Math.min(measure(label, header), 70)) };
  });
  const inner = room - GAP * (columns.length - 1);
  const sum = (of: 'least' | 'most'): number => needs.reduce((all, each) => all + each[of], 0);
  const [least, most] = [sum('least'), sum('most')];
  if (least > inner + 0.01) return undefined;
  if (most <= inner) {
    // Room that is left over stands between the columns: text takes it, or all do where there is none.
    const texty = columns.filter(({ kind }) => kind === 'text').length;
    const more = (inner - most) / (texty === 0 ? columns.length : texty);
    const widths = needs.map((need, i) => ({
      tail: need.tail,
      width: need.most + (texty === 0 || columns[i]?.kind === 'text' ? more : 0),
    }));
    return { widths, breaks: false };
  }
  return { widths: shared(needs, inner - least), breaks: true };
};

/** What is left beyond the least, in equal parts to all who want more: who wants little has it whole. */
const shared = (
  needs: readonly { readonly tail: number; readonly least: number; readonly most: number }[],
  left: number,
): readonly ColumnWidth[] => {
  const byWant = needs.map(({ least, most }, i) => ({ i, want: most - least })).sort((a, b) => a.want - b.want);
  const more = needs.map(() => 0);
  let rest = left;
  for (const [done, { i, want }] of byWant.entries()) {
    const given = Math.min(want, rest / (byWant.length - done));
    more[i] = given;
    rest -= given;
  }
  return needs.map(({ tail, least }, i) => ({ tail, width: least + (more[i] ?? 0) }));
};
