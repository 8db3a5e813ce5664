import { expressionsOfRate } from '../rules/expressions.ts';
import type { CreditReward, Reward } from '../rules/plan.ts';
import type { Rate, RateSteps } from '../rules/rate/kinds.ts';
import type { StepPart } from '../rules/rate/steps.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { add, div, equal, mul, type Num, roundProduct } from '../values/num.ts';
import type { Engine } from './engine.ts';
import { productOf, readsRows, touchesRows } from './link.ts';
import type { CreditRow, Line, Person, Stay } from './result.ts';
import { type Payee, sayMissing, sumLine } from './reward.ts';
import { countedBy, creditsOf, flatRate, show, timesOf, walkFor } from './reward-credit.ts';
import type { Falls } from './steps.ts';

/** What the credits of a payee count, line by line in order of date. */
export interface Counted {
  readonly rows: readonly CreditRow[];
  /** The stay that holds on each credit's date. */
  readonly stays: readonly Stay[];
  /** What the rate is applied to. */
  readonly times: readonly Num[];
  /** What walks up the steps, where the rate has some. */
  readonly steps: { readonly amounts: readonly Num[]; readonly accumulatedBefore: Num } | undefined;
}

/**
 * What the amounts of a per-credit reward rest on in one of its periods, layer by layer. What is counted depends on no step, where it falls
 * on no rate, and the factor of a link on no rate and no other link: whoever pays the same credits by a plan in which one of
 * them is another finds the rest again (see src/pilot/kept.ts).
 */
export interface Groundwork {
  readonly counted: Map<Person, Counted>;
  /** Where each line falls on the steps; nothing where the rate has none. */
  readonly falls: Map<Person, readonly Falls[]>;
  /** For each link of the reward, in order: its factors, line by line. */
  readonly factors: readonly Map<Person, readonly Num[]>[];
}

/** Nothing has been worked out yet. */
export const newGroundwork = ({ links }: Reward): Groundwork => ({
  counted: new Map(),
  falls: new Map(),
  factors: links.map(() => new Map()),
});

/**
 * What `payCredits` pays a payee, in a fraction of the time: a line a stay, the sum of what its lines would be, each rounded
 * once. Takes from the groundwork what is there, and adds to it what is not.
 */
export const payAmounts = (engine: Engine, payee: Payee, ground: Groundwork, lines: Line[]): void => {
  const missing = paySums(engine, payee, ground, lines);
  if (missing !== undefined) sayMissing(engine.sink, payee.reward, payee.person, payee.period, missing);
};

const paySums = (engine: Engine, payee: Payee, ground: Groundwork, lines: Line[]): Missing | undefined => {
  const { person } = payee;
  const counted = ground.counted.get(person) ?? countedOf(engine, payee);
  if (isMissing(counted)) return counted;
  ground.counted.set(person, counted);
  const { rows, stays, times } = counted;
  if (rows.length === 0) return undefined;
  const falls = ground.falls.get(person) ?? fallsOf(engine, payee, counted);
  if (isMissing(falls)) return falls;
  if (falls.length > 0) ground.falls.set(person, falls);
  const factors = factorsOf(payee, counted, ground);
  if (isMissing(factors)) return factors;
  const ratesAt = ratesOf(engine, payee);
  const factorAt = productAt(payee, factors);
  const { rounding } = engine.plan;
  const sums: { readonly stay: Stay; amount: Num }[] = [];
  // Most lines of a payee have the same rate and factor as the one before.
  let rate: Num = 0;
  let factor: Num = 0;
  let coefficient: Num = 0;
  // Loops by index here, and whatever makes little garbage: this is where a slider of a pilot's page spends its time.
  for (let i = 0; i < rows.length; i++) {
    const stay = stays[i] as Stay;
    const rates = ratesAt(rows[i] as CreditRow, stay);
    if (isMissing(rates)) return rates;
    const own = falls[i] ?? 0;
    let amount: Num;
    if (typeof own === 'number') {
      const nextRate = rates[own] as Num;
      const nextFactor = factorAt(i);
      if (rate !== nextRate || factor !== nextFactor) {
        rate = nextRate;
        factor = nextFactor;
        coefficient = mul(rate, factor);
      }
      amount = roundProduct(times[i] as Num, coefficient, rounding);
    } else {
      const paid = paidParts(own, counted.steps?.amounts[i] as Num, times[i] as Num);
      const exact = paid.reduce<Num>((sum, { step, amount: part }) => add(sum, mul(part, rates[step] as Num)), 0);
      amount = roundProduct(exact, factorAt(i), rounding);
    }
    // In order of date, few payees change from one stay to another more than once.
    let at = sums.length - 1;
    while (at >= 0 && sums[at]?.stay !== stay) at--;
    const sum = sums[at];
    if (sum === undefined) sums.push({ stay, amount });
    else sum.amount = add(sum.amount, amount);
  }
  for (const { stay, amount } of sums) lines.push(sumLine(payee, stay, 'credit', amount));
  return undefined;
};

