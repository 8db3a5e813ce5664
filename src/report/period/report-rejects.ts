import type { Finding } from '../../findings/finding.ts';
import { TABLES } from '../../rules/tables.ts';
import { compareText } from '../figures/cell-text.ts';
import type { ReportTable } from './report.ts';

const HEADER = ['table', 'file', 'line', 'column', 'value', 'expected', 'code', 'row'];

/** rejects.csv: why rows were left out, by table and line; `rowText` gives a row as it stands in its file. */
export const rejectsReport = (
  rejects: readonly Finding[],
  rowText: (finding: Finding) => string,
  shown: (file: string) => string,
): ReportTable => {
  const order = new Map<string, number>(TABLES.map(({ name }, i) => [name, i]));
  const rank = ({ table = '' }: Finding): number => order.get(table) ?? order.size;
  const sorted = [...rejects].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.code, b.code),
  );
  return {
    header: HEADER,
    rows: sorted.map((finding) => {
      const { table = '', file, line, field = '', value = '', expected = '', code } = finding;
      return [
        table,
        file === undefined ? '' : shown(file),
        String(line ?? ''),
        field,
        value,
        expected,
        code,
        rowText(finding),
      ];
    }),
  };
};
