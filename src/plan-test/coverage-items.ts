import type { Place } from '../findings/finding.ts';
import type { Curve } from '../rules/curve.ts';
import type { Known } from '../rules/expression/typed.ts';
import type { Credit, Link, Plan, Reward } from '../rules/plan.ts';
import { formatMinor } from '../values/money.ts';
import { type Num, toPercent, toText } from '../values/num.ts';

/** What the cases of a plan may exercise or not. */
export type CoverageKind = 'reward' | 'condition' | 'step' | 'segment' | 'row' | 'link' | 'limit';

/** One way through a plan; `id` is the same for all plans that are this one with other params. */
export interface CoverageItem {
  readonly id: string;
  readonly kind: CoverageKind;
  /** `rewards > sales_commission` */
  readonly path: string;
  /** Which way: `step beyond 100%`, `hand_over: 50% to 80%`, `when: no`. */
  readonly way: string;
  readonly place: Place;
}

type Add = (kind: CoverageKind, way: string, place: Place, key?: string) => void;

/** How the points of a curve are written. */
export type Show = (x: Num) => string;

export const showFor =
  (type: string, digits: number): Show =>
  (x) =>
    type === 'money' ? formatMinor(x, digits) : type === 'number' ? toPercent(x) : toText(x);

/** The stretches of a curve, as `curveAt` tells them apart: below the first point, from one to the next, from the last on. */
export const segmentsOf = (
  points: Curve['points'],
  show: Show,
): readonly { readonly words: string; readonly place: Place }[] =>
  [...points.keys(), points.length].flatMap((i) => {
    const from = points[i - 1];
    const to = points[i];
    const at = from ?? to;
    if (at === undefined) return [];
    const start = from && show(from.x);
    const end = to && show(to.x);
    const words = start === undefined ? `below ${end}` : end === undefined ? `from ${start} on` : `${start} to ${end}`;
    return [{ words, place: at.place }];
  });

/** How a rate table's row is called. */
export const rowName = (value: Known): string => (typeof value === 'object' ? toText(value) : String(value));

/** Every way through a plan that its tests ought to take, in the order of the plan. */
export const coverageItems = (plan: Plan): readonly CoverageItem[] => {
  const items: CoverageItem[] = [];
  const adding =
    (path: string): Add =>
    (kind, way, place, key = way) =>
      items.push({ id: `${path} > ${key}`, kind, path, way, place });
  for (const credit of plan.credits.values()) addCredit(credit, adding(`credits > ${credit.name}`));
  for (const reward of plan.rewards.values()) addReward(reward, plan, adding(`rewards > ${reward.name}`));
  return items;
};

const addCondition = (add: Add, name: string, place: Place): void => {
  add('condition', `${name}: yes`, place);
  add('condition', `${name}: no`, place);
};

const addCredit = (credit: Credit, add: Add): void => {
  if (credit.when !== undefined) addCondition(add, 'when', credit.when.place);
  if (credit.announced !== undefined) addCondition(add, 'announced_only', credit.announced.place);
  if (credit.shareAmong !== undefined) addCondition(add, 'share_among', credit.shareAmong.place);
};

const addReward = (reward: Reward, plan: Plan, add: Add): void => {
  add('reward', 'pays', reward.place);
  if (reward.when !== undefined) addCondition(add, 'when', reward.when.place);
  if (reward.body === 'credit') addRate(reward, plan, add);
  for (const link of reward.links) addLink(link, plan, add);
  if (reward.cap !== undefined) add('limit', 'cap reached', reward.cap.place);
  if (reward.guarantee !== undefined) add('limit', 'guarantee reached', reward.guarantee.place);
};

const addRate = ({ rate }: Extract<Reward, { body: 'credit' }>, plan: Plan, add: Add): void => {
  switch (rate.kind) {
    case 'value':
      return;
    case 'steps': {
      let last: string | undefined;
      for (const [i, { end, holdsEnd, place }] of rate.steps.entries()) {
        const words =
          end === undefined
            ? last === undefined
              ? 'every amount'
              : `beyond ${last}`
            : `${holdsEnd ? 'up to' : 'below'} ${end.text}`;
        add('step', `step ${i + 1}: ${words}`, place, `step ${i + 1}`);
        last = end?.text;
      }
      return;
    }
    case 'curve':
      for (const [i, { words, place }] of segmentsOf(rate.curve.points, showFor(rate.by.type, plan.digits)).entries()) {
        add('segment', `curve: ${words}`, place, `curve ${i}`);
      }
      return;
    case 'table':
      for (const [value, { place }] of rate.rows) add('row', `table: ${rowName(value)}`, place);
      if (rate.otherwise !== undefined) add('row', 'table: else', rate.otherwise.place);
  }
};

const addLink = (link: Link, plan: Plan, add: Add): void => {
  const way = (kind: CoverageKind, words: string, place: Place, key = words): void =>
    add(kind, `${link.name}: ${words}`, place, `links > ${link.name} > ${key}`);
  way('link', 'applied', link.place);
  if (link.when !== undefined) way('link', 'not applied', link.when.place);
  if (link.whenMissing !== undefined) way('link', 'missing', link.whenMissing.place);
  if (link.atMost !== undefined) {
    way('link', 'held', link.atMost.place);
    if (link.unless !== undefined) way('link', 'not held, for its unless', link.unless.place, 'released');
  }
  const { factor } = link;
  switch (factor.kind) {
    case 'factor':
      return;
    case 'gate':
      way('link', 'gate open', factor.condition.place);
      way('link', 'gate closed', (factor.otherwise ?? factor.condition).place);
      return;
    case 'curve':
      for (const [i, { words, place }] of segmentsOf(
        factor.curve.points,
        showFor(factor.by.type, plan.digits),
      ).entries()) {
        way('segment', words, place, `curve ${i}`);
      }
      return;
    case 'matrix': {
      const [x, y] = factor.by;
      const rows = segmentsOf(
        factor.rows.map((row) => ({ x: row.x, y: 0, place: row.place })),
        showFor(x.type, plan.digits),
      );
      for (const [i, { words, place }] of rows.entries()) way('segment', `row ${words}`, place, `row ${i}`);
      const columns = segmentsOf(factor.rows[0]?.points ?? [], showFor(y.type, plan.digits));
      for (const [i, { words, place }] of columns.entries()) way('segment', `column ${words}`, place, `column ${i}`);
    }
  }
};
