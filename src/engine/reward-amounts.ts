import { expressionsOfRate } from '../rules/expressions.ts';
import type { CreditReward, Reward } from '../rules/plan.ts';
import type { RateSteps } from '../rules/rate/kinds.ts';
import { stepAt } from '../rules/rate/steps.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { add, div, equal, mul, type Num, roundProduct } from '../values/num.ts';
import type { Engine } from './engine.ts';
import { productOf, touchesRows } from './link.ts';
import type { CreditRow, Line, Person, Stay } from './result.ts';
import { type Payee, plainLine, sayMissing } from './reward.ts';
import { creditsAndWalk, flatRate, type Pay, payFor, show } from './reward-credit.ts';

/** What one credit of a payee counts, step by step, before any rate and any link: all in one where the rate has no steps. */
export interface Counted {
  readonly row: CreditRow;
  /** The stay that holds on the credit's date. */
  readonly stay: Stay;
  readonly parts: readonly { readonly step: number; readonly amount: Num }[];
}

/**
 * What the amounts of a per-credit reward rest on in one of its periods. What is counted depends on no rate and no link, and the
 * factor of a link on no rate and no other link: whoever pays the same credits by a plan in which one of them is another finds the
 * rest again (see src/pilot/kept.ts).
 */
export interface Groundwork {
  readonly counted: Map<Person, readonly Counted[]>;
  /** For each link of the reward, in order: its factors, line by line. */
  readonly factors: readonly Map<Person, readonly Num[]>[];
}

/** Nothing has been worked out yet. */
export const newGroundwork = ({ links }: Reward): Groundwork => ({
  counted: new Map(),
  factors: links.map(() => new Map()),
});

/**
 * What `payCredits` pays a payee, in a fraction of the time: a line a stay, the sum of what its lines would be, each rounded
 * once. Takes from the groundwork what is there, and adds to it what is not.
 */
export const payAmounts = (engine: Engine, payee: Payee, ground: Groundwork, lines: Line[]): void => {
  const failed = (missing: Missing): void => sayMissing(engine.sink, payee.reward, payee.person, payee.period, missing);
  const counted = ground.counted.get(payee.person) ?? countedOf(engine, payee);
  if (isMissing(counted)) {
    failed(counted);
    return;
  }
  ground.counted.set(payee.person, counted);
  if (counted.length === 0) return;
  const rates = ratesOf(engine, payee);
  const factors = factorsOf(payee, counted, ground);
  if (isMissing(factors)) {
    failed(factors);
    return;
  }
  const factorAt = productAt(payee, factors);
  const sums = new Map<Stay, Num>();
  let [rate, factor, coefficient]: Num[] = [0, 0, 0];
  for (const [i, { row, stay, parts }] of counted.entries()) {
    const own = rates(row, stay);
    if (isMissing(own)) {
      failed(own);
      return;
    }
    const [part] = parts;
    let amount: Num = 0;
    if (part !== undefined && parts.length === 1) {
      // Most lines of a payee have the same rate and factor as the one before.
      const [nextRate, nextFactor] = [own[part.step] as Num, factorAt(i)];
      if (rate !== nextRate || factor !== nextFactor || coefficient === undefined) {
        [rate, factor] = [nextRate, nextFactor];
        coefficient = mul(rate, factor);
      }
      amount = roundProduct(part.amount, coefficient, engine.plan.rounding);
    } else {
      const exact = parts.reduce<Num>((sum, { step, amount: one }) => add(sum, mul(one, own[step] as Num)), 0);
      amount = roundProduct(exact, factorAt(i), engine.plan.rounding);
    }
    sums.set(stay, add(sums.get(stay) ?? 0, amount));
  }
  for (const [stay, amount] of sums) lines.push({ ...plainLine(payee, 'credit', amount), stay, payee: undefined });
};

const countedOf = (engine: Engine, payee: Payee): readonly Counted[] | Missing => {
  const { own, walk } = creditsAndWalk(engine, payee);
  const counted: Counted[] = [];
  for (const row of own) {
    const pay = payFor(engine, payee, row, walk);
    if (isMissing(pay)) return pay;
    counted.push({ row, stay: payee.frame.stay ?? payee.lastStay, parts: partsOf(pay) });
  }
  return counted;
};

/** What a line's pay takes at the rate of each step. */
const partsOf = ({ times, counted, parts, stair, stoodAt }: Pay): Counted['parts'] => {
  if (stair === undefined) return [{ step: 0, amount: times }];
  if (parts === undefined || counted === undefined)
    return [{ step: stoodAt === undefined ? 0 : stepAt(stair.values, stoodAt), amount: times }];
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return [{ step: first.step, amount: times }];
  // Where something else is counted than is paid for, each step has the same part of both.
  const scale = equal(times, counted) ? 1 : (div(times, counted) as Num);
  return parts.map(({ step, amount }) => ({ step, amount: mul(amount, scale) }));
};

type Rates = (row: CreditRow, stay: Stay) => readonly Num[] | Missing;

/** The rates of a payee's lines, one a step; asked once a stay where they read nothing of the line. */
const ratesOf = (engine: Engine, payee: Payee): Rates => {
  const reward = payee.reward as CreditReward;
  const { rate } = reward;
  const ask = (row: CreditRow): readonly Num[] | Missing => {
    show(payee, row, row.date);
    if (rate.kind === 'steps') return stepRates(engine, payee, rate);
    const only = flatRate(engine, payee, row);
    return isMissing(only) ? only : [only];
  };
  const reads = expressionsOfRate(rate).some((expression) => expression !== undefined && touchesRows(expression.node));
  if (rate.kind !== 'steps' && reads) return ask;
  const known = new Map<Stay, readonly Num[] | Missing>();
  return (row, stay) => {
    let rates = known.get(stay);
    if (rates === undefined) {
      rates = ask(row);
      known.set(stay, rates);
    }
    return rates;
  };
};

const stepRates = (engine: Engine, { frame }: Payee, { steps }: RateSteps): readonly Num[] | Missing => {
  const rates: Num[] = [];
  for (const step of steps) {
    const rate = engine.compiler.compile(step.rate.node)(frame) as Num | Missing;
    if (isMissing(rate)) return rate;
    rates.push(rate);
  }
  return rates;
};

/** For each link, in order, its factor for every line. */
const factorsOf = (
  payee: Payee,
  counted: readonly Counted[],
  { factors }: Groundwork,
): readonly (readonly Num[])[] | Missing => {
  const found: (readonly Num[])[] = [];
  for (const [i, link] of payee.reward.links.entries()) {
    const known = factors[i];
    let own = known?.get(payee.person);
    if (own === undefined) {
      const asked: Num[] = [];
      for (const { row } of counted) {
        show(payee, row, row.date);
        const factor = payee.links.factor(link, payee.frame);
        if (isMissing(factor)) return factor;
        asked.push(factor);
      }
      own = asked;
      known?.set(payee.person, own);
    }
    found.push(own);
  }
  return found;
};

/** What the links come to together, line by line; worked out anew only where a factor is another than in the line before. */
const productAt = ({ reward: { links } }: Payee, factors: readonly (readonly Num[])[]): ((line: number) => Num) => {
  const last: Num[] = [];
  let product: Num = 1;
  return (line) => {
    let same = last.length > 0;
    for (const [i, own] of factors.entries()) {
      const factor = own[line] as Num;
      if (factor !== last[i]) same = false;
      last[i] = factor;
    }
    if (!same && last.length > 0) product = productOf(links, last);
    return product;
  };
};
