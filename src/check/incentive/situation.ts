import type { Known } from '../../rules/expression/typed.ts';
import { fraction, mul, type Num, roundWhole } from '../../values/num.ts';
import type { Actor } from '../scene/cast.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Scene, SceneDeal } from '../scene/rows.ts';
import type { Stage } from '../scene/stage.ts';

/** How the others of a scene do, while one thing is varied. */
export interface Situation {
  /** In words, behind what is varied; empty for everything at goal. */
  readonly name: string;
  readonly change: (scene: Scene) => Scene;
}

export const AT_GOAL: Situation = { name: '', change: (scene) => scene };

const scaledBy = (stage: Stage, deal: SceneDeal, factor: Num): SceneDeal => ({
  ...deal,
  amount: roundWhole(mul(deal.amount, factor), stage.plan.rounding),
});

/** With goals of some measures such that what is done is so many percent of them. */
export const atPercent = (
  { plan }: Stage,
  goals: Scene['goals'],
  percent: number,
  isMeant: (measure: string) => boolean,
): Scene['goals'] =>
  goals.map((goal) =>
    isMeant(goal.measure)
      ? { ...goal, amount: roundWhole(mul(goal.amount, fraction(100, percent)), plan.rounding) }
      : goal,
  );

/** Situations in which somebody else does half, or half as much again, of what is asked for. */
export const situationsOf = (
  stage: Stage,
  neutral: Neutral,
  owner: Actor | undefined,
  touched: ReadonlySet<string>,
): readonly Situation[] => {
  const situations: Situation[] = [AT_GOAL];
  const { plan } = stage;
  const others = neutral.scene.deals.some(({ doers }) => doers['deal.owner'] !== owner);
  for (const percent of [50, 150]) {
    const factor = fraction(percent, 100);
    if (neutral.scene.results.length > 0) {
      const results = (scene: Scene): Scene['results'] => scene.results.map((one) => ({ ...one, value: factor }));
      situations.push({
        name: `with results at ${percent}%`,
        change: (scene) => ({ ...scene, results: results(scene) }),
      });
    }
    if (!others) continue;
    const change = (scene: Scene): Scene => ({
      ...scene,
      deals: scene.deals.map((deal) => (deal.doers['deal.owner'] === owner ? deal : scaledBy(stage, deal, factor))),
    });
    situations.push({ name: `with the others at ${percent}% of goal`, change });
  }
  if (touched.size > 0) {
    const change = (scene: Scene): Scene => ({
      ...scene,
      goals: atPercent(stage, scene.goals, 150, (measure) => touched.has(measure)),
    });
    situations.push({ name: 'with what campaigns touch at 150% of goal', change });
  }
  if (plan.needs.has('leads') && stage.columns.get('leads')?.has('followed_up_on') === true) {
    const unworked = new Map<string, Known | undefined>([['lead.followed_up_on', undefined]]);
    const none = (scene: Scene): Scene => ({
      ...scene,
      leads: scene.leads.map((lead) => ({ ...lead, cells: unworked })),
    });
    situations.push({ name: 'with no lead worked', change: none });
  }
  return situations;
};

/** The scene of the neutral example without what somebody does: the others at goal. */
export const othersOf = (neutral: Neutral, owner: Actor): Scene => {
  const deals = neutral.scene.deals.filter(({ doers }) => doers['deal.owner'] !== owner);
  const there = new Set(deals.map(({ id }) => id));
  const leads = neutral.scene.leads.map((lead) =>
    lead.deal === undefined || there.has(lead.deal) ? lead : { ...lead, deal: undefined },
  );
  return { ...neutral.scene, deals, leads };
};
