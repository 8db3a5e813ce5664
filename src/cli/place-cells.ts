import type { Finding } from '../findings/finding.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import type { Plan } from '../rules/plan.ts';
import { type TableName, tableNamed } from '../rules/tables.ts';
import { rawRowsOf } from './raw-rows-of.ts';

const lacksColumn = ({ table, line, column, field }: Finding): boolean =>
  table !== undefined && line !== undefined && column === undefined && field !== undefined;

/**
 * Findings that were made on typed values know the row and the name of the column: this looks up where in the file the
 * cell stands, under which header, and what its own bytes are.
 */
export const placeCells = (findings: readonly Finding[], loaded: LoadedTables, plan: Plan): readonly Finding[] => {
  const lines = new Map<TableName, Set<number>>();
  for (const finding of findings) {
    const definition = finding.table === undefined ? undefined : tableNamed(finding.table);
    if (definition === undefined || finding.line === undefined || !lacksColumn(finding)) continue;
    const known = lines.get(definition.name);
    if (known === undefined) lines.set(definition.name, new Set([finding.line]));
    else known.add(finding.line);
  }
  if (lines.size === 0) return findings;
  const rows = new Map([...lines].map(([table, wanted]) => [table, rawRowsOf(table, wanted, loaded, plan)]));
  return findings.map((finding) => {
    const definition = finding.table === undefined ? undefined : tableNamed(finding.table);
    if (definition === undefined || finding.line === undefined || !lacksColumn(finding)) return finding;
    const cell = rows
      .get(definition.name)
      ?.get(finding.line)
      ?.cells.get(finding.field ?? '');
    return cell === undefined
      ? finding
      : { ...finding, column: cell.column, field: cell.field, value: finding.value ?? cell.value };
  });
};
