import type { Sink } from '../findings/sink.ts';
import type { Type } from '../rules/expression/typed.ts';
import type { ColumnSpec, TableSpec } from '../rules/plan.ts';
import type { PresetColumn, PresetTable } from '../rules/presets/preset.ts';
import { PRESETS } from '../rules/presets/presets.ts';
import type { CellType, TableDefinition } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';
import type { Header } from './csv-header.ts';

/** A column of the table and where it stands in the file. */
export interface BoundColumn {
  /** Canonical or declared name. */
  readonly name: string;
  readonly type: CellType;
  /** Position in the row, from 0. */
  readonly index: number;
  /** The header as it stands in the file. */
  readonly field: string;
  readonly spec: ColumnSpec | undefined;
  readonly preset: PresetColumn | undefined;
}

interface Wanted {
  readonly name: string;
  readonly type: CellType;
  readonly required: boolean;
  readonly spec: ColumnSpec | undefined;
  readonly preset: PresetColumn | undefined;
  /** Every header that would be this column. */
  readonly headers: readonly string[];
  /** The plan names the header, so that it must be there. */
  readonly said: boolean;
}

/** Headers are the same whatever their case and the blanks around them. */
const keyOf = (header: string): string => header.trim().normalize('NFC').toLowerCase();

const wantedColumns = (
  definition: TableDefinition,
  spec: TableSpec | undefined,
  preset: PresetTable | undefined,
): readonly Wanted[] => {
  const known = new Map(Object.entries(preset?.columns ?? {}));
  const wanted: Wanted[] = definition.columns.map((column) => {
    const said = spec?.columns.get(column.name);
    const entry = known.get(column.name);
    const headers = said?.header === undefined ? [...(entry?.headers ?? []), column.name] : [said.header];
    const { name, type, required } = column;
    return { name, type, required, spec: said, preset: entry, headers, said: said?.header !== undefined };
  });
  for (const said of spec?.columns.values() ?? []) {
    const type: Type | undefined = said.type;
    if (type === undefined || definition.columns.some((column) => column.name === said.name)) continue;
    const headers = [said.header ?? said.name];
    wanted.push({ name: said.name, type, required: false, spec: said, preset: undefined, headers, said: true });
  }
  return wanted;
};

const quote = (text: string): string => JSON.stringify(text);

/** Where each header stands, by its key; headers that are empty mean nothing. */
const positions = (names: readonly string[]): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  names.forEach((name, index) => {
    const key = keyOf(name);
    if (key === '') return;
    const before = found.get(key);
    if (before === undefined) found.set(key, [index]);
    else before.push(index);
  });
  return found;
};

/** Whether a file with these headers has all that a table must have. */
const hasRequired = (names: readonly string[], wanted: readonly Wanted[]): boolean => {
  const present = new Set(names.map(keyOf));
  return wanted.every((column) => !column.required || column.headers.some((header) => present.has(keyOf(header))));
};

/** The delimiter at which the one header of a file falls into the headers that the table needs. */
const otherDelimiter = (header: Header, wanted: readonly Wanted[]): string | undefined => {
  const [only = ''] = header.names;
  if (header.names.length > 2) return undefined;
  return [';', '\t', ',', '|'].find(
    (mark) => mark !== header.delimiter && only.includes(mark) && hasRequired(only.split(mark), wanted),
  );
};

/** What binding a header came to; undefined `columns` where the rows cannot be read at all. */
export interface Binding {
  readonly columns: readonly BoundColumn[];
  /** The rows are worth looking at. */
  readonly readable: boolean;
}

/**
 * Finds a table's columns among a file's headers, by the plan's `columns`, else the preset's headers, else the canonical
 * names. Everything that is missing or said twice goes to the sink.
 */
