import type { Num } from '../values/num.ts';
import { type Period, parsePeriod } from '../values/period.ts';
import { stayOn } from './people.ts';
import type { Line, Person, Stay } from './result.ts';
import { placeOfRow, type World } from './world.ts';

/** Checks every adjustment, and says which lie in no computed period. */
export const checkAdjustments = (world: World, periods: readonly Period[]): void => {
  const table = world.tables.get('adjustments');
  if (table === undefined) return;
  const { plan, sink, people } = world;
  const paid = new Set(periods.map((period) => period.label));
  for (let row = 0; row < table.rowCount; row++) {
    const cell = (name: string) => table.columns.get(name)?.[row];
    const bad = (field: string, message: string, expected: string): void =>
      sink.add('invalid-adjustment', message, {
        ...placeOfRow(table, row, field, String(cell(field) ?? '')),
        expected,
      });
    const id = cell('person_id') as string | undefined;
    const label = cell('period') as string | undefined;
    if (id === undefined) bad('person_id', 'an adjustment is for nobody', 'a person_id');
    else if (people.known && !people.has(id)) bad('person_id', `"${id}" is not in people`, 'a person_id of people');
    if (cell('amount') === undefined) bad('amount', 'an adjustment has no amount', 'an amount');
    if (cell('reason') === undefined) bad('reason', 'an adjustment says no reason', 'why it is paid');
    if (cell('approved_by') === undefined) bad('approved_by', 'nobody approved an adjustment', 'who approved it');
    else if (cell('approved_by') === id)
      bad('approved_by', `${id} approved an adjustment of their own`, 'somebody else');
    const period = label === undefined ? undefined : parsePeriod(label, plan.fiscalYearStarts);
    if (period === undefined || period.kind !== plan.period) {
      bad(
        'period',
        `"${label ?? ''}" is not one of the plan’s periods, which are paid by the ${plan.period}`,
        `a ${plan.period} such as ${periods[0]?.label ?? '2026-Q1'}`,
      );
    } else if (!paid.has(period.label)) {
      sink.add(
        'adjustment-not-paid',
        `an adjustment for ${id} is in ${period.label}, which is not computed in this run`,
        {
          ...placeOfRow(table, row, 'period', label),
          row: undefined,
          severity: 'note',
          hint: `compute it with --period ${period.label}`,
        },
      );
    }
  }
};

/** The adjustments of a period, as lines: outside of caps and links. */
export const adjustmentsIn = (world: World, period: Period): ReadonlyMap<Person, readonly Line[]> => {
  const lines = new Map<Person, Line[]>();
  const table = world.tables.get('adjustments');
  if (table === undefined) return lines;
  for (let row = 0; row < table.rowCount; row++) {
    const cell = (name: string) => table.columns.get(name)?.[row];
    const person = world.people.find(cell('person_id') as string);
    if (person === undefined || cell('period') !== period.label) continue;
    const amount = cell('amount') as Num;
    const place = { file: table.file, line: table.lines[row] };
    const line: Line = {
      kind: 'adjustment',
      person,
      stay: stayFor(person, period),
      credit: undefined,
      counted: undefined,
      accumulatedBefore: undefined,
      rate: undefined,
      parts: undefined,
      stair: undefined,
      stoodAt: undefined,
      exactBase: amount,
      base: amount,
      links: [],
      factor: 1,
      amount,
      timePart: undefined,
      pool: undefined,
      rule: place,
      source: place,
      reason: cell('reason') as string,
      tail: false,
      payee: undefined,
      reader: undefined,
    };
    const own = lines.get(person);
    if (own === undefined) lines.set(person, [line]);
    else own.push(line);
  }
  return lines;
};

/** The stay on the period's last day, else the last one before it, else the first after it. */
const stayFor = (person: Person, period: Period): Stay => {
  const held = stayOn(person.stays, period.to);
  if (held !== undefined) return held;
  const before = person.stays.filter((stay) => stay.to <= period.to);
  const last = before.reduce<Stay | undefined>(
    (best, stay) => (best === undefined || stay.to > best.to ? stay : best),
    undefined,
  );
  return last ?? (person.stays[0] as Stay);
};
