import { curveAt } from '../rules/curve.ts';
import type { Known, Node } from '../rules/expression/typed.ts';
import type { CreditReward } from '../rules/plan.ts';
import type { RateSteps } from '../rules/rate/kinds.ts';
import type { Day } from '../values/date.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { equal, mul, type Num, roundWhole } from '../values/num.ts';
import { MONTHS, type Period, periodOf } from '../values/period.ts';
import type { Engine } from './engine.ts';
import { type Frame, showCredit, type Value } from './frame.ts';
import { between } from './ledger.ts';
import { stayOn } from './people.ts';
import type { CreditRow, Line } from './result.ts';
import { type Payee, sayMissing, stand } from './reward.ts';
import { type Keep, type Stair, Walk } from './steps.ts';
import { traced } from './trace.ts';
import { sourceRow } from './world.ts';

/**
 * The lines that a per-credit reward pays one payee in a period: a line for each credit, in order of date. `more` are credits
 * of the period's last day that nobody has: what they would pay on top.
 */
export const payCredits = (engine: Engine, payee: Payee, lines: Line[], more: readonly CreditRow[] = []): void => {
  const { rate } = payee.reward as CreditReward;
  const { earlier, own } = creditsOf(engine, payee, more);
  const walk = rate.kind === 'steps' ? walkFor(engine, payee, rate) : undefined;
  for (const row of walk === undefined ? [] : earlier) walk?.pass(countedBy(engine, payee, row));
  if (walk?.foresees) for (const row of own) walk.foresee(countedBy(engine, payee, row));
  for (const row of own) {
    const made = lineFor(engine, payee, row, walk);
    if (isMissing(made)) {
      sayMissing(engine.sink, payee.reward, payee.person, payee.period, made);
      return;
    }
    lines.push(made);
  }
};

/** A payee's credits that the reward pays in the period, and those before it in which its steps have accumulated; by date. */
export const creditsOf = (
  engine: Engine,
  payee: Payee,
  more: readonly CreditRow[] = [],
): { readonly earlier: readonly CreditRow[]; readonly own: readonly CreditRow[] } => {
  const { period } = payee;
  const wide = accumulatedOver(engine, payee.reward as CreditReward, period);
  const credits = paidCredits(engine, payee, wide, period);
  if (more.length > 0) credits.push(...paidOf(engine, payee, more));
  if (wide.from === period.from) return { earlier: [], own: credits };
  const first = credits.findIndex((row) => row.date >= period.from);
  return first < 0 ? { earlier: credits, own: [] } : { earlier: credits.slice(0, first), own: credits.slice(first) };
};

/** A payee at the foot of a rate's steps. */
export const walkFor = (engine: Engine, payee: Payee, steps: RateSteps, keep?: Keep): Walk =>
  new Walk(engine, payee, steps, accumulatedOver(engine, payee.reward as CreditReward, payee.period), keep);

/** The period over which a reward's steps accumulate: its own, or a longer one around it. */
const accumulatedOver = ({ plan }: Engine, { rate }: CreditReward, period: Period): Period => {
  if (rate.kind !== 'steps' || rate.accumulate === 'none' || MONTHS[rate.accumulate] <= MONTHS[period.kind])
    return period;
  return periodOf(period.from, rate.accumulate, plan.fiscalYearStarts);
};

/**
 * The steps of a reward as they are for a payee, and how far up them everything has led that the payee has by the period's
 * end; undefined where there are none, or where nothing accumulates on them.
 */
export const wayUp = (
  engine: Engine,
  payee: Payee,
): { readonly stair: Stair; readonly accumulated: Num } | Missing | undefined => {
  const reward = payee.reward as CreditReward;
  if (reward.rate.kind !== 'steps' || reward.rate.accumulate === 'none') return undefined;
  const { period } = payee;
  const wide = accumulatedOver(engine, reward, period);
  const walk = new Walk(engine, payee, reward.rate, wide);
  for (const row of paidCredits(engine, payee, wide, period)) walk.pass(countedBy(engine, payee, row));
  stand(payee, payee.lastStay);
  return walk.way(payee.lastStay);
};

/** The payee's credits between two periods' ends that the reward pays: dated while `who` held, and with `when` met. */
const paidCredits = (engine: Engine, payee: Payee, wide: Period, period: Period): CreditRow[] => {
  const { credit } = payee.reward as CreditReward;
  return paidOf(engine, payee, between(engine.ledger.of(credit, payee.person), wide.from, period.to));
};

const paidOf = (engine: Engine, payee: Payee, rows: readonly CreditRow[]): CreditRow[] => {
  const reward = payee.reward as CreditReward;
  const when = reward.when && traced(reward.when, engine.compiler.compile(reward.when.node), engine.trace);
  const { frame, holding } = payee;
  return rows.filter((row) => {
    const stay = stayOn(holding, row.date);
    if (stay === undefined) return false;
    if (when === undefined) return true;
    stand(payee, stay);
    showCredit(frame, row);
    return when(frame) === true;
  });
};

