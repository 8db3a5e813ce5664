import { csvChunks } from '../io/csv-write.ts';
import type { OutFile } from '../io/write-out.ts';
import { tableRows } from '../report/document/document-csv.ts';
import { documentMarkdown } from '../report/document/document-markdown.ts';
import { documentPage } from '../report/document/document-page.ts';
import type { ReaderReport } from '../report/readers/reader.ts';

export const REPORT_FORMATS = ['html', 'md', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The files of one report in one format; `name` has no ending. */
export const filesOf = async (
  report: ReaderReport,
  format: ReportFormat,
  name: string,
): Promise<readonly OutFile[]> => {
  const one = (chunk: string | Uint8Array): readonly OutFile[] => [{ name: `${name}.${format}`, chunks: [chunk] }];
  switch (format) {
    case 'html':
      return one(report.page?.() ?? documentPage(report.document()));
    case 'md':
      return one(documentMarkdown(report.document()));
    case 'csv': {
      const document = report.document();
      const tables = document.blocks.filter((block) => block.kind === 'table');
      const wanted = report.csv === undefined ? tables : tables.filter((table) => report.csv?.includes(table.name));
      return wanted.map((table) => {
        const { header, rows } = tableRows(table, document);
        const file = wanted.length === 1 ? name : `${name}-${table.name}`;
        return { name: `${file}.csv`, chunks: csvChunks(header, rows) };
      });
    }
  }
};
