import { csvChunks } from '../io/csv-write.ts';
import type { OutFile } from '../io/write-out.ts';
import { documentMarkdown } from '../report/document/document-markdown.ts';
import { documentPage } from '../report/document/document-page.ts';
import type { ReaderReport } from '../report/readers/reader.ts';
import { documentWorkbook } from '../report/workbook/workbook.ts';
import type { Day } from '../values/date.ts';

export const REPORT_FORMATS = ['html', 'xlsx', 'pdf', 'md', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The files of one report in one format; `name` has no ending; a file says that it was made on `day`. */
export const filesOf = async (
  report: ReaderReport,
  format: ReportFormat,
  name: string,
  day: Day,
): Promise<readonly OutFile[]> => {
  const one = (chunk: string | Uint8Array): readonly OutFile[] => [{ name: `${name}.${format}`, chunks: [chunk] }];
  switch (format) {
    case 'html':
      return one(report.page?.() ?? documentPage(report.document()));
    case 'md':
      return one(documentMarkdown(report.document()));
    case 'xlsx': {
      const { workbookBytes } = await import('./workbook-bytes.ts');
      return one(await workbookBytes(report.workbook?.() ?? documentWorkbook(report.document())));
    }
    case 'pdf': {
      const { pdfBytes } = await import('./pdf-bytes.ts');
      return one(await pdfBytes(report.document(), day));
    }
    case 'csv': {
      const tables = report.tables();
      return tables.map(({ name: own, table }) => ({
        name: `${tables.length === 1 ? name : `${name}-${own}`}.csv`,
        chunks: csvChunks(table.header, table.rows),
      }));
    }
  }
};
