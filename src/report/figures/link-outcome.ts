import type { LinkEffect, Payout } from '../../engine/result.ts';
import type { Link } from '../../rules/plan.ts';
import { add, equal, type Num } from '../../values/num.ts';

/** What one link did to one payout, over all of its lines. */
export interface LinkOutcome {
  readonly payout: Payout;
  readonly link: Link;
  /** Whether it depends on another department; undefined where there was no line to depend on anything. */
  readonly crosses: boolean | undefined;
  /** The lines that it applied to. */
  readonly lines: number;
  /** The value read and the factor, where they are the same on all of these lines. */
  readonly value: LinkEffect['value'];
  readonly factor: Num | undefined;
  readonly effect: Num;
}

/** The sum of the lines before links. Caps, guarantees and adjustments are lines of their own, without a base. */
export const baseOf = (payout: Payout): Num => {
  let sum: Num = 0;
  for (const line of payout.lines) {
    if (line.kind === 'credit' || line.kind === 'stay' || line.kind === 'pool') sum = add(sum, line.base);
  }
  return sum;
};

const same = (a: LinkEffect['value'], b: LinkEffect['value']): boolean => {
  if (a === b) return true;
  const isNumber = (x: LinkEffect['value']): x is Num => typeof x === 'number' || (typeof x === 'object' && 'n' in x);
  return isNumber(a) && isNumber(b) && equal(a, b);
};

const outcomeOf = (payout: Payout, link: Link, position: number): LinkOutcome => {
  let effect: Num = 0;
  let lines = 0;
  let crosses: boolean | undefined;
  let first: LinkEffect | undefined;
  let sameValue = true;
  let sameFactor = true;
  for (const line of payout.lines) {
    const at = line.links[position];
    const done = at?.link === link ? at : line.links.find((each) => each.link === link);
    if (done === undefined) continue;
    effect = add(effect, done.effect);
    crosses = crosses === true || done.crosses;
    if (!done.applied) continue;
    lines++;
    if (first === undefined) first = done;
    else {
      sameValue &&= same(first.value, done.value);
      sameFactor &&= equal(first.factor, done.factor);
    }
  }
  return {
    payout,
    link,
    crosses,
    lines,
    value: sameValue ? first?.value : undefined,
    factor: sameFactor ? first?.factor : undefined,
    effect,
  };
};

/** What each link of a payout's reward did, in the plan's order. */
export const linkOutcomes = (payout: Payout): readonly LinkOutcome[] =>
  (payout.reward?.links ?? []).map((link, position) => outcomeOf(payout, link, position));