export const bindColumns = (
  definition: TableDefinition,
  spec: TableSpec | undefined,
  preset: PresetTable | undefined,
  header: Header,
  sink: Sink,
): Binding => {
  const table = definition.name;
  const wanted = wantedColumns(definition, spec, preset);
  const at = positions(header.names);
  const claimed = new Set(
    wanted.filter((column) => column.said).flatMap((column) => at.get(keyOf(column.headers[0] ?? '')) ?? []),
  );
  const here = { table, file: header.file, line: header.line } as const;
  const other = otherDelimiter(header, wanted);
  if (other !== undefined) {
    const shown = other === '\t' ? '"\\t"' : quote(other);
    sink.add('missing-column', `the header has no ${quote(header.delimiter)} between its columns`, {
      ...here,
      column: 1,
      value: header.names[0],
      expected: `columns apart by ${quote(header.delimiter)}`,
      hint: `\`delimiter: ${shown}\` under data > ${table} reads the file`,
    });
    return { columns: [], readable: false };
  }

  const columns: BoundColumn[] = [];
  const missing: Wanted[] = [];
  for (const column of wanted) {
    const keys = new Set(column.headers.map(keyOf));
    const hits = [...keys].flatMap((key) => at.get(key) ?? []).filter((i) => column.said || !claimed.has(i));
    const [index, second] = hits.sort((a, b) => a - b);
    if (index === undefined) {
      if (column.said) {
        const name = column.headers[0] ?? column.name;
        const near = nearest(name, header.names);
        sink.add(
          'unknown-column',
          `${header.file} has no column ${quote(name)}, which the plan takes for ${column.name}`,
          {
            table,
            ...column.spec?.place,
            value: name,
            hint: near === undefined ? `it has: ${listed(header.names)}` : `did you mean ${quote(near)}?`,
            related: [{ file: header.file, line: header.line, message: 'the header' }],
          },
        );
      } else if (column.required) missing.push(column);
      continue;
    }
    const field = (header.names[index] ?? '').trim();
    if (second !== undefined) {
      const again = (header.names[second] ?? '').trim();
      sink.add('duplicate-column', `the headers ${quote(field)} and ${quote(again)} both mean ${column.name}`, {
        ...here,
        column: header.columnOf(second),
        field: again,
        value: again,
        expected: 'one column for each meaning',
        hint:
          keyOf(field) === keyOf(again)
            ? 'remove or rename one of them'
            : `say which it is: \`columns: { ${column.name}: ${quote(field)} }\` under data > ${table}`,
        related: [
          { file: header.file, line: header.line, column: header.columnOf(index), message: 'the first of them' },
        ],
      });
    }
    const { name, type } = column;
    columns.push({ name, type, index, field, spec: column.spec, preset: column.preset });
  }
  reportMissing(definition, missing, header, preset, columns, sink);
  return { columns, readable: true };
};

const listed = (names: readonly string[]): string => {
  const shown = names.filter((name) => name.trim() !== '').slice(0, 12);
  return `${shown.map((name) => name.trim()).join(', ')}${names.length > shown.length ? ', …' : ''}`;
};

const reportMissing = (
  definition: TableDefinition,
  missing: readonly Wanted[],
  header: Header,
  preset: PresetTable | undefined,
  columns: readonly BoundColumn[],
  sink: Sink,
): void => {
  const taken = new Set(columns.map((column) => column.index));
  const free = header.names.filter((name, i) => name.trim() !== '' && !taken.has(i));
  const fitting = PRESETS.find((candidate) => {
    const table = candidate.tables[definition.name];
    return (
      table !== undefined && table !== preset && hasRequired(header.names, wantedColumns(definition, undefined, table))
    );
  });
  for (const column of missing) {
    const near = column.headers.map((name) => nearest(name, free)).find((name) => name !== undefined);
    const mapping = `\`columns: { ${column.name}: ${quote(near?.trim() ?? '...')} }\` under data > ${definition.name}`;
    sink.add('missing-column', `the column ${column.name} is not in the file`, {
      table: definition.name,
      file: header.file,
      line: header.line,
      column: 1,
      expected: column.headers.map(quote).join(' or '),
      hint:
        fitting !== undefined
          ? `\`preset: ${fitting.name}\` under data > ${definition.name} reads these headers`
          : near !== undefined
            ? `is it ${quote(near.trim())}? then ${mapping}`
            : `${mapping} says which header it is; the file has: ${listed(header.names)}`,
    });
  }
};
