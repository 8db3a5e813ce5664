import type { Line, LinkEffect, PeriodResult } from '../../engine/result.ts';
import type { Link } from '../../rules/plan.ts';
import { abs, add, div, isZero, mul, type Num, sign } from '../../values/num.ts';
import { compareText } from './cell-text.ts';
import { payoutsOut } from './payout-parts.ts';

/** What a link did to the people of one department. */
export interface LinkTouch {
  readonly department: string;
  readonly crosses: boolean;
  readonly people: number;
  readonly lines: number;
  /** Weighted by what it was applied to; undefined where it applied to nothing. */
  readonly averageFactor: Num | undefined;
  readonly added: Num;
  readonly took: Num;
  readonly effect: Num;
}

export interface LinkTotal {
  readonly reward: string;
  readonly link: Link;
  readonly crosses: boolean;
  /** By name; departments in which it applied to no line are left out. */
  readonly touches: readonly LinkTouch[];
}

interface Tally {
  crosses: boolean;
  readonly people: Set<string>;
  lines: number;
  weight: Num;
  weighted: Num;
  factors: Num;
  added: Num;
  took: Num;
}

const count = (tally: Tally, line: Line, { factor, effect, crosses }: LinkEffect): void => {
  // A refund weighs as much as the deal it takes back: the mean stays between the least and the greatest factor.
  const weight = abs(line.base);
  tally.crosses ||= crosses;
  tally.people.add(line.person.id);
  tally.lines++;
  tally.weight = add(tally.weight, weight);
  tally.weighted = add(tally.weighted, mul(weight, factor));
  tally.factors = add(tally.factors, factor);
  if (sign(effect) > 0) tally.added = add(tally.added, effect);
  else tally.took = add(tally.took, effect);
};

const touchOf = (department: string, tally: Tally): LinkTouch => ({
  department,
  crosses: tally.crosses,
  people: tally.people.size,
  lines: tally.lines,
  averageFactor: isZero(tally.weight) ? div(tally.factors, tally.lines) : div(tally.weighted, tally.weight),
  added: tally.added,
  took: tally.took,
  effect: add(tally.added, tally.took),
});

/** What each link did over some periods, in the plan's order of rewards and links. Held people are left out. */
export const linkTotals = (results: readonly PeriodResult[], held: ReadonlySet<string>): readonly LinkTotal[] => {
  const tallies = new Map<Link, Map<string, Tally>>();
  const rewards = new Map<string, readonly Link[]>();
  for (const result of results) {
    for (const { reward, lines } of payoutsOut(result, held)) {
      if (reward === undefined || reward.links.length === 0) continue;
      rewards.set(reward.name, reward.links);
      for (const line of lines) {
        for (const effect of line.links) if (effect.applied) count(tallyFor(tallies, effect.link, line), line, effect);
      }
    }
  }
  return [...rewards].flatMap(([reward, links]) =>
    links.map((link) => {
      const touches = [...(tallies.get(link) ?? [])]
        .sort(([a], [b]) => compareText(a, b))
        .map(([department, tally]) => touchOf(department, tally));
      return { reward, link, crosses: touches.some(({ crosses }) => crosses), touches };
    }),
  );
};

const tallyFor = (tallies: Map<Link, Map<string, Tally>>, link: Link, { stay }: Line): Tally => {
  let byDepartment = tallies.get(link);
  if (byDepartment === undefined) {
    byDepartment = new Map();
    tallies.set(link, byDepartment);
  }
  const department = stay.department ?? '';
  let tally = byDepartment.get(department);
  if (tally === undefined) {
    tally = { crosses: false, people: new Set(), lines: 0, weight: 0, weighted: 0, factors: 0, added: 0, took: 0 };
    byDepartment.set(department, tally);
  }
  return tally;
};
