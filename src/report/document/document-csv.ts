import type { ReportTable } from '../period/report.ts';
import { cellPlain } from './cell-words.ts';
import { type Document, EMPTY, type Table } from './document.ts';

/** A table of a report as rows for a CSV file; what stands below it, such as a sum, is left to whoever reads it. */
export const tableRows = ({ columns, rows }: Table, { digits }: Document): ReportTable => ({
  header: columns.map(({ key }) => key),
  rows: rows.map(({ cells }) => columns.map((_, i) => cellPlain(cells[i] ?? EMPTY, digits))),
});
