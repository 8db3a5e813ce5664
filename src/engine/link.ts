import { childrenOf, type Node } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/link/expressions.ts';
import { factorFrom, factorInputs } from '../rules/link/kinds.ts';
import type { Expression, Link } from '../rules/plan.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { add, compare, mul, type Num, roundWhole, sign, sub, toPercent } from '../values/num.ts';
import type { Crossing } from './crossing.ts';
import type { Engine } from './engine.ts';
import type { Frame, Value } from './frame.ts';
import type { LinkEffect, Stay } from './result.ts';

/** How a link came to its factor; one for all lines of a stay where it reads no rows of theirs. */
export interface FactorWorking {
  /** False where its `when` was not met, or where the run leaves it out. */
  readonly applied: boolean;
  /** What its factor reads, in the order of its kind. */
  readonly inputs: readonly Value[];
  /** Before `when_missing` and `at_most`. */
  readonly found: Num | Missing;
  /** What `at_most` held it down to; undefined where it did not. */
  readonly heldTo: Num | undefined;
  readonly factor: Num | Missing;
}

const LEFT_OUT: FactorWorking = { applied: false, inputs: [], found: 1, heldTo: undefined, factor: 1 };

/** What links made of a line. */
export interface Linked {
  readonly effects: readonly LinkEffect[];
  readonly factor: Num;
  /** After the links, not rounded. */
  readonly exact: Num;
}

/** Evaluates a reward's links for the lines of one payee and period; those that read no rows only once a stay. */
export class Links {
  readonly #engine: Engine;
  readonly #links: readonly Link[];
  readonly #crossing: Crossing;
  readonly #pool: boolean;
  /** Of those that are asked once a stay: few enough to be looked through. */
  readonly #known: { readonly link: Link; readonly stay: Stay | undefined; readonly working: FactorWorking }[] = [];

  constructor(engine: Engine, links: readonly Link[], crossing: Crossing, pool: boolean) {
    this.#engine = engine;
    this.#links = links;
    this.#crossing = crossing;
    this.#pool = pool;
  }

