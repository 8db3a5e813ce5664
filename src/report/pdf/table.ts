import type { Table } from '../document/document.ts';
import type { Measure, TextStyle } from './drawing.ts';
import { type Flow, LEADING } from './flow.ts';
import { linesOf } from './lines.ts';
import { colour } from './palette.ts';
import { type CellLine, cellLines, lineWidth, NOTE_GAP, tableTexts } from './table-cells.ts';
import { type ColumnWidth, type ColumnWidths, columnWidths, GAP } from './table-widths.ts';

/** Letters of a table, the largest that its columns fit with; in the smallest they must. */
const SIZES = [8.6, 8.2, 7.8, 7.2, 6.6, 6, 5.6];
const PADDING = 3.4;

const styles = (size: number): { readonly cell: TextStyle; readonly header: TextStyle } => ({
  cell: { size, bold: false, colour: colour('ink') },
  header: { size: size * 0.92, bold: false, colour: colour('soft') },
});

/** Whether a table's columns fit in so much room in letters that can be read. */
export const fits = (table: Table, digits: number, room: number, measure: Measure): boolean =>
  SIZES.slice(0, -2).some((size) => laidOut(table, digits, size, room, measure) !== undefined);

interface Layout extends ColumnWidths {
  readonly texts: ReturnType<typeof tableTexts>;
  readonly header: TextStyle;
}

const laidOut = (table: Table, digits: number, size: number, room: number, measure: Measure): Layout | undefined => {
  const { cell, header } = styles(size);
  const texts = tableTexts(table, digits, cell);
  const widths = columnWidths(table.columns, texts, header, room, measure);
  return widths && { ...widths, texts, header };
};

/** Where the columns of a table do not fit, each has the same room and figures run into the next: it has more than paper can hold. */
const squeezed = (table: Table, digits: number, room: number): Layout => {
  const { cell, header } = styles(SIZES.at(-1) ?? 5);
  const width = (room - GAP * (table.columns.length - 1)) / table.columns.length;
  const widths = table.columns.map(() => ({ width, tail: 0 }));
  return { texts: tableTexts(table, digits, cell), header, widths, breaks: true };
};

/** Draws a table; its header stands again on each page that it goes on to. */
export const drawTable = (table: Table, digits: number, flow: Flow): void => {
  const layouts = SIZES.map((size) => laidOut(table, digits, size, flow.width, flow.measure));
  // Somewhat smaller letters are the lesser evil where with them no row takes two lines.
  const onOneLine = layouts.slice(0, 3).find((layout) => layout?.breaks === false);
  const { widths, texts, header } =
    onOneLine ?? layouts.find((layout) => layout !== undefined) ?? squeezed(table, digits, flow.width);
  if (table.caption !== undefined) flow.paragraph(table.caption, header);
  const labels = table.columns.map(({ label }, i) =>
    linesOf(label, widths[i]?.width ?? 0, header, flow.measure).map((text): CellLine => ({ text, style: header })),
  );
  const head = (): void => {
    const height = heightOf(labels);
    drawCells(
      labels.map((own, i) => bottomed(own, labels, i)),
      table,
      widths,
      flow,
    );
    flow.y += height + 2;
    flow.rule(flow.left, flow.y, flow.width, colour('soft'));
  };
  const first = texts[0]?.map((cell, i) => cellLines(cell, widths[i]?.width ?? 0, flow.measure)) ?? [];
  flow.need(heightOf(labels) + heightOf(first) + 3 * PADDING);
  head();
  for (const [row, cells] of texts.entries()) {
    let left = cells.map((cell, i) => cellLines(cell, widths[i]?.width ?? 0, flow.measure));
    const isFoot = row === table.rows.length;
    if (isFoot) flow.rule(flow.left, flow.y, flow.width, colour('ink'));
    if (heightOf(left) + 2 * PADDING > flow.room && flow.room < 200) {
      flow.nextPage();
      head();
    }
    // A row that is higher than a page goes on on the next.
    for (;;) {
      const room = flow.room - 2 * PADDING;
      const taken = left.map((own) => own.slice(0, countWithin(own, room)));
      flow.y += PADDING;
      drawCells(taken, table, widths, flow);
      flow.y += heightOf(taken) + PADDING;
      left = left.map((own, i) => own.slice(taken[i]?.length ?? 0));
      if (left.every((own) => own.length === 0) || taken.every((own) => own.length === 0)) break;
      flow.nextPage();
      head();
    }
    if (!isFoot && row + 1 < texts.length) flow.rule(flow.left, flow.y, flow.width, colour('line'));
  }
  flow.y += 6;
};

const lineHeight = ({ style }: CellLine): number => style.size * LEADING;
const heightOf = (cells: readonly (readonly CellLine[])[]): number =>
  Math.max(0, ...cells.map((own) => own.reduce((sum, line) => sum + lineHeight(line), 0)));

const countWithin = (lines: readonly CellLine[], room: number): number => {
  let used = 0;
  for (const [i, line] of lines.entries()) {
    used += lineHeight(line);
    if (used > room) return i;
  }
  return lines.length;
};

/** Headers stand on their lower edge. */
const bottomed = (
  own: readonly CellLine[],
  all: readonly (readonly CellLine[])[],
  column: number,
): readonly CellLine[] => {
  const most = Math.max(...all.map((each) => each.length));
  const blank = all[column]?.[0] ?? all.find((each) => each.length > 0)?.[0];
  return blank === undefined
    ? own
    : [...Array.from({ length: most - own.length }, () => ({ ...blank, text: '' })), ...own];
};

const drawCells = (
  cells: readonly (readonly CellLine[])[],
  { columns }: Table,
  widths: readonly ColumnWidth[],
  flow: Flow,
): void => {
  let x = flow.left;
  for (const [i, lines] of cells.entries()) {
    const { width, tail } = widths[i] ?? { width: 0, tail: 0 };
    let y = flow.y;
    for (const line of lines) {
      if (line.tail !== undefined) {
        const point = x + width - tail;
        flow.line(line.text + line.tail, point - flow.measure(line.text, line.style), y, line.style);
      } else if (line.text !== '') {
        const before = columns[i]?.kind === 'figure' ? width - lineWidth(line, flow.measure) : 0;
        flow.line(line.text, x + before, y, line.style);
        const behind = x + before + flow.measure(line.text, line.style) + NOTE_GAP;
        if (line.note !== undefined) flow.line(line.note.text, behind, y, line.note.style, line.style.size);
      }
      y += lineHeight(line);
    }
    x += width + GAP;
  }
};
