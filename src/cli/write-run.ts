import path from 'node:path';
import { csvChunks } from '../io/csv-write.ts';
import type { Pieces } from '../io/write-file.ts';
import { type LooseFile, type OutFile, writeReports } from '../io/write-out.ts';
import type { ReportContext, ReportTable } from '../report/period/report.ts';
import { heldReport } from '../report/period/report-held.ts';
import { REPORTS } from '../report/period/reports.ts';
import { rejectsOf } from './rejected-rows.ts';
import type { Run } from './run.ts';

/** Turned into rows only when it is written, so that one report after the other is in memory. */
const chunksOf = (table: ReportTable): Pieces => csvChunks(table.header, table.rows);

/** The files of one period's folder. */
function* periodFiles(
  context: ReportContext,
  result: ReportContext['computation']['periods'][number],
): Generator<OutFile> {
  for (const report of REPORTS) {
    const chunks = report.kind === 'table' ? chunksOf(report.of(context, result)) : [report.of(context, result)];
    yield { name: report.name, chunks };
  }
}

/** What one plan paid, with the run that it comes from. */
export interface RunReport {
  readonly context: ReportContext;
  readonly run: Run;
}

/** Rows of several tables under the header of the first, each once; undefined where there is none. */
const together = (tables: readonly ReportTable[]): Pieces | undefined => {
  const [first] = tables;
  if (first === undefined) return undefined;
  const rows = new Map(tables.flatMap((table) => [...table.rows]).map((row) => [JSON.stringify(row), row]));
  return chunksOf({ header: first.header, rows: [...rows.values()] });
};

/** What stands beside the folders: rows that were left out, and pay that is held back; neither where there is none. */
export const looseFiles = (reports: readonly RunReport[]): readonly LooseFile[] => {
  const holds = ({ computation, held }: ReportContext): boolean =>
    computation.periods.some(({ payouts }) => payouts.some(({ person }) => held.has(person.id)));
  const rejected = reports.filter(({ run }) => run.rejects.length > 0).map(({ run }) => rejectsOf(run));
  const held = reports.filter(({ context }) => holds(context)).map(({ context }) => heldReport(context));
  return [
    { name: 'rejects.csv', chunks: together(rejected) },
    { name: 'held.csv', chunks: together(held) },
  ];
};

/** Writes all reports of a run, whole or not at all, and removes what an earlier run held or rejected and this did not. */
export const writeRuns = async (reports: readonly RunReport[], outDir: string): Promise<readonly string[]> => {
  const folders = reports.flatMap(({ context }) =>
    context.computation.periods.map((result) => ({
      name: result.period.label,
      files: [...periodFiles(context, result)],
    })),
  );
  const loose = looseFiles(reports);
  await writeReports(outDir, folders, loose);
  return [
    ...folders.flatMap(({ name, files }) => files.map((file) => path.join(outDir, name, file.name))),
    ...loose.filter(({ chunks }) => chunks !== undefined).map(({ name }) => path.join(outDir, name)),
  ];
};
