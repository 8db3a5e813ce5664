import type { Node } from '../../rules/expression/typed.ts';
import type { Credit, Plan } from '../../rules/plan.ts';
import { add, compare, type Num } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { readingOf } from '../logic/bounds.ts';
import { verdictOf } from '../logic/holds.ts';
import { givenBy } from '../meaning/conditions.ts';
import { readByRewards } from '../meaning/unused.ts';
import type { Actor } from '../scene/cast.ts';
import { rowsOf, type Scene } from '../scene/rows.ts';
import type { Doers } from '../scene/stage.ts';
import { onePeriod } from '../scene/trial.ts';
import type { Gap } from './context.ts';

/** Nobody is paid for carrying an idea from the drawing board to the conversion. */
export const ideaUnrewarded = (gap: Gap): readonly Found[] => {
  const { plan } = gap.stage;
  if (plan.needs.has('campaigns') && isRewarded(gap)) return [];
  return [
    {
      code: 'idea-unrewarded',
      message: 'nobody is paid for taking an idea from the drawing board to the conversion',
      place: plan.sections.get('rewards') ?? { file: plan.file },
      path: 'rewards',
      hint: 'pay whoever thought a campaign up when it wins: a credit over attributions, to: campaign.originator, and a reward per it',
    },
  ];
};

/** Whether somebody is paid more where the campaigns of a deal were their idea, or by a credit that only such a person has. */
const isRewarded = (gap: Gap): boolean => {
  const { plan, cast } = gap.stage;
  if ([...plan.credits.values()].some((credit) => isCarriedThrough(plan, credit))) return true;
  return cast.actors.some((actor) => {
    const other = cast.actors.find((one) => one !== actor);
    if (other === undefined) return false;
    const own = paidWith(gap, { 'campaign.originator': actor }, actor);
    const without = paidWith(gap, { 'campaign.originator': other }, actor);
    return own !== undefined && without !== undefined && compare(own, without) > 0;
  });
};

/** Whether a credit that rewards pay or read is given only where one person runs the campaign and owns the deal. */
const isCarriedThrough = (plan: Plan, credit: Credit): boolean => {
  if (credit.each !== 'attribution' && credit.each !== 'lead') return false;
  const column = (row: 'deal' | 'campaign'): Node => ({
    kind: 'column',
    type: 'text',
    row,
    column: 'owner',
    start: 0,
    end: 0,
  });
  const both: Node = {
    kind: 'binary',
    type: 'boolean',
    op: '==',
    left: column('deal'),
    right: column('campaign'),
    start: 0,
    end: 0,
  };
  const given = givenBy(credit);
  if (given.length === 0 || !readByRewards(plan).credits.has(credit.name)) return false;
  return verdictOf(both, given, readingOf(plan)) === 'always';
};

const paidWith = ({ stage, neutral, trials }: Gap, doers: Partial<Doers>, { id }: Actor): Num | undefined => {
  const [first] = neutral.scene.deals;
  const scene: Scene = {
    ...neutral.scene,
    deals: neutral.scene.deals.map((deal) =>
      deal.doers['deal.owner'] === first?.doers['deal.owner'] ? { ...deal, doers: { ...deal.doers, ...doers } } : deal,
    ),
  };
  const [start] = stage.calendar.periods;
  const periods = onePeriod(start ?? stage.calendar.period, stage.calendar.period);
  const { computation } = trials.pay(stage.plan, rowsOf(stage, scene), { periods });
  let sum: Num | undefined;
  for (const { payouts } of computation?.periods ?? [])
    for (const { person, amount } of payouts) if (person.id === id) sum = add(sum ?? 0, amount);
  return sum;
};
