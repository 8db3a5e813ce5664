import type { Computed } from '../engine/compute.ts';
import type { PeriodResult, Person } from '../engine/result.ts';
import type { Payee } from '../engine/reward.ts';
import { wayUp } from '../engine/reward-credit.ts';
import type { Stair } from '../engine/steps.ts';
import { type Node, type Type, walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { CreditReward, Plan } from '../rules/plan.ts';
import type { RateSteps } from '../rules/rate/kinds.ts';
import { stepAt } from '../rules/rate/steps.ts';
import { isMissing } from '../values/missing.ts';
import { compare, div, fraction, isZero, mul, type Num, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';

/** What somebody has done of a quota. */
export interface Attainment {
  readonly measure: string;
  readonly type: Type;
  /** The reward's period that it is of. */
  readonly period: Period;
  readonly done: Num;
  readonly quota: Num;
  /** done ÷ quota */
  readonly share: Num;
}

/** How far up the steps of a reward somebody has come by the end of a period. */
export interface StepsReached {
  readonly reward: CreditReward;
  readonly rule: RateSteps;
  readonly stair: Stair;
  readonly accumulated: Num;
  /** The step that `accumulated` stands in. */
  readonly step: number;
  /** Where the next step begins, and what is missing to there; undefined on the last. */
  readonly next: { readonly at: Num; readonly missing: Num; readonly rate: Num } | undefined;
}

/** Where somebody stands at the end of a period. */
export interface Standing {
  /** In the order in which the plan's rewards read them, each once. */
  readonly attainments: readonly Attainment[];
  readonly steps: readonly StepsReached[];
}

/** Where a person stands: attainment of every quota of their own that their rewards read, and steps reached. */
export const standingOf = (computed: Computed, result: PeriodResult, person: Person): Standing => {
  const attainments = new Map<string, Attainment>();
  const steps: StepsReached[] = [];
  for (const { payee, person: whose } of result.payouts) {
    if (whose !== person || payee === undefined) continue;
    const reached = payee.reward.body === 'credit' ? stepsReached(computed, payee) : undefined;
    if (reached !== undefined) steps.push(reached);
    for (const node of ownQuotas(computed.plan, payee.reward.name)) {
      if (attainments.has(node.measure)) continue;
      const found = attainmentOf(computed, payee, node);
      if (found !== undefined) attainments.set(node.measure, found);
    }
  }
  return { attainments: [...attainments.values()], steps };
};

/** Whether the next step begins within a tenth of itself. */
export const isNearNextStep = ({ next }: StepsReached): boolean =>
  next !== undefined && compare(next.missing, mul(next.at, fraction(1, 10))) <= 0;

const stepsReached = ({ engine }: Computed, payee: Payee): StepsReached | undefined => {
  const reward = payee.reward as CreditReward;
  const way = wayUp(engine, payee);
  if (way === undefined || isMissing(way) || reward.rate.kind !== 'steps') return undefined;
  const { stair, accumulated } = way;
  const step = stepAt(stair.values, accumulated);
  const at = stair.values[step]?.end;
  const rate = stair.values[step + 1]?.rate;
  const next = at === undefined || rate === undefined ? undefined : { at, missing: sub(at, accumulated), rate };
  return { reward, rule: reward.rate, stair, accumulated, step, next };
};

type QuotaNode = Extract<Node, { kind: 'quota' }>;

const quotasRead = new WeakMap<Plan, ReadonlyMap<string, readonly QuotaNode[]>>();

/** The quotas of the payee's own that a reward reads, also by way of measures. */
const ownQuotas = (plan: Plan, reward: string): readonly QuotaNode[] => {
  let known = quotasRead.get(plan);
  if (known === undefined) {
    known = findQuotas(plan);
    quotasRead.set(plan, known);
  }
  return known.get(reward) ?? [];
};

const findQuotas = (plan: Plan): ReadonlyMap<string, readonly QuotaNode[]> => {
  const found = new Map<string, QuotaNode[]>();
  for (const { expression, path } of expressionsOf(plan)) {
    const [section, reward = ''] = path.split(' > ');
    if (section !== 'rewards') continue;
    const nodes = found.get(reward) ?? [];
    found.set(reward, nodes);
    const seen = new Set<string>();
    const visit = (root: Node): void =>
      walk(root, (node) => {
        if (node.kind === 'quota' && node.scope.kind === 'own') nodes.push(node);
        if (node.kind !== 'measure' || node.scope.kind !== 'own' || seen.has(node.name)) return;
        seen.add(node.name);
        const inner = plan.measures.get(node.name)?.value.node;
        if (inner !== undefined) visit(inner);
      });
    visit(expression.node);
  }
  return found;
};

const attainmentOf = ({ plan }: Computed, payee: Payee, node: QuotaNode): Attainment | undefined => {
  const { measure: name } = node;
  const measure = plan.measures.get(name);
  if (measure === undefined) return undefined;
  const quota = payee.readerOf(payee.lastStay).quota(node);
  const { type } = measure.value;
  const done = payee.readerOf(payee.lastStay).measure({
    kind: 'measure',
    name,
    scope: { kind: 'own' },
    suffix: undefined,
    type,
    start: 0,
    end: 0,
  });
  if (isMissing(quota) || isMissing(done) || isZero(quota as Num)) return undefined;
  const share = div(done as Num, quota as Num);
  return share === undefined
    ? undefined
    : { measure: name, type, period: payee.period, done: done as Num, quota: quota as Num, share };
};
