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

/** Writes all reports of a run, whole or not at all, and removes what an earlier run held or rejected and this did not. */
export const writeRun = (context: ReportContext, run: Run, outDir: string): readonly string[] => {
  const folders = context.computation.periods.map((result) => ({
    name: result.period.label,
    files: [...periodFiles(context, result)],
  }));
  const { held } = context;
  const holds = context.computation.periods.some(({ payouts }) => payouts.some(({ person }) => held.has(person.id)));
  const loose: LooseFile[] = [
    { name: 'rejects.csv', chunks: run.rejects.length === 0 ? undefined : chunksOf(rejectsOf(run)) },
    { name: 'held.csv', chunks: holds ? chunksOf(heldReport(context)) : undefined },
  ];
  writeReports(outDir, folders, loose);
  return [
    ...folders.flatMap(({ name, files }) => files.map((file) => path.join(outDir, name, file.name))),
    ...loose.filter(({ chunks }) => chunks !== undefined).map(({ name }) => path.join(outDir, name)),
  ];
};