const line = (engine: Engine, payee: Payee, row: CreditRow, frame: Frame, pay: Pay, tail: boolean): Line | Missing => {
  const { rounding } = engine.plan;
  const base = roundWhole(pay.exact, rounding);
  const linked = payee.links.apply(pay.exact, base, frame);
  if (isMissing(linked)) return linked;
  const source = sourceRow(engine.world.tables, row.credit.each, row);
  return {
    kind: 'credit',
    person: payee.person,
    stay: frame.stay ?? payee.lastStay,
    credit: row,
    counted: pay.counted,
    accumulatedBefore: pay.before,
    rate: pay.rate,
    parts: pay.parts,
    stair: pay.stair,
    stoodAt: pay.stoodAt,
    exactBase: pay.exact,
    base,
    links: linked.effects,
    factor: linked.factor,
    amount: roundWhole(linked.exact, rounding),
    timePart: undefined,
    pool: undefined,
    rule: payee.reward.place,
    source: source && { file: source.table.file, line: source.table.lines[source.row] },
    reason: undefined,
    tail,
    payee,
    reader: payee.readerOf(frame.stay ?? payee.lastStay),
  };
};

/** What a line pays before its links. */
interface Pay {
  readonly exact: Num;
  readonly rate: Num;
  readonly counted: Num | undefined;
  readonly before: Num | undefined;
  readonly parts: Line['parts'];
  readonly stair: Line['stair'];
  readonly stoodAt: Line['stoodAt'];
}

/** What a pay has of steps where there are none. */
const NO_STEPS = {
  counted: undefined,
  before: undefined,
  parts: undefined,
  stair: undefined,
  stoodAt: undefined,
} as const;

/** Points the payee's frame at a credit, and at the stay that holds on a day. */
export const show = (payee: Payee, row: CreditRow, day: Day): void => {
  stand(payee, stayOn(payee.holding, day) ?? payee.lastStay);
  showCredit(payee.frame, row);
};

const lineFor = (engine: Engine, payee: Payee, row: CreditRow, walk: Walk | undefined): Line | Missing => {
  const pay = payFor(engine, payee, row, walk);
  return isMissing(pay) ? pay : line(engine, payee, row, payee.frame, pay, false);
};

const payFor = (engine: Engine, payee: Payee, row: CreditRow, walk: Walk | undefined): Pay | Missing => {
  show(payee, row, row.date);
  return walk === undefined ? flatPay(engine, payee, row) : steppedPay(engine, payee, row, walk);
};

/** amount × rate, or money per credit: a refund takes a `pay` back when it completes the taking back, before that nothing. */
const flatPay = (engine: Engine, payee: Payee, row: CreditRow): Pay | Missing => {
  const rate = flatRate(engine, payee, row);
  if (isMissing(rate)) return rate;
  const times = timesOf(engine, payee, row);
  return isMissing(times) ? times : { ...NO_STEPS, exact: mul(times, rate), rate };
};

/** What the rate of a line is applied to: an amount, or how often money is paid. */
export const timesOf = (engine: Engine, payee: Payee, row: CreditRow): Num | Missing => {
  const reward = payee.reward as CreditReward;
  // With steps, money is paid for what they count.
  if (reward.unit === 'pay' && reward.rate.kind === 'steps') return countedBy(engine, payee, row);
  const times = reward.unit === 'pay' ? row.count : row.amount;
  return times === undefined
    ? new Missing(`${row.credit.name} is credited without an amount`)
    : weigh(engine, row, times);
};

/** The rate of a line without steps; what a refund takes back of a `pay` is asked of the deal. */
export const flatRate = (engine: Engine, { reward, frame }: Payee, row: CreditRow): Num | Missing => {
  const { unit } = reward as CreditReward;
  if (unit === 'pay') frame.deal = row.rootDeal;
  const rate = rateOf(engine, reward as CreditReward, frame);
  frame.deal = row.deal;
  return rate;
};

const steppedPay = (engine: Engine, payee: Payee, row: CreditRow, walk: Walk): Pay | Missing => {
  const amount = countedBy(engine, payee, row);
  // `countedBy` has pointed the frame elsewhere at most for its own row, which is this one.
  const stepped = walk.step(amount);
  if (isMissing(stepped)) return stepped;
  const { rate, before, parts, stair, stoodAt } = stepped;
  const times = timesOf(engine, payee, row);
  if (isMissing(times)) return times;
  const exact = equal(times, amount as Num) && stepped.pay !== undefined ? stepped.pay : mul(times, rate);
  return { exact, rate, counted: amount as Num, before, parts, stair, stoodAt };
};

/** A figure of a credit, by what that weighs where results are moved. */
const weigh = ({ scaling }: Engine, row: CreditRow, value: Num): Num =>
  scaling === undefined ? value : mul(value, scaling.credit(row));

