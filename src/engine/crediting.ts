import type { Credit } from '../rules/plan.ts';
import type { Day } from '../values/date.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import type { Num } from '../values/num.ts';
import type { Evaluate } from './compile.ts';
import type { Frame } from './frame.ts';
import { stayOn } from './people.ts';
import type { CreditRow, Person } from './result.ts';
import { cellsOf, placeOfRow, sourceRow, type World } from './world.ts';

/** A credit's expressions, ready to be asked. */
export interface Crediting {
  readonly credit: Credit;
  readonly world: World;
  /** All of them must hold: `when`, and whether a campaign was announced in time. */
  readonly conditions: readonly Evaluate[];
  readonly to: Evaluate | 'company';
  readonly amount: Evaluate | undefined;
  readonly date: Evaluate;
  readonly shareAmong: Evaluate | undefined;
  readonly shareInputs: readonly Evaluate[];
  readonly frame: Frame;
  readonly rows: CreditRow[];
}

/** Sets the frame's dates for the row it points at; a refund is converted at its deal's rate. */
export const date = (crediting: Crediting): void => {
  const { frame } = crediting;
  frame.date = undefined;
  frame.fxDate = undefined;
  const own = crediting.date(frame);
  const day = isMissing(own) ? undefined : (own as Day);
  let fxDay = day;
  if (frame.rootDeal !== frame.deal && frame.lead < 0) {
    const refund = frame.deal;
    frame.deal = frame.rootDeal;
    const of = crediting.date(frame);
    fxDay = isMissing(of) ? undefined : (of as Day);
    frame.deal = refund;
  }
  frame.date = day;
  frame.fxDate = fxDay;
};

/** Whether its conditions hold; a missing one is read as no. */
export const isMet = ({ conditions, frame }: Crediting): boolean => {
  for (const condition of conditions) if (condition(frame) !== true) return false;
  return true;
};

/** Adds the credit that the frame points at, or says what it lacks. */
export const giveCredit = (crediting: Crediting, amount: Num | Missing | string | boolean | undefined): void => {
  const { credit, frame, world, rows } = crediting;
  if (frame.date === undefined) {
    lacks(crediting, 'date', crediting.date(frame) as Missing);
    return;
  }
  let person: Person | undefined;
  if (crediting.to !== 'company') {
    const id = crediting.to(frame);
    if (isMissing(id)) {
      lacks(crediting, 'to', id);
      return;
    }
    person = findPerson(crediting, id as string);
    if (person === undefined) return;
  }
  if (amount !== undefined && isMissing(amount)) {
    lacks(crediting, 'amount', amount);
    return;
  }
  if (person !== undefined && stayOn(person.stays, frame.date) === undefined) warnOutside(crediting, person);
  rows.push({
    credit,
    index: rows.length,
    person,
    date: frame.date,
    fxDate: frame.fxDate ?? frame.date,
    amount: amount as Num | undefined,
    count: credit.each === 'lead' ? 1 : (world.refunds.count[frame.deal] as number),
    deal: frame.deal,
    attribution: frame.attribution,
    campaign: frame.campaign,
    lead: frame.lead,
    split: frame.split,
    rootDeal: frame.rootDeal,
    foreign: foreignOf(crediting),
  });
};

const foreignOf = ({ frame, world }: Crediting): CreditRow['foreign'] => {
  if (frame.deal < 0) return undefined;
  const currency = world.currencyOf(frame.deal);
  if (currency === undefined || frame.fxDate === undefined) return undefined;
  const rate = world.fx.rate(currency.code, world.plan.currency, frame.fxDate);
  const amount = cellsOf(world.tables, 'deals', 'amount')?.[frame.deal] as Num | undefined;
  if (typeof rate === 'string' || amount === undefined) return undefined;
  return { currency: currency.code, digits: currency.digits, amount, rate };
};

const findPerson = (crediting: Crediting, id: string): Person | undefined => {
  const { world, frame, credit } = crediting;
  const person = world.people.find(id);
  if (person !== undefined) return person;
  const source = sourceRow(world.tables, credit.each, frame);
  if (source !== undefined) {
    world.sink.add('unknown-person', `"${id}" is credited with ${credit.name} and is not in people`, {
      ...placeOfRow(source.table, source.row, fieldOf(crediting, 'to'), id),
      expected: `a person_id of ${world.tables.get('people')?.file ?? 'people.csv'}`,
      hint: 'add a row for this person, or correct the id',
    });
  }
  return undefined;
};

const warnOutside = ({ world, frame, credit }: Crediting, person: Person): void => {
  const source = sourceRow(world.tables, credit.each, frame);
  if (source === undefined) return;
  world.sink.add(
    'outside-stays',
    `${person.id} is credited with ${credit.name} on a day outside all of their stays: nobody is paid for it`,
    {
      ...placeOfRow(source.table, source.row),
      value: person.id,
      hint: 'correct starts_on or ends_on in people, or give the credit to somebody else',
    },
  );
};

/** The column that an expression simply reads, to name the cell. */
const fieldOf = ({ credit }: Crediting, key: 'to' | 'amount' | 'date'): string | undefined => {
  const expression = credit[key];
  if (expression === undefined || expression === 'company') return undefined;
  const { node } = expression;
  return node.kind === 'column' ? node.column : undefined;
};

/** A row whose deal or campaign is not there: that has been said, and is the reason for all that it lacks. */
const pointsNowhere = ({ world, frame, credit }: Crediting): boolean => {
  const source = sourceRow(world.tables, credit.each, frame);
  if (source === undefined) return false;
  const pointed = (column: string): boolean => source.table.columns.get(column)?.[source.row] !== undefined;
  const reaches = credit.each === 'attribution' || credit.each === 'lead';
  return reaches && ((frame.campaign < 0 && pointed('campaign_id')) || (frame.deal < 0 && pointed('deal_id')));
};

/** A credit needs a date, somebody it goes to, and (leads aside) an amount. */
export const lacks = (crediting: Crediting, key: 'to' | 'amount' | 'date', missing: Missing): void => {
  const { world, frame, credit } = crediting;
  // What could not be converted has been said where it was tried.
  if (key === 'amount' && world.hasNoRate(frame.deal)) return;
  if (pointsNowhere(crediting)) return;
  const expression = credit[key];
  const onDeal =
    expression !== undefined &&
    expression !== 'company' &&
    expression.node.kind === 'column' &&
    expression.node.row === 'deal';
  const source = sourceRow(world.tables, onDeal && frame.deal >= 0 ? 'deal' : credit.each, frame);
  if (source === undefined) return;
  const needs = key === 'to' ? 'somebody to credit' : key === 'date' ? 'a date' : 'an amount';
  world.sink.add('missing-cell', `${missing.reason}, and the credit ${credit.name} needs ${needs}`, {
    ...placeOfRow(source.table, source.row, fieldOf(crediting, key)),
    value: '',
    hint: `fill the cell in, or leave such rows out of ${credit.name} with a condition`,
  });
};
