import { expressionsOfRate } from '../rules/expressions.ts';
import type { CreditReward, Expression, Link, Reward } from '../rules/plan.ts';
import type { StepPart } from '../rules/rate/steps.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { add, div, equal, mul, type Num, roundProduct } from '../values/num.ts';
import type { Engine, Kept } from './engine.ts';
import type { Value } from './frame.ts';
import { type Ask, productOf, readsRows, touchesRows } from './link.ts';
import type { CreditRow, Line, Person, Stay } from './result.ts';
import { type Payee, sayMissing, stand, sumLine } from './reward.ts';
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
 * What the amounts of a per-credit reward rest on in one of its periods, layer by layer: what is counted depends on no step, where it
 * falls on no rate, what a link reads on none of its own numbers, its factor on no rate and no other link. Whoever pays the same
 * credits by a plan in which one of them is another finds the rest again (see src/pilot/kept.ts).
 */
export interface Groundwork {
  readonly counted: Map<Person, Counted>;
  /** Where each line falls on the steps; nothing where the rate has none. */
  readonly falls: Map<Person, readonly Falls[]>;
  /** For each link of the reward, in order: its factors, line by line. */
  readonly factors: readonly Map<Person, readonly Num[]>[];
  /**
   * What an expression of a link, or of where steps end, has come to by the line that asked; undefined where it is not worth keeping.
   * `over` tells apart what is read over another stretch of time than the reward's period.
   */
  readonly asked: (expression: Expression, over: string) => Map<Person, Value[]> | undefined;
}

/** Nothing has been worked out yet. */
export const newGroundwork = ({ links }: Reward): Groundwork => ({
  counted: new Map(),
  falls: new Map(),
  factors: links.map(() => new Map()),
  asked: () => undefined,
});

/** Of what earlier runs have worked out, nothing of what rewards pay. */
export const NO_REWARDS_KEPT: Pick<Kept, 'reward' | 'keep' | 'groundwork' | 'keepGroundwork'> = {
  reward: () => undefined,
  keep: (_reward, _period, _byLine, result) => result,
  groundwork: newGroundwork,
  keepGroundwork: () => {},
};

/** What links come to together for a line, and times the rate of each step that has been asked for. */
interface Turn {
  readonly factors: readonly Num[];
  readonly product: Num;
  readonly rates: readonly Num[];
  readonly coefficients: Num[];
}

/**
 * Pays what `payCredits` pays, in a fraction of the time: a line a stay, the sum of what its lines would be, each rounded once. Takes
 * from the groundwork what is there, and adds to it what is not. One for all payees of a reward in a period: a slider of a pilot's
 * page pays hundreds of them twenty times over, so this has loops by index, and makes little garbage.
 */
export class AmountsPayer {
  readonly #engine: Engine;
  readonly #reward: CreditReward;
  readonly #ground: Groundwork;
  /** Whether each line has rates of its own, for what they read of it. */
  readonly #rateByLine: boolean;
  /** Of the payee at hand: the factors of each link, line by line. */
  readonly #factors: (readonly Num[])[] = [];
  #turns: Turn[] = [];
  /** The line that links are asked for. */
  #payee: Payee | undefined;
  #line = 0;

  constructor(engine: Engine, reward: CreditReward, ground: Groundwork) {
    this.#engine = engine;
    this.#reward = reward;
    this.#ground = ground;
    const { rate } = reward;
    this.#rateByLine =
      rate.kind !== 'steps' && expressionsOfRate(rate).some((one) => one !== undefined && touchesRows(one.node));
  }