/** What walks up the steps: `counting`, else the line's amount (with `pay`, the line itself). */
export const countedBy = (engine: Engine, payee: Payee, row: CreditRow): Num | Missing => {
  const own = countedUnmoved(engine, payee, row);
  return isMissing(own) ? own : weigh(engine, row, own);
};

const countedUnmoved = (engine: Engine, payee: Payee, row: CreditRow): Num | Missing => {
  const reward = payee.reward as CreditReward;
  const counting = reward.rate.kind === 'steps' ? reward.rate.counting : undefined;
  if (counting === undefined) {
    if (reward.unit === 'pay') return row.count;
    return row.amount ?? new Missing(`${row.credit.name} is credited without an amount`);
  }
  const { frame } = payee;
  show(payee, row, row.date);
  const ask = engine.compiler.compile(counting.node);
  if (counting.type !== 'number') return ask(frame) as Num | Missing;
  // A refund counts 0, or where it completes the taking back −1 times what its deal counted.
  frame.deal = row.rootDeal;
  const value = ask(frame) as Num | Missing;
  frame.deal = row.deal;
  return isMissing(value) ? value : mul(value, row.count);
};

/** The rate of a line that needs no steps: a number (or money a credit), a table's or a curve's. */
const rateOf = (engine: Engine, reward: CreditReward, frame: Frame): Num | Missing => {
  const { rate } = reward;
  const ask = (node: Node): Value => engine.compiler.compile(node)(frame);
  switch (rate.kind) {
    case 'value':
      return ask(rate.value.node) as Num | Missing;
    case 'curve': {
      const by = ask(rate.by.node);
      engine.trace?.rate(reward, by);
      return isMissing(by) ? by : curveAt(rate.curve, by as Num);
    }
    case 'table': {
      const by = ask(rate.by.node);
      engine.trace?.rate(reward, by);
      const found = isMissing(by) ? undefined : lookUp(rate.rows, by);
      const chosen = found ?? rate.otherwise;
      if (chosen !== undefined) return ask(chosen.node) as Num | Missing;
      return isMissing(by) ? by : new Missing(`the rate table has no row for "${String(by)}", and no else`);
    }
    case 'steps':
      return new Missing('steps are walked, not looked up');
  }
};

/** What a rate's table has for a value. */
export const lookUp = <T>(rows: ReadonlyMap<Known, T>, by: Known): T | undefined => {
  const plain = rows.get(by);
  if (plain !== undefined || typeof by !== 'object') return plain;
  for (const [key, row] of rows) if (typeof key === 'object' && equal(key, by)) return row;
  return undefined;
};

/**
 * Pays credits dated after `who` ceased to hold, for as long as the tail is: at the step, the links and the stay of the
 * last day on which it held. They count towards no quota, cap or guarantee.
 */
export const payTail = (
  engine: Engine,
  reward: CreditReward,
  period: Period,
  payeeIn: (period: Period) => Payee | undefined,
  row: CreditRow,
  lastDay: number,
): Line | Missing | undefined => {
  const payee = payeeIn(periodOf(lastDay, period.kind, engine.plan.fiscalYearStarts));
  if (payee === undefined) return undefined;
  const { frame } = payee;
  const when = reward.when && traced(reward.when, engine.compiler.compile(reward.when.node), engine.trace);
  show(payee, row, lastDay);
  if (when !== undefined && when(frame) !== true) return undefined;
  const pay = reward.rate.kind === 'steps' ? tailStep(engine, payee, row, lastDay) : flatPay(engine, payee, row);
  if (isMissing(pay)) return pay;
  show(payee, row, lastDay);
  return line(engine, payee, row, frame, pay, true);
};

/** The rate of the step reached on the last day in the job, for a credit that itself moves nothing. */
const tailStep = (engine: Engine, payee: Payee, row: CreditRow, lastDay: number): Pay | Missing => {
  const reward = payee.reward as CreditReward;
  const steps = reward.rate as Extract<CreditReward['rate'], { kind: 'steps' }>;
  const accumulate = steps.accumulate === 'none' ? payee.period.kind : steps.accumulate;
  const wide = periodOf(lastDay, accumulate, engine.plan.fiscalYearStarts);
  const walk = new Walk(engine, payee, steps, wide);
  if (steps.accumulate !== 'none') {
    for (const before of paidCredits(engine, payee, wide, payee.period)) {
      if (before.date <= lastDay) walk.pass(countedBy(engine, payee, before));
    }
  }
  const amount = countedBy(engine, payee, row);
  if (isMissing(amount)) return amount;
  show(payee, row, lastDay);
  const standing = walk.standing(amount);
  if (isMissing(standing)) return standing;
  const times = timesOf(engine, payee, row);
  if (isMissing(times)) return times;
  const { rate, stair, stoodAt } = standing;
  return { ...NO_STEPS, exact: mul(times, rate), rate, counted: amount, stair, stoodAt };
};
