import type { FactorWorking } from '../engine/link.ts';
import type { Computation } from '../engine/result.ts';
import type { Trace } from '../engine/trace.ts';
import type { Curve } from '../rules/curve.ts';
import { constantOf } from '../rules/expression/constant.ts';
import type { Known } from '../rules/expression/typed.ts';
import type { Expression, Link, Plan } from '../rules/plan.ts';
import type { RateSteps } from '../rules/rate/kinds.ts';
import { isMissing } from '../values/missing.ts';
import { compare, equal, isZero, type Num } from '../values/num.ts';
import { type CoverageItem, coverageItems, rowName } from './coverage-items.ts';

/** The ways of a plan and how often the cases took each. */
export interface Coverage {
  readonly items: readonly CoverageItem[];
  readonly hits: ReadonlyMap<string, number>;
}

/** Counts which ways the cases of one plan take. */
export class CoverageCount {
  readonly #hits = new Map<string, number>();
  #items: readonly CoverageItem[] = [];

  /** What a computation with this plan tells; the same plan with other params has the same ways. */
  trace(plan: Plan): Trace {
    if (this.#items.length === 0) this.#items = coverageItems(plan);
    return traceOf(plan, (id) => this.#hit(id));
  }

  /** What only the result shows: who is paid, and which limits are reached. */
  add({ periods }: Computation): void {
    for (const { payouts } of periods) {
      for (const { reward, lines } of payouts) {
        for (const { kind, amount } of lines) {
          if (reward === undefined) continue;
          const path = `rewards > ${reward.name}`;
          if (kind === 'cap' || kind === 'guarantee') this.#hit(`${path} > ${kind} reached`);
          else if (!isZero(amount)) this.#hit(`${path} > pays`);
        }
      }
    }
  }

  get coverage(): Coverage {
    return { items: this.#items, hits: this.#hits };
  }

  #hit(id: string): void {
    this.#hits.set(id, (this.#hits.get(id) ?? 0) + 1);
  }
}

/** The stretch of a curve that x lies in: 0 below the first point. */
const segmentAt = (points: readonly Pick<Curve['points'][number], 'x'>[], x: Num): number => {
  let i = 0;
  for (const point of points) {
    if (compare(x, point.x) < 0) break;
    i++;
  }
  return i;
};

const traceOf = (plan: Plan, hit: (id: string) => void): Trace => {
  const conditions = new Map<Expression, string>();
  const stepped = new Map<RateSteps, string>();
  const links = new Map<Link, string>();
  for (const credit of plan.credits.values()) {
    const path = `credits > ${credit.name}`;
    if (credit.when !== undefined) conditions.set(credit.when, `${path} > when`);
    if (credit.announced !== undefined) conditions.set(credit.announced, `${path} > announced_only`);
    if (credit.shareAmong !== undefined) conditions.set(credit.shareAmong, `${path} > share_among`);
  }
  for (const reward of plan.rewards.values()) {
    const path = `rewards > ${reward.name}`;
    if (reward.when !== undefined) conditions.set(reward.when, `${path} > when`);
    if (reward.body === 'credit' && reward.rate.kind === 'steps') stepped.set(reward.rate, path);
    for (const link of reward.links) links.set(link, `${path} > links > ${link.name}`);
  }
  return {
    condition(condition, value) {
      const path = conditions.get(condition);
      if (path !== undefined) hit(`${path}: ${value === true ? 'yes' : 'no'}`);
    },
    walked(rate, steps, before, after) {
      const [low, high] = compare(before, after) < 0 ? [before, after] : [after, before];
      for (const [i, { end }] of steps.entries()) {
        const start = steps[i - 1]?.end;
        const begins = start === undefined || compare(start, high) < 0;
        const ends = end === undefined || compare(end, low) > 0;
        if (begins && ends) hit(`${stepped.get(rate)} > step ${i + 1}`);
      }
    },
    stood(rate, step) {
      hit(`${stepped.get(rate)} > step ${step + 1}`);
    },
    rate(reward, by) {
      const path = `rewards > ${reward.name}`;
      if (reward.body !== 'credit') return;
      const { rate } = reward;
      if (rate.kind === 'curve' && !isMissing(by)) hit(`${path} > curve ${segmentAt(rate.curve.points, by as Num)}`);
      if (rate.kind !== 'table') return;
      const row = isMissing(by) ? undefined : [...rate.rows.keys()].find((key) => same(key, by));
      hit(row === undefined ? `${path} > table: else` : `${path} > table: ${rowName(row)}`);
    },
    link(link, trace) {
      const path = links.get(link);
      if (path !== undefined) for (const way of waysOf(link, trace, plan)) hit(`${path} > ${way}`);
    },
  };
};

const same = (a: Known, b: Known): boolean =>
  a === b || (typeof a === 'object' && (typeof b === 'object' || typeof b === 'number') && equal(a, b));

/** The ways that a link took for one line. */
const waysOf = (link: Link, { applied, inputs, found, factor }: FactorWorking, plan: Plan): readonly string[] => {
  if (!applied) return ['not applied'];
  const ways = ['applied'];
  if (isMissing(found)) ways.push('missing');
  if (link.atMost !== undefined && !isMissing(found) && !isMissing(factor)) {
    if (compare(factor, found) < 0) ways.push('held');
    else if (link.unless !== undefined && isAbove(link, found, plan)) ways.push('released');
  }
  const [first, second] = inputs;
  const rule = link.factor;
  if (rule.kind === 'gate' && typeof first === 'boolean') ways.push(first ? 'gate open' : 'gate closed');
  if (rule.kind === 'curve' && isFigure(first)) ways.push(`curve ${segmentAt(rule.curve.points, first)}`);
  if (rule.kind === 'matrix' && isFigure(first) && isFigure(second)) {
    ways.push(`row ${segmentAt(rule.rows, first)}`, `column ${segmentAt(rule.rows[0]?.points ?? [], second)}`);
  }
  return ways;
};

const isFigure = (value: FactorWorking['inputs'][number] | undefined): value is Num =>
  value !== undefined && !isMissing(value) && typeof value !== 'string' && typeof value !== 'boolean';

/** Whether a factor would have been held, had `unless` not been met. */
const isAbove = ({ atMost }: Link, found: Num, { params }: Plan): boolean => {
  const most = atMost && constantOf(atMost.node, params);
  return isFigure(most) && compare(found, most) > 0;
};

/** How many of so many ways were taken. */
export const coveredOf = ({ items, hits }: Coverage): { readonly covered: number; readonly all: number } => ({
  covered: items.filter(({ id }) => (hits.get(id) ?? 0) > 0).length,
  all: items.length,
});

/** A share in percent with one decimal, never rounded up: 99.9% is not 100%. */
export const percentOf = (part: number, all: number): string => {
  if (all === 0) return '100%';
  const tenths = Math.floor((part * 1000) / all);
  return `${Math.floor(tenths / 10)}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}%`;
};
