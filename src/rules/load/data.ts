import type { Sink } from '../../findings/sink.ts';
import { parseDatePattern } from '../../values/date-pattern.ts';
import { parseNumberFormat } from '../../values/number-format.ts';
import type { PeriodKind } from '../../values/period.ts';
import { asMap, checkKeys, readValues } from '../document/fields.ts';
import { isMapPart, keyPlace, type Part, partAt } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { refuse } from '../document/shapes.ts';
import type { ColumnSpec, TableSpec } from '../plan.ts';
import { TABLES, type TableDefinition, type TableName } from '../tables.ts';
import { readColumns } from './columns.ts';
import { DATA_FIELDS, DATA_SECTION, fieldsOfTable } from './data-fields.ts';
import type { Naming } from './naming.ts';

export interface Data {
  readonly tables: ReadonlyMap<TableName, TableSpec>;
  readonly targetPer: PeriodKind | undefined;
  readonly quotaProrate: 'days' | 'none' | undefined;
  /** Columns that the plan means to have, but which could not be read. */
  readonly wrong: readonly string[];
}

type ResolvePath = (fromFile: string, path: string) => string;

/** Reads how the plan places and reads its tables. */
export const readData = (
  section: Part<RawMap> | undefined,
  resolvePath: ResolvePath,
  naming: Naming,
  sink: Sink,
): Data => {
  const tables = new Map<TableName, TableSpec>();
  if (section === undefined) return { tables, targetPer: undefined, quotaProrate: undefined, wrong: [] };
  checkKeys(section, DATA_SECTION, { what: 'data' }, sink);
  for (const table of TABLES) {
    const part = partAt(section, table.name);
    const fields = fieldsOfTable(table.name);
    const map = part && asMap(part, fields, table.name, sink);
    if (map === undefined) continue;
    checkKeys(map, fields, { what: `data: ${table.name}`, elsewhere: elsewhere(table.name) }, sink);
    tables.set(table.name, readTable(map, table, resolvePath, naming, sink));
  }
  const wrong = TABLES.flatMap(({ name, columns: own }) => {
    const given = columnsPart(partAt(section, name))?.value.entries.keys() ?? [];
    const read = tables.get(name)?.columns;
    return [...given].filter((column) => read?.has(column) !== true && !own.some((one) => one.name === column));
  });
  const people = partAt(section, 'people');
  const quotas = partAt(section, 'quotas');
  return {
    tables,
    targetPer: readOne(people, { target_per: DATA_FIELDS.people.target_per }, sink)?.target_per,
    wrong,
    quotaProrate: readOne(quotas, { prorate: DATA_FIELDS.quotas.prorate }, sink)?.prorate,
  };
};

const columnsPart = (table: Part | undefined): Part<RawMap> | undefined => {
  const columns = table !== undefined && isMapPart(table) ? partAt(table, 'columns') : undefined;
  return columns !== undefined && isMapPart(columns) ? columns : undefined;
};

/** Keys that only one table has. */
const OWNERS: ReadonlyMap<string, TableName> = new Map([
  ['target_per', 'people'],
  ['prorate', 'quotas'],
  ['max_age', 'fx'],
]);

const elsewhere =
  (table: TableName) =>
  (key: string): string | undefined => {
    const owner = OWNERS.get(key);
    return owner === undefined || owner === table ? undefined : `${key}: belongs to ${owner}, not to ${table}`;
  };

const readOne = <F extends Parameters<typeof readValues>[1]>(part: Part | undefined, fields: F, sink: Sink) =>
  part?.value.kind === 'map' ? readValues({ ...part, value: part.value }, fields, sink) : undefined;

const readTable = (
  part: Part<RawMap>,
  table: TableDefinition,
  resolvePath: ResolvePath,
  naming: Naming,
  sink: Sink,
): TableSpec => {
  const read = readValues(part, DATA_FIELDS.table, sink);
  const file = partAt(part, 'file');
  const { max_age: maxAge } =
    table.name === 'fx' ? readValues(part, { max_age: DATA_FIELDS.fx.max_age }, sink) : { max_age: undefined };
  return {
    table: table.name,
    file: read.file === undefined || file === undefined ? undefined : resolvePath(file.value.source.file, read.file),
    preset: read.preset,
    columns:
      read.columns === undefined ? new Map<string, ColumnSpec>() : readColumns(read.columns, table, naming, sink),
    delimiter: checked(
      part,
      'delimiter',
      read.delimiter && delimiterOf(read.delimiter),
      'one character such as ; or tab',
      sink,
    ),
    encoding: read.encoding,
    numbers: checked(
      part,
      'numbers',
      read.numbers && parseNumberFormat(read.numbers) && read.numbers,
      'a number as the file writes it, such as 1.234,56',
      sink,
    ),
    dates: checked(
      part,
      'dates',
      read.dates && parseDatePattern(read.dates) && read.dates,
      'a pattern such as DD/MM/YYYY, with year, month and day',
      sink,
    ),
    timezone: checked(
      part,
      'timezone',
      read.timezone && zoneName(read.timezone),
      'a time zone such as Europe/Berlin',
      sink,
    ),
    maxAge,
    place: keyPlace(part),
    placeOf: (key) => placeOf((partAt(part, key) ?? part).value),
  };
};

/** A value that has passed its own test; says what is expected where it has not. */
const checked = (
  part: Part<RawMap>,
  key: string,
  value: string | undefined,
  expected: string,
  sink: Sink,
): string | undefined => {
  const given = partAt(part, key);
  // An empty or broken value is refused by its shape already.
  const isText = given?.value.kind === 'scalar' && given.value.text.trim() !== '' && !given.value.broken;
  if (value === undefined && given !== undefined && isText) refuse(given, sink, expected);
  return value;
};

const delimiterOf = (text: string): string | undefined => {
  if (text === 'tab' || text === '\\t') return '\t';
  return /^[^\w"'\r\n.+-]$/u.test(text) ? text : undefined;
};

const zoneName = (text: string): string | undefined =>
  /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(text) ? text : undefined;
