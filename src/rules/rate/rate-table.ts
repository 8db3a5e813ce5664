import type { Place } from '../../findings/finding.ts';
import { field, readFields, required } from '../document/fields.ts';
import { keyPlace, partsOf } from '../document/part.ts';
import { formula, names, refuse } from '../document/shapes.ts';
import type { Known } from '../expression/typed.ts';
import type { Expression } from '../plan.ts';
import type { RateKind } from './model.ts';

/** A rate looked up by a value; for what the table lacks, `otherwise`, else missing. */
export interface RateTable {
  readonly kind: 'table';
  readonly by: Expression;
  readonly rows: ReadonlyMap<Known, Expression>;
  readonly otherwise: Expression | undefined;
  readonly place: Place;
}

const FIELDS = {
  by: required(formula('any'), 'what the rate is looked up by, such as deal.product'),
  table: required(
    names({ kind: 'expression', type: 'number' }, 'a map such as { pumps: 4%, spares: 6% }'),
    'the rate of each value',
  ),
  else: field(formula('number'), 'the rate of what the table lacks; missing where not said'),
} as const;

export const rateTable: RateKind<RateTable> = {
  kind: 'table',
  doc: 'a rate looked up by a value',
  key: 'table',
  fields: FIELDS,
  read: (part, reading) => {
    const { reader, type, line } = reading;
    const fields = readFields(part, FIELDS, { what: 'a rate table' }, reader.sink);
    const by =
      fields?.by &&
      reader.expression(fields.by, ['text', 'boolean', 'number', 'date'], line('what a rate is looked up by'));
    const otherwise = fields?.else && reader.expression(fields.else, [type], line('a rate'));
    if (fields?.table === undefined) return undefined;
    const rows = new Map<Known, Expression>();
    let complete = true;
    for (const row of partsOf(fields.table)) {
      const given = formula('a rate').read(row, reader.sink);
      const value = given && reader.expression(given, [type], line('a rate'));
      // Texts are looked up to the letter; anything else is a literal of the type that is looked up.
      const text = row.key?.text.trim().normalize('NFC') ?? '';
      const keyed = row.key === undefined || by === undefined || by.type === 'text' ? text : undefined;
      const key =
        keyed ??
        (row.key &&
          by &&
          reader.constant({ value: row.key, key: row.key, path: row.path }, [by.type], 'a key of a rate table'));
      if (value === undefined || key === undefined) complete = false;
      else rows.set(key, value);
    }
    if (fields.table.value.entries.size === 0)
      refuse(fields.table, reader.sink, 'at least one row, as in { pumps: 4% }');
    const elseFailed = fields.else !== undefined && otherwise === undefined;
    if (by === undefined || !complete || elseFailed) return undefined;
    return { kind: 'table', by, rows, otherwise, place: keyPlace(part) };
  },
};
