import { cutTo, displayWidth, padEnd, padStart } from './display-text.ts';

/** A line of a table, or a rule under one. `mark` colours the finished line, `indent` moves its first cell in. */
export interface TextRow {
  readonly cells: readonly string[];
  readonly indent?: number;
  readonly mark?: (text: string) => string;
}

export interface TextTable {
  /** Headers, broken into lines: all have the same number of lines, empty ones first. */
  readonly head: readonly (readonly string[])[];
  readonly rows: readonly TextRow[];
  readonly markHead?: (text: string) => string;
  /** Columns of words, which stand to the left as the first does. */
  readonly left?: readonly number[];
  /** What the first column is cut to at the least before the table counts as too wide; 14 without it. */
  readonly leastFirst?: number;
}

const GAP = 2;
const LEAST_FIRST = 14;

const widthsOf = ({ head, rows }: TextTable): number[] => {
  const widths = head.map((lines) => Math.max(0, ...lines.map(displayWidth)));
  for (const { cells, indent = 0 } of rows) {
    cells.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell) + (i === 0 ? indent : 0));
    });
  }
  return widths;
};

/**
 * The lines of a table: the first column to the left, the others to the right unless said. Where it is too wide, the first column is
 * cut; undefined where even that does not make it fit.
 */
export const textTable = (table: TextTable, width: number): string[] | undefined => {
  const widths = widthsOf(table);
  const others = widths.slice(1).reduce((sum, each) => sum + each + GAP, 0);
  const first = Math.min(widths[0] ?? 0, width - others);
  if (first < Math.min(table.leastFirst ?? LEAST_FIRST, widths[0] ?? 0)) return undefined;
  const line = (cells: readonly string[], indent: number): string => {
    const start = padEnd(' '.repeat(indent) + cutTo(cells[0] ?? '', first - indent), first);
    const rest = widths.slice(1).map((each, i) => {
      const pad = table.left?.includes(i + 1) ? padEnd : padStart;
      return ' '.repeat(GAP) + pad(cells[i + 1] ?? '', each);
    });
    return (start + rest.join('')).trimEnd();
  };
  const markHead = table.markHead ?? ((text) => text);
  const height = Math.max(0, ...table.head.map((lines) => lines.length));
  const head = Array.from({ length: height }, (_, i) =>
    markHead(
      line(
        table.head.map((lines) => lines[i - height + lines.length] ?? ''),
        0,
      ),
    ),
  );
  return [...head, ...table.rows.map(({ cells, indent = 0, mark }) => (mark ?? ((text) => text))(line(cells, indent)))];
};
