import type { ReportTable } from '../period/report.ts';
import { cellPlain } from './cell-words.ts';
import { type Document, EMPTY, type Table } from './document.ts';

/** A table of a report as rows for a CSV file; what stands below it, such as a sum, is left to whoever reads it. */
const tableRows = ({ columns, rows }: Table, { digits }: Document): ReportTable => ({
  header: columns.map(({ key }) => key),
  rows: rows.map(({ cells }) => columns.map((_, i) => cellPlain(cells[i] ?? EMPTY, digits))),
});

/** The tables of a report with these names, or all of them. */
export const documentTables = (
  document: Document,
  names?: readonly string[],
): readonly { readonly name: string; readonly table: ReportTable }[] =>
  document.blocks
    .filter((block) => block.kind === 'table')
    .filter(({ name }) => names === undefined || names.includes(name))
    .map((table) => ({ name: table.name, table: tableRows(table, document) }));