  /** Adds a payee's lines; where one has no answer it says so, and adds none. */
  pay(payee: Payee, lines: Line[]): void {
    const missing = this.#pay(payee, lines);
    if (missing !== undefined) sayMissing(this.#engine.sink, payee.reward, payee.person, payee.period, missing);
  }

  #pay(payee: Payee, lines: Line[]): Missing | undefined {
    const { person } = payee;
    const ground = this.#ground;
    const counted = ground.counted.get(person) ?? countedOf(this.#engine, payee);
    if (isMissing(counted)) return counted;
    ground.counted.set(person, counted);
    const { rows, stays, times } = counted;
    if (rows.length === 0) return undefined;
    const falls = ground.falls.get(person) ?? fallsOf(this.#engine, payee, counted, this.#ground);
    if (isMissing(falls)) return falls;
    if (falls.length > 0) ground.falls.set(person, falls);
    for (let link = 0; link < ground.factors.length; link++) {
      const factors = this.#factorsOf(payee, counted, link);
      if (isMissing(factors)) return factors;
      this.#factors[link] = factors;
    }
    const { rounding } = this.#engine.plan;
    const sums: { readonly stay: Stay; amount: Num }[] = [];
    let rates: readonly Num[] | Missing = [];
    this.#turns = [];
    for (let i = 0; i < rows.length; i++) {
      const stay = stays[i] as Stay;
      if (this.#rateByLine || i === 0 || stay !== stays[i - 1]) rates = this.#ratesAt(payee, rows[i] as CreditRow);
      if (isMissing(rates)) return rates;
      const turn = this.#turnAt(i, rates);
      const fallen = falls[i] ?? 0;
      let amount: Num;
      if (typeof fallen === 'number') {
        let coefficient = turn.coefficients[fallen];
        if (coefficient === undefined) {
          coefficient = mul(rates[fallen] as Num, turn.product);
          turn.coefficients[fallen] = coefficient;
        }
        amount = roundProduct(times[i] as Num, coefficient, rounding);
      } else {
        let exact: Num = 0;
        for (const { step, amount: part } of paidParts(fallen, counted.steps?.amounts[i] as Num, times[i] as Num))
          exact = add(exact, mul(part, rates[step] as Num));
        amount = roundProduct(exact, turn.product, rounding);
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
  }

  /** What a line is multiplied with: found again where an earlier line of the payee had the same factors and rates. */
  #turnAt(line: number, rates: readonly Num[]): Turn {
    const all = this.#factors;
    for (const turn of this.#turns) {
      if (turn.rates !== rates) continue;
      let link = 0;
      while (link < all.length && all[link]?.[line] === turn.factors[link]) link++;
      if (link === all.length) return turn;
    }
    const factors = all.map((own) => own[line] as Num);
    const turn = { factors, product: productOf(this.#reward.links, factors), rates, coefficients: [] };
    // Where each line has rates of its own, none is found again.
    if (!this.#rateByLine) this.#turns.push(turn);
    return turn;
  }

  /** The factors of a link, line by line; the reason where one is missing. */
  #factorsOf(payee: Payee, { rows, stays }: Counted, at: number): readonly Num[] | Missing {
    const link = this.#reward.links[at] as Link;
    const known = this.#ground.factors[at]?.get(payee.person);
    if (known !== undefined) return known;
    const byLine = readsRows(link);
    const factors: Num[] = [];
    let factor: Num = 1;
    for (let line = 0; line < rows.length; line++) {
      if (byLine || line === 0 || stays[line] !== stays[line - 1]) {
        const row = rows[line] as CreditRow;
        show(payee, row, row.date);
        this.#payee = payee;
        this.#line = line;
        const found = payee.links.factor(link, payee.frame, this.#ask);
        if (isMissing(found)) return found;
        factor = found;
      }
      factors.push(factor);
    }
    this.#ground.factors[at]?.set(payee.person, factors);
    return factors;
  }

  /** What an expression of a link comes to for the line at hand. */
  readonly #ask: Ask = (expression) => {
    const { person, frame } = this.#payee as Payee;
    const ask = (): Value => this.#engine.compiler.compile(expression.node)(frame);
    return kept(this.#ground.asked(expression, ''), person, this.#line, ask);
  };

  /** The rates of a line, one a step. */
  #ratesAt(payee: Payee, row: CreditRow): readonly Num[] | Missing {
    const { rate } = this.#reward;
    show(payee, row, row.date);
    if (rate.kind !== 'steps') {
      const only = flatRate(this.#engine, payee, row);
      return isMissing(only) ? only : [only];
    }
    const rates: Num[] = [];
    for (const step of rate.steps) {
      const found = this.#engine.compiler.compile(step.rate.node)(payee.frame) as Num | Missing;
      if (isMissing(found)) return found;
      rates.push(found);
    }
    return rates;
  }
}

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
const fallsOf = (
  engine: Engine,
  payee: Payee,
  { stays, steps }: Counted,
  ground: Groundwork,
): readonly Falls[] | Missing => {
  const { rate } = payee.reward as CreditReward;
  if (rate.kind !== 'steps' || steps === undefined) return [];
  let line = 0;
  const walk = walkFor(engine, payee, rate, (expression, ask) =>
    kept(ground.asked(expression, rate.accumulate), payee.person, line, ask),
  );
  walk.pass(steps.accumulatedBefore);
  if (walk.foresees) for (const amount of steps.amounts) walk.foresee(amount);
  const found: Falls[] = [];
  for (; line < stays.length; line++) {
    if (line === 0 || stays[line] !== stays[line - 1]) stand(payee, stays[line] as Stay);
    const falls = walk.falls(steps.amounts[line] as Num);
    if (isMissing(falls)) return falls;
    found.push(falls);
  }
  return found;
};

/** What an expression has come to for a line, found again or asked. */
const kept = (known: Map<Person, Value[]> | undefined, person: Person, line: number, ask: () => Value): Value => {
  if (known === undefined) return ask();
  let values = known.get(person);
  if (values === undefined) {
    values = [];
    known.set(person, values);
  }
  let value = values[line];
  if (value === undefined) {
    value = ask();
    values[line] = value;
  }
  return value;
};

/** Where something else is counted than is paid for, each step has the same part of both. */
const paidParts = (parts: readonly StepPart[], counted: Num, times: Num): readonly StepPart[] => {
  if (equal(counted, times)) return parts;
  const scale = div(times, counted) as Num;
  return parts.map(({ step, amount, rate }) => ({ step, amount: mul(amount, scale), rate }));
};