  /**
   * Applies the links to the exact pay of a line, and tells what each did in the plan's order; those with a weight are blended
   * into one factor at the place of the first. Gives the reason where a factor is missing.
   */
  apply(exact: Num, base: Num, frame: Frame): Linked | Missing {
    const outcomes: FactorWorking[] = [];
    const factors: Num[] = [];
    const ask = askOf(this.#engine, frame);
    for (const link of this.#links) {
      const outcome = this.#outcome(link, frame, ask);
      if (isMissing(outcome.factor)) return outcome.factor;
      outcomes.push(outcome);
      factors.push(outcome.factor);
    }
    const factor = productOf(this.#links, factors);
    const effects = this.#engine.amountsOnly ? [] : this.#effects(exact, base, outcomes, frame);
    return { effects, factor, exact: mul(exact, factor) };
  }

  /** The factor of one of the links for what a frame points at: 1 where it does not apply, or is left out. */
  factor(link: Link, frame: Frame, ask: Ask): Num | Missing {
    return this.#outcome(link, frame, ask).factor;
  }

  /** What each link adds to a line's pay or takes from it, rounded such that all of them lead from the base to what is paid. */
  #effects(exact: Num, base: Num, outcomes: readonly FactorWorking[], frame: Frame): readonly LinkEffect[] {
    const effects: LinkEffect[] = [];
    let pay = exact;
    let rounded = base;
    const record = (link: Link, working: FactorWorking): void => {
      const now = roundWhole(pay, this.#engine.plan.rounding);
      const crosses = this.#crossing.crosses(link, frame.stay);
      effects.push({
        link,
        value: working.inputs[0],
        factor: working.factor as Num,
        applied: working.applied,
        effect: sub(now, rounded),
        crosses,
        working,
      });
      rounded = now;
    };
    let blended = false;
    for (const [i, link] of this.#links.entries()) {
      const working = outcomes[i] as FactorWorking;
      if (link.weight === undefined) {
        pay = mul(pay, working.factor as Num);
        record(link, working);
      } else if (!blended) {
        blended = true;
        const before = pay;
        for (const [j, part] of this.#links.entries()) {
          if (part.weight === undefined) continue;
          const one = outcomes[j] as FactorWorking;
          pay = add(pay, mul(mul(part.weight, sub(one.factor as Num, 1)), before));
          record(part, one);
        }
      }
    }
    return effects;
  }

  #outcome(link: Link, frame: Frame, ask: Ask): FactorWorking {
    const { leftOut } = this.#engine;
    if (leftOut === 'all' || (leftOut === 'crossing' && this.#crossing.crosses(link, frame.stay))) return LEFT_OUT;
    const reads = rowsReadBy(link);
    if (reads === 'throughout') return this.#find(link, ask);
    if (reads === 'in when' && ask(link.when as Expression) !== true) {
      this.#engine.trace?.link(link, LEFT_OUT);
      return LEFT_OUT;
    }
    for (const one of this.#known) if (one.link === link && one.stay === frame.stay) return one.working;
    const working = this.#find(link, ask);
    this.#known.push({ link, stay: frame.stay, working });
    return working;
  }

  #find(link: Link, ask: Ask): FactorWorking {
    const working = workingOf(link, ask);
    if (working.applied && !isMissing(working.factor)) this.#checkRange(link, working.factor);
    this.#engine.trace?.link(link, working);
    return working;
  }

  #checkRange(link: Link, factor: Num): void {
    const tooHigh = this.#pool && compare(factor, 1) > 0;
    if (sign(factor) >= 0 && !tooHigh) return;
    const { sink } = this.#engine;
    const what = tooHigh ? 'above 100%, and a pool has no more to give' : 'below zero';
    sink.add('factor-out-of-range', `the factor of the link ${link.name} is ${toPercent(factor, 4)}: ${what}`, {
      ...link.place,
      hint: tooHigh ? 'let the pool grow instead, and its links take away' : 'let the factor end at 0%',
    });
  }
}

/**
 * What the factors of a reward's links come to together: the product of those without a weight and of the blend of those with
 * one, Σ weight × factor. This is the one place where links act on what is paid.
 */
export const productOf = (links: readonly Link[], factors: readonly Num[]): Num => {
  let product: Num = 1;
  let blend: Num | undefined;
  for (let i = 0; i < links.length; i++) {
    const { weight } = links[i] as Link;
    const factor = factors[i] as Num;
    if (weight === undefined) product = mul(product, factor);
    else blend = add(blend ?? 0, mul(weight, factor));
  }
  return blend === undefined ? product : mul(product, blend);
};

/** Gives the value of an expression for the line at hand. */
export type Ask = (expression: Expression) => Value;

const askOf =
  ({ compiler }: Pick<Engine, 'compiler'>, frame: Frame): Ask =>
  ({ node }) =>
    compiler.compile(node)(frame);

/** How a link comes to its factor for what a frame points at. */
export const factorWorking = (engine: Pick<Engine, 'compiler'>, link: Link, frame: Frame): FactorWorking =>
  workingOf(link, askOf(engine, frame));

const workingOf = (link: Link, ask: Ask): FactorWorking => {
  if (link.when !== undefined && ask(link.when) !== true) return LEFT_OUT;
  const inputs = factorInputs(link.factor).map(ask);
  const instead = (): Num | Missing | undefined => link.whenMissing && (ask(link.whenMissing) as Num | Missing);
  const found = factorFrom(link.factor, inputs);
  let factor = found;
  if (isMissing(factor)) factor = instead() ?? because(link, factor);
  const free = factor;
  if (!isMissing(factor) && link.atMost !== undefined) factor = hold(link, factor, ask, instead);
  const heldTo = isMissing(factor) || factor === free ? undefined : factor;
  return { applied: true, inputs, found, heldTo, factor };
};

/** Holds a factor down to `at_most`, unless the other side has reached its goal. */
const hold = (link: Link, factor: Num, ask: Ask, instead: () => Num | Missing | undefined): Num | Missing => {
  const most = ask(link.atMost as Expression);
  if (isMissing(most)) return because(link, most);
  if (compare(factor, most as Num) <= 0) return factor;
  const reached = link.unless === undefined ? false : ask(link.unless);
  if (isMissing(reached)) return instead() ?? because(link, reached);
  return reached === true ? factor : (most as Num);
};

const because = (link: Link, { reason }: Missing): Missing =>
  new Missing(`its link ${link.name} has no factor: ${reason}`);

type RowsRead = 'nowhere' | 'in when' | 'throughout';

const rowReaders = new WeakMap<Link, RowsRead>();

/** Where a link reads the line's rows: what does not is asked once for all lines of a stay. */
const rowsReadBy = (link: Link): RowsRead => {
  let reads = rowReaders.get(link);
  if (reads === undefined) {
    const touch = (expressions: readonly Expression[]): boolean => expressions.some(({ node }) => touchesRows(node));
    const all = expressionsOf(link);
    reads = !touch(all) ? 'nowhere' : touch(all.filter((one) => one !== link.when)) ? 'throughout' : 'in when';
    rowReaders.set(link, reads);
  }
  return reads;
};

/** Whether a link reads the line's rows, so that it must be asked for every line. */
export const readsRows = (link: Link): boolean => rowsReadBy(link) !== 'nowhere';

/** Whether an expression asks for anything that is added up, so that it is worth keeping. */
export const readsFigures = (node: Node): boolean =>
  node.kind === 'measure' ||
  node.kind === 'aggregate' ||
  node.kind === 'quota' ||
  node.kind === 'result' ||
  node.kind === 'pay' ||
  childrenOf(node).some(readsFigures);

/** Whether an expression depends on the line it is asked for; an aggregate's inside reads its own credits' rows. */
export const touchesRows = (node: Node): boolean => {
  if (node.kind === 'column' || node.kind === 'person') return true;
  if (node.kind === 'aggregate') return node.forDeal;
  return childrenOf(node).some(touchesRows);
};
