import type { Sink } from '../findings/sink.ts';
import type { Reward } from '../rules/plan.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { add, compare, div, mul, type Num, roundWhole, sub } from '../values/num.ts';
import { daysIn, MONTHS, type Period } from '../values/period.ts';
import type { Crossing } from './crossing.ts';
import type { Engine } from './engine.ts';
import { emptyFrame, type Frame } from './frame.ts';
import { Links } from './link.ts';
import { daysWithin, type Segment } from './people.ts';
import { type View, ViewReader } from './reader.ts';
import type { Line, Person, Stay } from './result.ts';

/** One payee of a reward in one period: when they held the job, and how results are read for them. */
export interface Payee {
  readonly reward: Reward;
  readonly person: Person;
  readonly period: Period;
  /** The stays for which `who` holds, all of them and those that touch the period. */
  readonly holding: readonly Stay[];
  readonly inPeriod: readonly Stay[];
  /** The one whose columns caps are read with, and whose department a line of no other stay belongs to. */
  readonly lastStay: Stay;
  readonly frame: Frame;
  readonly links: Links;
  /** What results are read through, for all days in `who`, from one of the stays: with its team. */
  readonly readerOf: (stay: Stay) => ViewReader;
}

/** Reads results for a payee from any of the stays, by one reader for each. */
export const readers = (engine: Engine, view: Omit<View, 'stay' | 'team'>): Payee['readerOf'] => {
  const { person, creditDays, quotaDays, period, within, log } = view;
  // Nearly everybody has one stay, and this is asked for every payee of every run.
  let last: { readonly stay: Stay; readonly reader: ViewReader } | undefined;
  let known: Map<Stay, ViewReader> | undefined;
  return (stay) => {
    if (last?.stay === stay) return last.reader;
    known ??= new Map();
    let reader = known.get(stay);
    if (reader === undefined) {
      reader = new ViewReader(engine, { person, creditDays, quotaDays, stay, team: stay.team, period, within, log });
      known.set(stay, reader);
    }
    last = { stay, reader };
    return reader;
  };
};

/** Points the frame at one of the payee's stays: its columns, and its team where results are read. */
export const stand = ({ frame, readerOf }: Payee, stay: Stay): void => {
  frame.stay = stay;
  frame.reader = readerOf(stay);
};

/** A person as a payee of a reward: whoever `who` holds for on one of the period's days (with `prorate: none`: on its last). */
export const payeeOf = (
  engine: Engine,
  reward: Reward,
  period: Period,
  person: Person,
  crossing: Crossing,
): Payee | undefined => {
  const holding = engine.groups.holding(reward.who, person);
  if (holding.length === 0) return undefined;
  const touching = holding.filter((stay) => stay.from <= period.to && period.from <= stay.to);
  const whole = reward.prorate === 'none' && reward.body !== 'credit';
  const inPeriod = whole ? touching.filter((stay) => stay.from <= period.to && period.to <= stay.to) : touching;
  const lastStay = lastOf(inPeriod, whole);
  if (lastStay === undefined) return undefined;
  const frame = emptyFrame(MONTHS[period.kind]);
  frame.period = period;
  frame.date = period.to;
  const readerOf = readers(engine, {
    person,
    creditDays: whole ? undefined : holding,
    quotaDays: whole ? undefined : holding,
    period,
    within: undefined,
    log: engine.logOf(period),
  });
  frame.stay = lastStay;
  frame.reader = readerOf(lastStay);
  const links = new Links(engine, reward.links, crossing, reward.body === 'pool');
  return { reward, person, period, holding, inPeriod, lastStay, frame, links, readerOf };
};

/** The stay that ends last; of those on the last day, when that alone decides, the first. */
export const lastOf = (stays: readonly Stay[], whole: boolean): Stay | undefined => {
  if (whole) return stays[0];
  let last: Stay | undefined;
  for (const stay of stays) if (last === undefined || stay.to > last.to) last = stay;
  return last;
};

/** The part of a period's days that segments hold on, each day with its share. */
export const partOf = (segments: readonly Segment[], period: Period): Num =>
  div(daysWithin(segments, period.from, period.to), daysIn(period)) as Num;

/** Says that a payout has no answer: whose, of which reward, and why. */
export const sayMissing = (sink: Sink, reward: Reward, person: Person, period: Period, missing: Missing): void => {
  sink.add('missing-payout', `${reward.name} of ${person.id} in ${period.label} has no answer: ${missing.reason}`, {
    ...reward.place,
    path: `rewards > ${reward.name}`,
    hint: 'bring the missing figure, or write what then: when_missing on a link, coalesce(value, instead) elsewhere',
  });
};

/** A line of nothing but an amount, such as a cap's. */
export const plainLine = (payee: Payee, kind: Line['kind'], amount: Num): Line =>
  bareLine(payee, payee.lastStay, kind, amount, payee.readerOf(payee.lastStay));

/** The same of which nobody will ask how it came about: the sum of several, say. */
export const sumLine = (payee: Payee, stay: Stay, kind: Line['kind'], amount: Num): Line =>
  bareLine(payee, stay, kind, amount, undefined);

const bareLine = (payee: Payee, stay: Stay, kind: Line['kind'], amount: Num, reader: ViewReader | undefined): Line => ({
  kind,
  person: payee.person,
  stay,
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
  rule: payee.reward.place,
  source: undefined,
  reason: undefined,
  tail: false,
  payee: reader && payee,
  reader,
});

/** Holds the sum of a payee's lines below the cap and above the guarantee, by a line of its own for each. */
export const limit = (engine: Engine, payee: Payee, lines: Line[]): void => {
  const { reward, person, period, frame } = payee;
  if (reward.cap === undefined && reward.guarantee === undefined) return;
  stand(payee, payee.lastStay);
  const part = reward.prorate === 'none' ? 1 : partOf(payee.inPeriod, period);
  const ask = (expression: Reward['cap']): Num | undefined => {
    if (expression === undefined) return undefined;
    const value = engine.compiler.compile(expression.node)(frame);
    if (isMissing(value)) {
      sayMissing(engine.sink, reward, person, period, value);
      return undefined;
    }
    return roundWhole(mul(value as Num, part), engine.plan.rounding);
  };
  const cap = ask(reward.cap);
  const guarantee = ask(reward.guarantee);
  if (cap !== undefined && guarantee !== undefined && compare(guarantee, cap) > 0) {
    engine.sink.add(
      'guarantee-above-cap',
      `the guarantee of ${reward.name} is above its cap for ${person.id} in ${period.label}`,
      {
        ...(reward.guarantee ?? reward).place,
        path: `rewards > ${reward.name}`,
      },
    );
    return;
  }
  let sum: Num = 0;
  for (const line of lines) if (!line.tail) sum = add(sum, line.amount);
  if (cap !== undefined && compare(sum, cap) > 0) {
    lines.push({
      ...plainLine(payee, 'cap', sub(cap, sum)),
      counted: cap,
      accumulatedBefore: sum,
      rule: (reward.cap ?? reward).place,
    });
    sum = cap;
  }
  if (guarantee !== undefined && compare(sum, guarantee) < 0) {
    lines.push({
      ...plainLine(payee, 'guarantee', sub(guarantee, sum)),
      counted: guarantee,
      accumulatedBefore: sum,
      rule: (reward.guarantee ?? reward).place,
    });
  }
};