const countedOf = (engine: Engine, payee: Payee): Counted | Missing => {
  const { rate } = payee.reward as CreditReward;
  const { earlier, own: rows } = creditsOf(engine, payee);
  const stays: Stay[] = [];
  const times: Num[] = [];
  const amounts: Num[] = [];
  let accumulatedBefore: Num = 0;
  if (rate.kind === 'steps') {
    for (const row of earlier) {
      const amount = countedBy(engine, payee, row);
      if (isMissing(amount)) return amount;
      accumulatedBefore = add(accumulatedBefore, amount);
    }
  }
  for (const row of rows) {
    show(payee, row, row.date);
    stays.push(payee.frame.stay ?? payee.lastStay);
    const paid = timesOf(engine, payee, row);
    if (isMissing(paid)) return paid;
    times.push(paid);
    if (rate.kind !== 'steps') continue;
    const amount = countedBy(engine, payee, row);
    if (isMissing(amount)) return amount;
    amounts.push(amount);
  }
  return { rows, stays, times, steps: rate.kind === 'steps' ? { amounts, accumulatedBefore } : undefined };
};

/** Where each line falls on the steps; nothing where the rate has none. */
const fallsOf = (engine: Engine, payee: Payee, { rows, steps }: Counted): readonly Falls[] | Missing => {
  const { rate } = payee.reward as CreditReward;
  if (rate.kind !== 'steps' || steps === undefined) return [];
  const walk = walkFor(engine, payee, rate);
  walk.pass(steps.accumulatedBefore);
  if (walk.foresees) for (const amount of steps.amounts) walk.foresee(amount);
  const found: Falls[] = [];
  for (const [i, row] of rows.entries()) {
    show(payee, row, row.date);
    const falls = walk.falls(steps.amounts[i] as Num);
    if (isMissing(falls)) return falls;
    found.push(typeof falls !== 'number' && falls.length === 1 ? (falls[0]?.step ?? 0) : falls);
  }
  return found;
};

/** Where something else is counted than is paid for, each step has the same part of both. */
const paidParts = (parts: readonly StepPart[], counted: Num, times: Num): readonly StepPart[] => {
  if (equal(counted, times)) return parts;
  const scale = div(times, counted) as Num;
  return parts.map(({ step, amount, rate }) => ({ step, amount: mul(amount, scale), rate }));
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
  if (rate.kind !== 'steps' && rateReadsRows(rate)) return ask;
  let of: Stay | undefined;
  let rates: readonly Num[] | Missing = [];
  return (row, stay) => {
    if (of !== stay) {
      of = stay;
      rates = ask(row);
    }
    return rates;
  };
};

const rowReaders = new WeakMap<Rate, boolean>();

const rateReadsRows = (rate: Rate): boolean => {
  let reads = rowReaders.get(rate);
  if (reads === undefined) {
    reads = expressionsOfRate(rate).some((expression) => expression !== undefined && touchesRows(expression.node));
    rowReaders.set(rate, reads);
  }
  return reads;
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
  { rows, stays }: Counted,
  { factors }: Groundwork,
): readonly (readonly Num[])[] | Missing => {
  const found: (readonly Num[])[] = [];
  for (const [i, link] of payee.reward.links.entries()) {
    const known = factors[i];
    let own = known?.get(payee.person);
    if (own === undefined) {
      const asked: Num[] = [];
      const byLine = readsRows(link);
      let factor: Num = 1;
      for (let line = 0; line < rows.length; line++) {
        if (byLine || line === 0 || stays[line] !== stays[line - 1]) {
          const row = rows[line] as CreditRow;
          show(payee, row, row.date);
          const next = payee.links.factor(link, payee.frame);
          if (isMissing(next)) return next;
          factor = next;
        }
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
    for (let i = 0; i < factors.length; i++) {
      const factor = factors[i]?.[line] as Num;
      if (factor !== last[i]) same = false;
      last[i] = factor;
    }
    if (!same && last.length > 0) product = productOf(links, last);
    return product;
  };
};
