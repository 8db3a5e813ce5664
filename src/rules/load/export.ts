import type { Sink } from '../../findings/sink.ts';
import { nearest } from '../../values/nearest.ts';
import { checkKeys, readFields, readValues } from '../document/fields.ts';
import { isMapPart, isScalarPart, keyPlace, type Part, partsOf, report } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import { listed, refuse, text } from '../document/shapes.ts';
import type { Account, Export, PayrollColumn, RewardExport } from '../plan.ts';
import { EXPORT_FIELDS, FIXED_FIELDS, PAYROLL_FIELDS, PAYROLL_VALUES, REWARD_EXPORT_FIELDS } from './export-fields.ts';

/** The reward as which adjustments are paid. */
const ADJUSTMENTS = 'adjustments';

/** Reads how payouts are handed on; `rewards` are the plan's, `file` is its own. */
export const readExport = (part: Part<RawMap>, rewards: Iterable<string>, file: string, sink: Sink): Export => {
  checkKeys(part, EXPORT_FIELDS, { what: 'export' }, sink);
  const fields = readValues(part, EXPORT_FIELDS, sink);
  const known = [...rewards, ADJUSTMENTS];
  const byReward = new Map<string, RewardExport>();
  for (const one of fields.rewards === undefined ? [] : partsOf(fields.rewards)) {
    const name = one.key?.text ?? '';
    if (!known.includes(name)) {
      // What the extended plan says of a reward that this one removes hands nothing on.
      if (one.key?.source.file !== file) continue;
      const near = nearest(name, known);
      const hint = near === undefined ? `the plan has ${known.join(', ')}` : `did you mean ${near}?`;
      report(sink, 'unknown-name', `there is no reward ${name}`, one, { hint }, keyPlace(one));
      continue;
    }
    const own = readFields(one, REWARD_EXPORT_FIELDS, { what: 'the export of a reward' }, sink);
    if (own === undefined) continue;
    const expense = own.expense && readAccount(own.expense, sink);
    byReward.set(name, { earningCode: own.earning_code, expense, liability: own.liability });
  }
  return {
    payroll: fields.payroll && readPayroll(fields.payroll, sink),
    expense: fields.expense && readAccount(fields.expense, sink),
    liability: fields.liability,
    rewards: byReward,
    place: keyPlace(part),
  };
};

const readAccount = (part: Part, sink: Sink): Account | undefined => {
  const expected = 'an account such as 6100, or one a department such as { sales: 6100, marketing: 6200 }';
  const account = text(expected, '6100');
  if (!isMapPart(part)) {
    const all = account.read(part, sink);
    return all === undefined ? undefined : { all, byDepartment: new Map() };
  }
  const byDepartment = new Map<string, string>();
  for (const one of partsOf(part)) {
    const own = account.read(one, sink);
    if (own !== undefined) byDepartment.set(one.key?.text ?? '', own);
  }
  return { all: undefined, byDepartment };
};

const readPayroll = (part: Part<RawMap>, sink: Sink): readonly PayrollColumn[] | undefined => {
  const fields = readFields(part, PAYROLL_FIELDS, { what: 'the payroll file' }, sink);
  if (fields?.columns === undefined) return undefined;
  const columns = partsOf(fields.columns).flatMap((one): PayrollColumn[] => {
    const header = one.key?.text ?? '';
    const value = readColumn(one, sink);
    return value === undefined ? [] : [{ header, ...value }];
  });
  // Without these the file pays nobody, or nothing. Where every column is wrong, that is said already.
  const allWrong = columns.length === 0 && fields.columns.value.entries.size > 0;
  for (const needed of ['amount', 'earning_code'] as const) {
    if (!allWrong && columns.every(({ value }) => value !== needed)) {
      const message = `the payroll file has no column with ${needed}`;
      report(sink, 'missing-key', message, fields.columns, { hint: `add a column such as Column: ${needed}` });
    }
  }
  return columns;
};

const readColumn = (part: Part, sink: Sink): Omit<PayrollColumn, 'header'> | undefined => {
  if (isMapPart(part)) {
    const fixed = readFields(part, FIXED_FIELDS, { what: 'a column' }, sink)?.fixed;
    return fixed === undefined ? undefined : { value: 'fixed', fixed };
  }
  const written = isScalarPart(part) ? part.value.text.trim() : '';
  const value = PAYROLL_VALUES.find((each) => each === written);
  if (value !== undefined) return { value, fixed: undefined };
  const near = nearest(written, PAYROLL_VALUES);
  const hint = near === undefined ? 'a text that is the same in every row is { fixed: TEXT }' : `did you mean ${near}?`;
  return refuse(part, sink, listed(PAYROLL_VALUES), hint);
};
