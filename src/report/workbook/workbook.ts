import { formatMinor } from '../../values/money.ts';
import { toText } from '../../values/num.ts';
import { cellPlain } from '../document/cell-words.ts';
import { type Cell, type Document, EMPTY, type Formula, type Table } from '../document/document.ts';

/** How the cells of a column are shown. */
export type SheetFormat = 'text' | 'money' | 'number' | 'percent' | 'date';

/**
 * A cell of a sheet. A figure is its exact decimal text, which is its value; with a formula, what that comes to. Text is
 * never a formula, whatever it begins with.
 */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'figure';
      readonly decimal: string;
      readonly format: SheetFormat;
      readonly formula?: string | undefined;
    }
  | { readonly kind: 'date'; readonly day: number };

export interface Sheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly (SheetCell | undefined)[]>;
  /** Characters that each column is wide. */
  readonly widths: readonly number[];
}

export interface Workbook {
  readonly title: string;
  readonly sheets: readonly Sheet[];
  /** Decimals of the currency. */
  readonly digits: number;
}

/** A, B, ..., Z, AA: the letters of a column, counted from 0. */
const columnLetters = (column: number): string => {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
};

/** Rows of a sheet count from 1, and the first is the header. */
const sheetRow = (row: number): number => row + 2;

export const textCell = (text: string): SheetCell | undefined => (text === '' ? undefined : { kind: 'text', text });
export const figureCell = (decimal: string, format: SheetFormat, formula?: string): SheetCell | undefined =>
  decimal === '' ? undefined : { kind: 'figure', decimal, format, formula };

/** The sum of a column between two rows of a sheet, both in it, rows counted from 0 below the header. */
export const sumFormula = (column: number, from: number, to: number, sheet?: string): string =>
  `SUM(${sheet === undefined ? '' : `${sheet}!`}${columnLetters(column)}${sheetRow(from)}:${columnLetters(column)}${sheetRow(to)})`;

/** A report's tables as a workbook: a sheet each, its head figures and words on the first. */
export const documentWorkbook = (document: Document): Workbook => {
  const tables = document.blocks.filter((block) => block.kind === 'table');
  return {
    title: document.title,
    digits: document.digits,
    sheets: [overview(document), ...tables.map((table) => tableSheet(table, tables, document))],
  };
};

const overview = (document: Document): Sheet => {
  const { title, eyebrow, meta, blocks, foot, digits } = document;
  const rows: (SheetCell | undefined)[][] = [[textCell(eyebrow)], ...meta.map((line) => [textCell(line)])];
  for (const block of blocks) {
    switch (block.kind) {
      case 'heading':
      case 'subheading':
        rows.push([], [textCell(block.text)], ...(block.intro === '' ? [] : [[textCell(block.intro)]]));
        break;
      case 'paragraph':
        rows.push([textCell(block.text)]);
        break;
      case 'list':
        rows.push(...block.items.map((item) => [textCell(item)]));
        break;
      case 'chart':
        rows.push(...block.says.map((line) => [textCell(line)]));
        break;
      case 'key-figures':
        rows.push(
          [],
          ...block.figures.map(({ label, cell, note = '' }) => [
            textCell(label),
            sheetCell(cell, digits),
            textCell(note),
          ]),
        );
        break;
      case 'table':
        rows.push([textCell(`see the sheet ${block.name}`)]);
        break;
    }
  }
  rows.push([], ...foot.map((line) => [textCell(line)]));
  return { name: 'overview', header: [title], rows, widths: [60, 18, 60] };
};

const tableSheet = (table: Table, tables: readonly Table[], { digits }: Document): Sheet => {
  const { name, columns, rows, foot } = table;
  const made = rows.map(({ cells }) =>
    columns.map((_, i) => sheetCell(cells[i] ?? EMPTY, digits, formulaOf(cells[i], i, rows.length, tables))),
  );
  if (foot !== undefined)
    made.push(
      columns.map((_, i) =>
        sheetCell(foot.cells[i] ?? EMPTY, digits, formulaOf(foot.cells[i], i, rows.length, tables)),
      ),
    );
  const widths = columns.map(({ label }, i) =>
    Math.min(
      60,
      Math.max(label.length + 2, ...rows.map(({ cells }) => cellPlain(cells[i] ?? EMPTY, digits).length + 2)),
    ),
  );
  return { name, header: columns.map(({ label }) => label), rows: made, widths };
};

const formulaOf = (
  cell: Cell | undefined,
  column: number,
  rows: number,
  tables: readonly Table[],
): string | undefined => {
  const formula: Formula | undefined = cell?.kind === 'money' ? cell.formula : undefined;
  if (formula === undefined) return undefined;
  if (formula.kind === 'sum-above') return rows === 0 ? undefined : sumFormula(column, 0, rows - 1);
  const other = tables.find((table) => table.name === formula.table);
  const at = other?.columns.findIndex(({ key }) => key === formula.column) ?? -1;
  return at < 0 || formula.to < formula.from ? undefined : sumFormula(at, formula.from, formula.to, formula.table);
};

const sheetCell = (cell: Cell, digits: number, formula?: string): SheetCell | undefined => {
  switch (cell.kind) {
    case 'text':
      return textCell(cell.note === undefined ? cell.text : `${cell.text} (${cell.note})`);
    case 'money':
      return figureCell(formatMinor(cell.minor, digits), 'money', formula);
    case 'percent':
      return figureCell(toText(cell.value), 'percent');
    case 'number':
      return figureCell(toText(cell.value), 'number');
    case 'date':
      return { kind: 'date', day: cell.day };
    case 'missing':
      return textCell(`missing: ${cell.why}`);
    case 'empty':
      return undefined;
  }
};
