import type { Finding } from '../findings/finding.ts';
import type { ReportTable } from '../report/period/report.ts';
import { rejectsReport } from '../report/period/report-rejects.ts';
import { TABLES } from '../rules/tables.ts';
import { rawRowsOf } from './raw-rows-of.ts';
import type { Run } from './run.ts';

const linesOf = (rejects: readonly Finding[], table: string): ReadonlySet<number> =>
  new Set(rejects.filter((finding) => finding.table === table).map(({ line }) => line ?? 0));

/** rejects.csv of a run: each row as it stands in its file, beside what is wrong with it. */
export const rejectsOf = ({ rejects, loaded, plan, shown }: Run): ReportTable => {
  const texts = new Map<string, string>();
  for (const { name } of TABLES) {
    const lines = linesOf(rejects, name);
    if (lines.size === 0 || loaded === undefined || plan === undefined) continue;
    for (const [line, { text }] of rawRowsOf(name, lines, loaded, plan)) texts.set(`${name}:${line}`, text);
  }
  return rejectsReport(rejects, ({ table, line }) => texts.get(`${table}:${line}`) ?? '', shown);
};

/** A warning for each table that rows were left out of, with how many. */
export const rejectedSummary = (rejects: readonly Finding[], file: string): readonly Finding[] =>
  TABLES.flatMap(({ name }): Finding[] => {
    const count = linesOf(rejects, name).size;
    const where = rejects.find((finding) => finding.table === name)?.file;
    if (count === 0) return [];
    return [
      {
        code: 'row-rejected',
        severity: 'warning',
        message: `${count} ${count === 1 ? 'row' : 'rows'} of ${where ?? name} left out, nobody is paid on what ${count === 1 ? 'it says' : 'they say'}`,
        file: where,
        table: name,
        hint: `${file} has each of them with what is wrong; mend them and compute again`,
        related: [],
      },
    ];
  });
