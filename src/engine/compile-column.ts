import type { Type } from '../rules/expression/typed.ts';
import type { Cells } from '../rules/table-data.ts';
import { type RowName, TABLE_OF } from '../rules/tables.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { fraction, mul, type Num } from '../values/num.ts';
import { MONTHS } from '../values/period.ts';
import type { Evaluate } from './compile.ts';
import type { Frame, Value } from './frame.ts';
import { stayOn } from './people.ts';
import { cellsOf, type World } from './world.ts';

/** The cell of the row that the frame points at. */
export const compileColumn = (row: RowName, column: string, type: Type, world: World): Evaluate => {
  const cells = cellsOf(world.tables, TABLE_OF[row], column);
  const noRow = new Missing(`there is no ${row}`);
  const empty = new Missing(`${row}.${column} is empty`);
  if (row === 'split') return splitColumn(column, cells, empty, world);
  if (cells === undefined) {
    const absent = new Missing(`${TABLE_OF[row]} have no column ${column}`);
    return (frame) => (frame[row] < 0 ? noRow : absent);
  }
  if (row === 'deal' && type === 'money') return dealMoney(cells, noRow, empty, world);
  return (frame) => {
    const at = frame[row];
    return at < 0 ? noRow : (cells[at] ?? empty);
  };
};

/** A deal's money is in its own currency; it is converted by the rate of the frame's day. */
const dealMoney = (cells: Cells, noRow: Missing, empty: Missing, world: World): Evaluate => {
  const currencies = cellsOf(world.tables, 'deals', 'currency') as readonly (string | undefined)[] | undefined;
  const plain = (frame: Frame): Value => (frame.deal < 0 ? noRow : (cells[frame.deal] ?? empty));
  if (currencies === undefined) return plain;
  const home = world.plan.currency;
  const noDate = new Missing('the deal has no date whose exchange rate could convert it');
  return (frame) => {
    const value = plain(frame);
    const currency = frame.deal < 0 ? undefined : currencies[frame.deal];
    if (currency === undefined || currency === home || isMissing(value)) return value;
    if (frame.fxDate === undefined) return noDate;
    const converted = world.fx.convert(value as Num, currency, frame.fxDate);
    if (typeof converted !== 'string') return converted.amount;
    world.noRate(frame.deal, currency, converted);
    return new Missing(converted);
  };
};

/** A deal without splits has one: its owner, 100%. */
const splitColumn = (column: string, cells: Cells | undefined, empty: Missing, world: World): Evaluate => {
  const owners = cellsOf(world.tables, 'deals', 'owner');
  const ids = cellsOf(world.tables, 'deals', 'deal_id');
  return (frame) => {
    if (frame.split >= 0) return cells?.[frame.split] ?? empty;
    if (column === 'share') return 1;
    const instead = column === 'person_id' ? owners : column === 'deal_id' ? ids : undefined;
    return instead?.[frame.deal] ?? empty;
  };
};

/** What target pay is worth in a period: its part of the time that it is for. */
const targetPay = (cells: Cells | undefined, world: World): ((row: number, months: number) => Value | undefined) => {
  const per = MONTHS[world.plan.targetPer ?? 'year'];
  return (row, months) => {
    const value = cells?.[row];
    return value === undefined ? undefined : mul(value as Num, fraction(months, per));
  };
};

const peopleColumn = (column: string, world: World): ((row: number, months: number) => Value | undefined) => {
  const cells = cellsOf(world.tables, 'people', column);
  return column === 'target_pay' ? targetPay(cells, world) : (row) => cells?.[row];
};

/** A column of the payee's stay. */
export const compilePayee = (column: string, world: World): Evaluate => {
  const cell = peopleColumn(column, world);
  const none = new Missing(`there is no payee.${column}`);
  const reasons = new Map<string, Missing>();
  return (frame) => {
    const { stay } = frame;
    if (stay === undefined) return none;
    if (stay.row < 0 && column === 'person_id') return stay.person.id;
    const value = stay.row < 0 ? undefined : cell(stay.row, frame.months);
    if (value !== undefined) return value;
    let reason = reasons.get(stay.person.id);
    if (reason === undefined) {
      reason = new Missing(`${column} of ${stay.person.id} is empty`);
      reasons.set(stay.person.id, reason);
    }
    return reason;
  };
};

/** A column of the people row of whoever an id names, on the credit's date. */
export const compilePerson = (id: Evaluate, column: string, world: World): Evaluate => {
  const cell = peopleColumn(column, world);
  return (frame) => {
    const who = id(frame);
    if (isMissing(who)) return who;
    if (frame.date === undefined) return new Missing(`there is no date on which to look ${who} up`);
    const person = world.people.has(who as string) ? world.people.find(who as string) : undefined;
    const stay = person === undefined ? undefined : stayOn(person.stays, frame.date);
    if (stay === undefined) return new Missing(`${who} has no stay in people on that day`);
    if (stay.row < 0) return column === 'person_id' ? stay.person.id : new Missing(`there is no people table`);
    return cell(stay.row, frame.months) ?? new Missing(`${column} of ${who} is empty`);
  };
};
