import { walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Num } from '../../values/num.ts';
import type { Period } from '../../values/period.ts';
import type { ExampleRows } from '../counterexample.ts';
import type { Actor } from './cast.ts';
import { goalsAtResults, resultsAt, spansOf } from './goals.ts';
import { rowsOf, type Scene, type SceneDeal, type SceneLead } from './rows.ts';
import { doersOf, type Kind, kindsOf, type Stage } from './stage.ts';
import type { Trials } from './trial.ts';
import { DEALS, dealOf } from './usual.ts';

/** Of ten leads so many are worked. */
const WORKED = 9;

export const amountOf = (stage: Stage, kind: Kind): Num => (kind.facts.get('deal.amount') ?? dealOf(stage.plan)) as Num;

/** Whether a plan asks when a lead was worked. */
const asksWorked = (stage: Stage): boolean => stage.columns.get('leads')?.has('followed_up_on') === true;

/** Whether a credit over leads reads the deal that a lead became. */
export const leadsHaveDeals = ({ plan }: Stage): boolean =>
  expressionsOf(plan).some(({ expression, path }) => {
    const each = plan.credits.get(/^credits > (\S+)/.exec(path)?.[1] ?? '')?.each;
    let reads = false;
    walk(expression.node, (node) => {
      if (each === 'lead' && node.kind === 'column' && node.row === 'deal') reads = true;
      if (node.kind === 'aggregate' && node.forDeal && plan.credits.get(node.credit)?.each === 'lead') reads = true;
    });
    return reads;
  });

/** Numbers the rows of a scene. */
export class Ids {
  #deals = 0;
  #leads = 0;
  deal(): string {
    return `d${++this.#deals}`;
  }
  lead(): string {
    return `l${++this.#leads}`;
  }
}

/** Ten deals of somebody with two touches each, of the kinds in turn, and the leads that go with them. */
export const tenDeals = (
  stage: Stage,
  owner: Actor,
  kinds: readonly Kind[],
  ids: Ids,
  period?: Period,
): { readonly deals: readonly SceneDeal[]; readonly leads: readonly SceneLead[] } => {
  const doers = doersOf(stage, owner);
  const deals: SceneDeal[] = [];
  const leads: SceneLead[] = [];
  const linked = leadsHaveDeals(stage);
  for (let i = 0; i < DEALS; i++) {
    const kind = kinds[i % kinds.length] as Kind;
    const deal = { id: ids.deal(), kind, doers, amount: amountOf(stage, kind), touches: 2, period };
    deals.push(deal);
    if (!stage.plan.needs.has('leads')) continue;
    const unworked = i >= WORKED && asksWorked(stage);
    const cells = unworked ? new Map([['lead.followed_up_on', undefined]]) : undefined;
    leads.push({ id: ids.lead(), kind, doers, deal: linked ? deal.id : undefined, period, cells });
  }
  return { deals, leads };
};

export interface Neutral {
  readonly scene: Scene;
  readonly rows: ExampleRows;
  readonly kinds: ReadonlyMap<Actor, readonly Kind[]>;
}

/**
 * The neutral example of a plan: one payee a department, each at exactly 100% of every goal, by ten equal deals with two
 * touches each from two campaigns that were announced in time, ten leads of which nine are worked, results at 100%. Where
 * the plan looks at longer stretches than its period, each period of the stretch is like that.
 */
export const neutralOf = (stage: Stage, trials: Trials): Neutral => {
  const { calendar, roles } = stage;
  const ids = new Ids();
  const kinds = new Map(roles['deal.owner'].map((owner) => [owner, kindsOf(stage, owner)]));
  const deals: SceneDeal[] = [];
  const leads: SceneLead[] = [];
  for (const period of calendar.periods) {
    for (const [owner, own] of kinds) {
      const ten = tenDeals(stage, owner, own, ids, period);
      deals.push(...ten.deals);
      leads.push(...ten.leads);
    }
  }
  const bare: Scene = { deals, leads, goals: [], results: resultsAt(stage, 1, spansOf(stage)) };
  const goals = goalsAtResults(stage, rowsOf(stage, bare), calendar.periods, trials);
  const scene = { ...bare, goals };
  return { scene, rows: rowsOf(stage, scene), kinds };
};
