import type { Sink } from '../findings/sink.ts';
import type { Plan, TableSpec } from '../rules/plan.ts';
import { presetTable } from '../rules/presets/presets.ts';
import type { TableDefinition } from '../rules/tables.ts';
import { bindColumns } from './columns.ts';
import { headerOf } from './csv-header.ts';
import { cellPlace } from './csv-record.ts';
import { type FileSetting, type RowVisitor, scanRows } from './csv-rows.ts';
import type { RowFault } from './csv-scan.ts';
import type { TextProblem } from './decode.ts';
import { ecbTable } from './fx-ecb.ts';
import { fileSetting, type ReadOptions, type ReadTable } from './read-options.ts';
import { cutFault, firstTooMany, lengthFault } from './row-shape.ts';
import type { Source } from './source.ts';
import { TableBuilder } from './table-builder.ts';
import { checkSettings } from './table-settings.ts';
import { TextPool } from './text-pool.ts';

/** A table without rows, for a file that cannot be read. */
const nothing = (definition: TableDefinition, file: string): ReadTable => ({
  table: definition.name,
  file,
  rowCount: 0,
  lines: [],
  columns: new Map(),
  rowsRead: 0,
});

/**
 * Reads a table from CSV: every column that the table knows or the plan declares, typed and checked, whether an
 * expression reads it or not. What is wrong goes to the sink, all of it; a row with anything wrong in it is left out.
 */
export const readTable = (
  definition: TableDefinition,
  spec: TableSpec | undefined,
  source: Source,
  plan: Plan,
  sink: Sink,
  options: ReadOptions = {},
): ReadTable => {
  const { file } = source;
  const table = definition.name;
  if (!checkSettings(spec, options.encodings, sink)) return nothing(definition, file);
  const preset = presetTable(spec?.preset, table);
  if (preset?.shape === 'ecb') return ecbTable(definition, spec, source, plan, sink, options);

  const pool = options.pool ?? new TextPool();
  let builder: TableBuilder | undefined;
  let width = 0;
  let delimiter = ',';
  let broken = false;
  let headerFault = false;

  const visitor: RowVisitor = {
    header(record, mark) {
      delimiter = mark;
      width = record.count;
      const { columns, readable } = bindColumns(definition, spec, preset, headerOf(record, file, mark), sink);
      builder = new TableBuilder(definition, columns, spec, plan, pool, file, source.size);
      return readable;
    },
    row(record) {
      if (options.rejected?.has(record.line) === true) {
        builder?.skip();
        return;
      }
      if (record.count === width) {
        builder?.row(record);
        return;
      }
      const { message, expected, hint } = lengthFault(record, width, delimiter);
      const { column } = cellPlace(record, firstTooMany(record, width));
      builder?.badRow('row-length', message, record, column, expected, hint);
    },
    fault(fault: RowFault, record) {
      if (options.rejected?.has(fault.rowLine) === true) {
        builder?.skip();
        return;
      }
      const { code, message, expected, hint } = cutFault(fault);
      if (builder !== undefined) {
        const column = fault.line === fault.rowLine ? fault.column : fault.openedColumn;
        builder.badRow(code, message, record, column, expected, hint);
        return;
      }
      headerFault = true;
      sink.add(code, message, { table, file, line: fault.line, column: fault.column, expected, hint });
    },
    broken(problem: TextProblem, place) {
      broken = true;
      const { code, problem: message, expected, hint } = problem;
      sink.add(code, message, { table, file, ...place, expected, hint });
    },
  };
  scanRows(source, fileSetting(spec), options, visitor);

  if (builder === undefined) {
    if (!broken && !headerFault) {
      const expected = definition.columns.filter((column) => column.required).map((column) => column.name);
      sink.add('empty-file', `${file} is empty: it has not even a header`, {
        ...{ table, file, line: 1, column: 1 },
        expected: `a header with ${expected.join(', ')}`,
      });
    }
    return nothing(definition, file);
  }
  lookAgain(builder, source, fileSetting(spec), options);
  return builder.finish(sink);
};

/** What only a second look at the file can tell: where in its line a row's key stands, what a whole column has in common. */
const lookAgain = (builder: TableBuilder, source: Source, setting: FileSetting, options: ReadOptions): void => {
  const { unsure } = builder;
  if (unsure.columns.length === 0 && unsure.placeless.size === 0) return;
  scanRows(source, setting, options, {
    header: () => true,
    row: (record) => builder.lookAgain(record, unsure),
    fault: () => {},
    broken: () => {},
  });
};
