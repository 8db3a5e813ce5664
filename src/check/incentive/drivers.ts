import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Plan } from '../../rules/plan.ts';
import { isWhole, type Num } from '../../values/num.ts';
import { columnType, tableOfCell } from '../scene/columns.ts';
import { measuresWithQuota } from '../scene/goals.ts';
import type { Staged } from '../scene/kinds-to-try.ts';
import type { Neutral } from '../scene/neutral.ts';
import { doersOf, type Stage } from '../scene/stage.ts';
import type { Driver } from './driver.ts';
import { dealAmount, dealCount, dealsOfWhole, touchedAmount } from './driver-deal.ts';
import { cellValue, leadsWorked, resultValue } from './driver-others.ts';
import { AT_GOAL, situationsOf } from './situation.ts';

/** So many deals are counted at least; more where a plan's thresholds say so. */
const FEWEST_COUNTED = 24;
const MOST_COUNTED = 150;

/** Everything that is varied to see what a plan pays for, the most telling first. */
export const driversOf = (stage: Stage, neutral: Neutral, staged: readonly Staged[]): readonly Driver[] => {
  const { plan } = stage;
  const main = mainKinds(stage, neutral, staged);
  const drivers: Driver[] = staged.map((one) => dealAmount(stage, neutral, one));
  const touched = plan.needs.has('attributions');
  if (touched) drivers.push(...main.map((one) => dealAmount(stage, neutral, one, { touches: 0 })));
  if (countsDeals(plan)) {
    const most = countedUpTo(plan);
    for (const one of main) drivers.push(dealCount(stage, neutral, one, most), dealsOfWhole(stage, neutral, one, most));
  }
  const shared = new Set(measuresWithQuota(plan).filter((name) => readsTouches(plan, name)));
  for (const one of main) {
    for (const situation of situationsOf(stage, neutral, one.doers['deal.owner'], shared))
      if (situation !== AT_GOAL) drivers.push(dealAmount(stage, neutral, one, { situation }));
  }
  if (touched && !asksForSize(plan)) {
    for (const one of main)
      for (const percent of [100, 150]) drivers.push(touchedAmount(stage, neutral, one, { shared, percent }));
  }
  if (stage.columns.get('leads')?.has('followed_up_on') === true) {
    const workers = new Set(neutral.scene.leads.map(({ doers }) => doers['lead.assigned_to']));
    for (const worker of workers) drivers.push(...leadsWorked(neutral, worker));
  }
  for (const result of new Set(neutral.scene.results.map((one) => one.result)))
    drivers.push(resultValue(neutral, result));
  for (const { cell, credit } of cellsInRates(plan)) {
    const { table, column } = tableOfCell(cell);
    const type = columnType(plan, table, column);
    const usual = stage.usual(cell);
    if (type !== 'money' && type !== 'number' && type !== 'date' && type !== 'days') continue;
    const start = typeof usual === 'number' ? usual : 1;
    const own = staged.find((one) => one.credit.name === credit);
    drivers.push(cellValue(neutral, own, { cell, type, usual: start }));
  }
  return drivers;
};

/** The kinds that each owner of deals makes as a rule. */
const mainKinds = (stage: Stage, neutral: Neutral, staged: readonly Staged[]): readonly Staged[] =>
  [...neutral.kinds].flatMap(([owner, [kind]]) => {
    const credit = staged.find(({ doers }) => doers['deal.owner'] === owner)?.credit ?? staged[0]?.credit;
    return kind === undefined || credit === undefined ? [] : [{ kind, doers: doersOf(stage, owner), credit }];
  });

const some = (plan: Plan, test: (node: Node) => boolean): boolean =>
  expressionsOf(plan).some(({ expression }) => {
    let found = false;
    walk(expression.node, (node) => {
      if (test(node)) found = true;
    });
    return found;
  });

/** Whether it matters how large a deal is: then two that are touched in part say nothing of what is touched in all. */
const asksForSize = (plan: Plan): boolean =>
  expressionsOf(plan).some(({ expression: { node } }) => {
    let asks = false;
    if (node.kind === 'column') return false;
    walk(node, (one) => {
      if (one.kind === 'column' && one.row === 'deal' && one.column === 'amount') asks = true;
    });
    return asks;
  });

/** Whether it matters how many deals there are, beside what they are worth. */
const countsDeals = (plan: Plan): boolean =>
  [...plan.rewards.values()].some((reward) => reward.body === 'credit' && reward.unit === 'pay') ||
  some(plan, (node) => node.kind === 'aggregate' && !node.forDeal && node.fn !== 'sum') ||
  [...plan.rewards.values()].some(
    (reward) => reward.body === 'credit' && reward.rate.kind === 'steps' && reward.rate.counting?.type === 'number',
  );

/** Beyond the largest count that the plan compares with. */
const countedUpTo = (plan: Plan): number => {
  let most = FEWEST_COUNTED;
  const take = (value: unknown): void => {
    if (typeof value === 'number' && isWhole(value) && value + 4 > most && value < MOST_COUNTED) most = value + 4;
  };
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'literal' && node.type === 'number') take(node.value as Num);
    });
  }
  for (const { links } of plan.rewards.values())
    for (const { factor } of links) if (factor.kind === 'curve') for (const { x } of factor.curve.points) take(x);
  for (const { value, type } of plan.params.values()) if (type === 'number') take(value);
  return most;
};

const readsTouches = (plan: Plan, measure: string): boolean => {
  let reads = false;
  const inner = plan.measures.get(measure)?.value.node;
  if (inner !== undefined) {
    walk(inner, (node) => {
      if (node.kind === 'aggregate' && plan.credits.get(node.credit)?.each === 'attribution') reads = true;
    });
  }
  return reads;
};

interface CellRead {
  readonly cell: string;
  /** The credit on whose lines it is read. */
  readonly credit: string | undefined;
}

/** Beside what a deal is worth: the cells that rates and links read, of which more or less can be had. */
const cellsInRates = (plan: Plan): readonly CellRead[] => {
  const cells = new Map<string, CellRead>();
  for (const { expression, path } of expressionsOf(plan)) {
    const reward = plan.rewards.get(/^rewards > (\S+) > (?:rate|pay|links)/.exec(path)?.[1] ?? '');
    if (reward === undefined) continue;
    const credit = reward.body === 'credit' ? reward.credit : undefined;
    walk(expression.node, (node) => {
      if (node.kind !== 'column' || node.type === 'text' || node.type === 'boolean') return;
      const cell = `${node.row}.${node.column}`;
      if (cell !== 'deal.amount' && cell !== 'deal.close_date')
        cells.set(JSON.stringify([cell, credit]), { cell, credit });
    });
  }
  return [...cells.values()];
};
