import type { Known } from '../../rules/expression/typed.ts';
import type { Credit } from '../../rules/plan.ts';
import { add, compare, type Num } from '../../values/num.ts';
import type { Found } from '../found.ts';
import type { Actor } from '../scene/cast.ts';
import { rowsOf, type Scene, type SceneLead } from '../scene/rows.ts';
import { type Outcome, onePeriod } from '../scene/trial.ts';
import type { Gap } from './context.ts';

/** Of ten leads so many more come from a campaign of which nobody was told, and are not worked. */
const UNTOLD = 5;

/** Ways in which a campaign comes without a word: never announced, or only after its leads had come. */
const SILENT: readonly ReadonlyMap<string, Known | undefined>[] = [
  new Map([
    ['campaign.announced_on', undefined],
    ['campaign.acknowledged_on', undefined],
  ]),
];

/** Whoever works leads is paid less for leads of campaigns that nobody told them of. */
export const blamedUnannounced = (gap: Gap): readonly Found[] => {
  const { stage, neutral } = gap;
  if (!stage.plan.needs.has('leads')) return [];
  const workers = new Set(neutral.scene.leads.map(({ doers }) => doers['lead.assigned_to']));
  for (const worker of workers) {
    for (const cells of [...SILENT, lateCells(gap)]) {
      const found = judge(gap, worker, cells);
      if (found !== undefined) return [found];
    }
  }
  return [];
};

/** Announced on the day after its leads were handed over. */
const lateCells = ({ neutral, stage }: Gap): ReadonlyMap<string, Known | undefined> => {
  const kind = neutral.scene.leads[0]?.kind;
  const assigned = (kind?.facts.get('lead.assigned_on') ?? stage.usual('lead.assigned_on')) as number;
  return new Map<string, Known | undefined>([
    ['campaign.announced_on', assigned + 1],
    ['campaign.acknowledged_on', assigned + 1],
  ]);
};

const judge = (gap: Gap, worker: Actor, silent: ReadonlyMap<string, Known | undefined>): Found | undefined => {
  const { stage, neutral } = gap;
  const [model] = neutral.scene.leads.filter(({ doers }) => doers['lead.assigned_to'] === worker);
  if (model === undefined) return undefined;
  const cells = new Map<string, Known | undefined>([...silent, ['lead.followed_up_on', undefined]]);
  const more = Array.from(
    { length: UNTOLD },
    (_, i): SceneLead => ({ ...model, id: `u${i + 1}`, deal: undefined, period: stage.calendar.period, cells }),
  );
  const before = payOn(gap, neutral.scene);
  const after = payOn(gap, { ...neutral.scene, leads: [...neutral.scene.leads, ...more] });
  const told = paidTo(before, worker);
  const blamed = paidTo(after, worker);
  if (told === undefined || blamed === undefined || compare(blamed, told) >= 0) return undefined;
  const credit = creditOf(before, after);
  if (credit === undefined) return undefined;
  const link = loweredLink(before, after, worker);
  const never = silent.get('campaign.announced_on') === undefined;
  return {
    code: 'blamed-unannounced',
    message: `${worker.department} is paid less for leads that it did not work of a campaign that was ${never ? 'never announced' : 'announced after they had come'}`,
    place: credit.place,
    path: `credits > ${credit.name}`,
    related: link === undefined ? [] : [{ ...link.place, message: 'this link holds them against it' }],
    hint: 'count only leads of campaigns that were announced in time: announced_only: true on the credit, with campaign_notice: on the plan',
  };
};

const payOn = ({ stage, trials }: Gap, scene: Scene): Outcome => {
  const [first] = stage.calendar.periods;
  const periods = onePeriod(first ?? stage.calendar.period, stage.calendar.period);
  return trials.pay(stage.plan, rowsOf(stage, scene), { periods });
};

const paidTo = ({ computation }: Outcome, { id }: Actor): Num | undefined =>
  computation?.periods
    .flatMap(({ payouts }) => payouts)
    .reduce<Num>((sum, { person, amount }) => (person.id === id ? add(sum, amount) : sum), 0);

/** The first credit over leads that the untold leads gave as well. */
const creditOf = (before: Outcome, after: Outcome): Credit | undefined => {
  for (const [name, rows] of after.computation?.credits ?? []) {
    const credit = after.computation?.plan.credits.get(name);
    if (credit?.each === 'lead' && rows.length > (before.computation?.credits.get(name)?.length ?? 0)) return credit;
  }
  return undefined;
};

/** The link whose factor fell. */
const loweredLink = (before: Outcome, after: Outcome, worker: Actor) => {
  const factors = ({ computation }: Outcome) =>
    new Map(
      (computation?.periods ?? []).flatMap(({ payouts }) =>
        payouts
          .filter(({ person }) => person.id === worker.id)
          .flatMap(({ lines }) =>
            lines.flatMap(({ links }) => links.map(({ link, factor }) => [link, factor] as const)),
          ),
      ),
    );
  const then = factors(after);
  for (const [link, factor] of factors(before)) {
    const now = then.get(link);
    if (now !== undefined && compare(now, factor) < 0) return link;
  }
  return undefined;
};
