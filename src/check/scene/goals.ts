import { type Node, type Scope, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { PayeeReward, Plan } from '../../rules/plan.ts';
import { div, isZero, type Num } from '../../values/num.ts';
import { MONTHS, PERIOD_KINDS, type Period, partsOf } from '../../values/period.ts';
import type { ExampleRows } from '../counterexample.ts';
import { type Actor, rewardsOf } from './cast.ts';
import type { SceneGoal, SceneResult } from './rows.ts';
import type { Stage } from './stage.ts';
import { onePeriod, type Trials } from './trial.ts';
import { goalOf } from './usual.ts';

/** The measures whose quotas a plan reads. */
export const measuresWithQuota = (plan: Plan): readonly string[] => {
  const names = new Set<string>();
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'quota') names.add(node.measure);
    });
  }
  return [...names];
};

/** A hundred minor units a unit: large enough that a measure is paid exactly. */
const UNIT = 100;

/** A plan that pays everybody one measure and nothing else, to see what it is. */
const probeOf = (plan: Plan, measure: string): Plan => {
  const value = plan.measures.get(measure)?.value;
  const node: Node = {
    kind: 'measure',
    type: value?.type ?? 'number',
    name: measure,
    scope: { kind: 'own' },
    suffix: undefined,
    start: 0,
    end: 0,
  };
  const unit: Node = { kind: 'literal', type: 'money', value: UNIT, start: 0, end: 0 };
  const pay: Node =
    node.type === 'money'
      ? node
      : { kind: 'binary', type: 'money', op: '*', left: unit, right: node, start: 0, end: 0 };
  const place = { file: plan.file };
  const reward: PayeeReward = {
    name: measure,
    body: 'payee',
    pay: { type: 'money', text: measure, place, node: pay },
    who: {
      type: 'boolean',
      text: 'everyone',
      place,
      node: { kind: 'literal', type: 'boolean', value: true, start: 0, end: 0 },
    },
    every: plan.period,
    when: undefined,
    links: [],
    cap: undefined,
    guarantee: undefined,
    basis: 'results',
    prorate: undefined,
    place,
  };
  return { ...plan, rewards: new Map([[measure, reward]]), rewardOrder: [measure] };
};

/** What a measure of everybody comes to in a period, by person; nobody is in it where it cannot be told. */
export const measured = (
  stage: Stage,
  rows: ExampleRows,
  measure: string,
  period: Period,
  trials: Trials,
): ReadonlyMap<string, Num> => {
  const values = new Map<string, Num>();
  const { computation } = trials.pay(probeOf(stage.plan, measure), rows, { periods: onePeriod(period) });
  const isMoney = stage.plan.measures.get(measure)?.value.type === 'money';
  for (const { payouts } of computation?.periods ?? [])
    for (const { person, lines } of payouts)
      for (const line of lines) values.set(person.id, isMoney ? line.exactBase : (div(line.exactBase, UNIT) as Num));
  return values;
};

/** Quotas such that everything that somebody does is at 100% of goal in each of some periods. */
export const goalsAtResults = (
  stage: Stage,
  rows: ExampleRows,
  periods: readonly Period[],
  trials: Trials,
): readonly SceneGoal[] => {
  const goals: SceneGoal[] = [];
  for (const measure of measuresWithQuota(stage.plan)) {
    const isMoney = stage.plan.measures.get(measure)?.value.type === 'money';
    const values = measured(stage, rows, measure, stage.calendar.period, trials);
    for (const actor of stage.cast.actors) {
      const { id } = actor;
      const value = values.get(id) ?? 0;
      // A goal of somebody who does nothing of it would make a group's larger; where it is asked for, it must be there.
      if (isZero(value) && !asksForGoal(stage, actor, measure)) continue;
      const amount = isZero(value) ? (isMoney ? goalOf(stage.plan) : 10) : value;
      for (const period of periods) goals.push({ for: id, period: period.label, measure, amount });
    }
  }
  return goals;
};

const asksForGoal = ({ plan, cast }: Stage, actor: Actor, measure: string): boolean => {
  const paid = new Set(rewardsOf(plan, cast, actor).map(({ name }) => name));
  const asks = (node: Node, seen: readonly string[]): boolean => {
    let found = false;
    walk(node, (one) => {
      if (!('scope' in one) || !isOwn(one.scope)) return;
      if (one.kind === 'quota' && one.measure === measure) found = true;
      const inner =
        one.kind === 'measure' && !seen.includes(one.name) ? plan.measures.get(one.name)?.value.node : undefined;
      if (one.kind === 'measure' && inner !== undefined && asks(inner, [...seen, one.name])) found = true;
    });
    return found;
  };
  return expressionsOf(plan).some(
    ({ expression, path }) => paid.has(/^rewards > (\S+)/.exec(path)?.[1] ?? '') && asks(expression.node, []),
  );
};

const isOwn = (scope: Scope): boolean => scope.kind === 'own';

/** Every result that a plan reads, at 100%: each one's own, each group's. */
export const resultsAt = (stage: Stage, value: Num, spans: readonly Period[]): readonly SceneResult[] => {
  const { plan, cast } = stage;
  const read = new Map<string, { readonly name: string; readonly scope: Scope }>();
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'result')
        read.set(JSON.stringify([node.name, node.scope]), { name: node.name, scope: node.scope });
      // A measure that reads a result of its own reads the group's in a scope.
      if (node.kind !== 'measure' || isOwn(node.scope)) return;
      const inner = plan.measures.get(node.name)?.value.node;
      if (inner === undefined) return;
      walk(inner, (one) => {
        if (one.kind === 'result' && isOwn(one.scope))
          read.set(JSON.stringify([one.name, node.scope]), { name: one.name, scope: node.scope });
      });
    });
  }
  const results = new Map<string, SceneResult>();
  for (const { name, scope } of read.values()) {
    for (const whose of whoseOf(scope, cast.actors)) {
      for (const period of spans) {
        const row = { result: name, period: period.label, for: whose, value };
        results.set(JSON.stringify([name, whose, period.label]), row);
      }
    }
  }
  return [...results.values()];
};

const whoseOf = (scope: Scope, actors: readonly Actor[]): readonly (string | undefined)[] => {
  switch (scope.kind) {
    case 'own':
      return actors.map(({ id }) => id);
    case 'group':
      return [scope.name];
    case 'everyone':
      return ['everyone'];
    default:
      return [undefined];
  }
};

/** All the periods, of whatever kind, in which results of a stretch of time are asked for. */
export const spansOf = (stage: Stage): readonly Period[] => {
  const { plan, calendar } = stage;
  const spans: Period[] = [];
  for (const kind of PERIOD_KINDS) {
    if (MONTHS[kind] < MONTHS[plan.period] || MONTHS[kind] > MONTHS[calendar.span.kind]) continue;
    spans.push(...partsOf(calendar.span, kind, plan.fiscalYearStarts));
  }
  return spans;
};
