import type { Cell, CellStyle, CellValue, WriteSheet } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import type { Sheet, SheetCell, SheetFormat, Workbook } from '../report/workbook/workbook.ts';
import { UsageError } from './usage-error.ts';

/** The date that files say they were made on: the same run gives the same bytes. */
const MADE_ON = new Date(Date.UTC(1980, 0, 1));

/** Days from the first day that a workbook knows (30 December 1899, as it counts) to 1 January 1970. */
const EPOCH = 25_569;

/** Digits that a workbook's numbers keep; a figure with more stands there as text. */
const MOST_DIGITS = 15;

const HEADER: CellStyle = { font: { bold: true }, border: { bottom: { style: 'thin' } } };

/** Rows that a sheet may have. */
const MOST_ROWS = 1_048_576;

/** A workbook as an .xlsx file: figures with their formats, formulas with what they come to. */
export const workbookBytes = ({ title, sheets, digits }: Workbook): Promise<Uint8Array> =>
  writeXlsx({
    sheets: sheets.map((sheet) => sheetData(sheet, digits)),
    properties: { title, creator: 'align-pay', created: MADE_ON, modified: MADE_ON },
  });

const sheetData = ({ name, header, rows, widths }: Sheet, digits: number): WriteSheet => {
  const values: CellValue[][] = [header.map(escaped)];
  const cells = new Map<string, Partial<Cell>>(header.map((_, i) => [`0,${i}`, { style: HEADER }]));
  const formats: Readonly<Record<SheetFormat, string | undefined>> = {
    text: undefined,
    money: digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`,
    number: undefined,
    percent: '0.00##%',
    date: 'yyyy-mm-dd',
  };
  for (const row of rows) {
    const at = values.length;
    values.push(row.map((cell) => (cell === undefined ? null : figureOf(cell))));
    for (const [i, cell] of row.entries()) {
      const more = cell === undefined ? undefined : moreOf(cell, formats);
      if (more !== undefined) cells.set(`${at},${i}`, more);
    }
  }
  if (values.length > MOST_ROWS)
    throw new UsageError(`${name} has ${values.length - 1} rows and a sheet holds ${MOST_ROWS - 1}: use --format csv`);
  return {
    name,
    rows: values,
    cells,
    columns: widths.map((width) => ({ width })),
    freezePane: { rows: 1 },
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
};

/** Text as a workbook keeps it: what looks like its way of writing a character by its number is none. */
const escaped = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

const figureOf = (cell: SheetCell): CellValue => {
  if (cell.kind === 'text') return escaped(cell.text);
  if (cell.kind === 'date') return cell.day + EPOCH;
  const isExact = cell.decimal.replace(/[-.]/g, '').replace(/^0+/, '').length <= MOST_DIGITS;
  return isExact ? Number(cell.decimal) : cell.decimal;
};

const moreOf = (
  cell: SheetCell,
  formats: Readonly<Record<SheetFormat, string | undefined>>,
): Partial<Cell> | undefined => {
  if (cell.kind === 'text') return undefined;
  const numFmt = formats[cell.kind === 'date' ? 'date' : cell.format];
  const style = numFmt === undefined ? {} : { style: { numFmt } };
  if (cell.kind === 'date' || cell.formula === undefined) return numFmt === undefined ? undefined : style;
  const value = figureOf(cell);
  return { ...style, value, type: 'formula', formula: cell.formula, formulaResult: value };
};
