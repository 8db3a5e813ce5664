import type { Sink } from '../../findings/sink.ts';
import { nearest } from '../../values/nearest.ts';
import { readFields } from '../document/fields.ts';
import { isMapPart, isScalarPart, keyPlace, type Part, partAt, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { exactText, refuse } from '../document/shapes.ts';
import type { Type } from '../expression/typed.ts';
import type { ColumnSpec } from '../plan.ts';
import type { CellType, ColumnDefinition, TableDefinition } from '../tables.ts';
import { COLUMN_FIELDS } from './column-fields.ts';
import type { Naming } from './naming.ts';

/** Reads the columns of a table: headers of the language's own columns, and further ones with their types. */
export const readColumns = (
  section: Part<RawMap>,
  table: TableDefinition,
  naming: Naming,
  sink: Sink,
): Map<string, ColumnSpec> => {
  const columns = new Map<string, ColumnSpec>();
  for (const part of partsOf(section)) {
    const name = part.key?.text ?? '';
    const definition = table.columns.find((column) => column.name === name);
    if (definition === undefined && !naming.give(name, 'column', part)) continue;
    const spec = readColumn(name, part, sink);
    if (spec !== undefined && fits(spec, definition, table, part, sink)) columns.set(name, spec);
  }
  return columns;
};

const readColumn = (name: string, part: Part, sink: Sink): ColumnSpec | undefined => {
  const plain = { name, type: undefined, values: undefined, round: false, percent: false, place: placeOf(part.value) };
  if (!isMapPart(part)) {
    const header = exactText('the header in the file', 'Close Date').read(part, sink);
    return header === undefined ? undefined : { ...plain, header };
  }
  const read = readFields(part, COLUMN_FIELDS, { what: 'a column' }, sink);
  return (
    read && {
      ...plain,
      header: read.column,
      type: read.type,
      values: read.values && readMeanings(read.values, sink),
      round: read.round ?? false,
      percent: read.unit === 'percent',
    }
  );
};

/** Values as they stand in the file → what they mean; nothing is a meaning too. */
const readMeanings = (section: Part<RawMap>, sink: Sink): Map<string, string> => {
  const meanings = new Map<string, string>();
  for (const part of partsOf(section)) {
    if (isScalarPart(part))
      meanings.set((part.key?.text ?? '').trim().normalize('NFC'), part.value.text.trim().normalize('NFC'));
    else refuse(part, sink, 'what this value means, as a text');
  }
  return meanings;
};

/** The type that expressions see in a column. */
export const typeOfCell = (type: CellType): Type => {
  switch (type) {
    case 'id':
    case 'period':
    case 'currency':
      return 'text';
    case 'amount':
      return 'number';
    default:
      return type;
  }
};

const fits = (
  spec: ColumnSpec,
  own: ColumnDefinition | undefined,
  table: TableDefinition,
  part: Part,
  sink: Sink,
): boolean => {
  const at = (key: string): Part => (isMapPart(part) ? partAt(part, key) : undefined) ?? part;
  const typeIsWrong = isMapPart(part) && part.value.entries.has('type') && spec.type === undefined;
  if (typeIsWrong) return false;
  if (own === undefined && spec.type === undefined) {
    const near = nearest(
      spec.name,
      table.columns.map((column) => column.name),
    );
    const header = spec.header ?? spec.name;
    const typed = `${spec.name}: { column: ${JSON.stringify(header)}, type: number }`;
    const hint =
      near === undefined
        ? `for a column of your own, say its type: ${typed}`
        : `did you mean ${near}? Else say its type: ${typed}`;
    report(sink, 'unknown-column', `${table.name} has no column "${spec.name}"`, part, { hint }, keyPlace(part));
    return false;
  }
  if (own !== undefined && spec.type !== undefined && spec.type !== typeOfCell(own.type)) {
    const message = `${table.name}.${own.name} is ${own.type}; a plan cannot change that to ${spec.type}`;
    report(sink, 'type-mismatch', message, at('type'), {
      hint: 'leave type: out, or give the column a name of its own',
    });
    return false;
  }
  const type = own === undefined ? spec.type : own.type;
  if (spec.percent && type !== 'number') {
    report(sink, 'invalid-value', `unit: percent is for numbers; ${spec.name} is ${type}`, at('unit'));
    return false;
  }
  if (spec.round && type !== 'money' && type !== 'amount') {
    report(sink, 'invalid-value', `round: is for money; ${spec.name} is ${type}`, at('round'));
    return false;
  }
  return true;
};
