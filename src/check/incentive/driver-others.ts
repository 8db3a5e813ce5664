import type { Known } from '../../rules/expression/typed.ts';
import { fraction, mul } from '../../values/num.ts';
import type { Actor } from '../scene/cast.ts';
import type { Staged } from '../scene/kinds-to-try.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Scene, SceneLead } from '../scene/rows.ts';
import type { Driver } from './driver.ts';

/** So many leads of somebody, enough that one is a small part of them. */
const LEADS = 20;

/** How many of twenty leads somebody works. */
export const leadsWorked = (neutral: Neutral, worker: Actor): readonly Driver[] => {
  const model = neutral.scene.leads.find(({ doers }) => doers['lead.assigned_to'] === worker);
  if (model === undefined) return [];
  const unworked = new Map<string, Known | undefined>([['lead.followed_up_on', undefined]]);
  const driver: Driver = {
    what: 'the number of leads that are worked',
    unit: 'leads',
    sceneAt: (x): Scene => {
      const others = neutral.scene.leads.filter(({ doers }) => doers['lead.assigned_to'] !== worker);
      const leads = Array.from(
        { length: LEADS },
        (_, i): SceneLead => ({
          ...model,
          id: `lead${i + 1}`,
          period: undefined,
          deal: undefined,
          cells: i < x ? undefined : unworked,
        }),
      );
      return { ...neutral.scene, leads: [...leads, ...others] };
    },
    nameAt: (x) => `${x} of ${LEADS} leads worked`,
    from: 0,
    to: LEADS,
    open: false,
    everyUnit: true,
    isMore: true,
    doers: [worker.id],
  };
  return [driver];
};

/** Hundredths of a percent. */
const PER_RESULT = 10_000;

/** A result that no row shows, from nothing to three times of what is wanted. */
export const resultValue = (neutral: Neutral, result: string): Driver => ({
  what: `the result ${result}`,
  unit: 'result',
  sceneAt: (x) => ({
    ...neutral.scene,
    results: neutral.scene.results.map((one) =>
      one.result === result ? { ...one, value: fraction(x, PER_RESULT) } : one,
    ),
  }),
  nameAt: (x) => `a result ${result} of ${(x / 100).toString()}%`,
  from: 0,
  to: 3 * PER_RESULT,
  open: false,
  everyUnit: false,
  // Of a result nobody knows whether more of it is better: a margin, or complaints.
  isMore: false,
  doers: [],
});

/** The neutral example, in which somebody's deals are of the kind that is made for a credit. */
const sceneOf = ({ scene }: Neutral, { kind, doers }: Staged): Scene => ({
  ...scene,
  deals: scene.deals.map((deal) =>
    deal.doers['deal.owner'] === doers['deal.owner'] ? { ...deal, kind, doers } : deal,
  ),
});

/** A cell of every row of a kind, such as the margin of deals; with a deal that is made for a credit, of that one's. */
export const cellValue = (
  neutral: Neutral,
  staged: Staged | undefined,
  {
    cell,
    type,
    usual,
  }: { readonly cell: string; readonly type: 'money' | 'number' | 'date' | 'days'; readonly usual: number },
): Driver => {
  const unit = type === 'money' ? 'money' : type === 'number' ? 'number' : 'days';
  const value = (x: number): Known => (type === 'number' ? mul(x, fraction(1, 100)) : x);
  const range =
    type === 'money'
      ? [0, usual * 10]
      : type === 'number'
        ? [0, 1000]
        : type === 'days'
          ? [0, 730]
          : [usual - 400, usual + 30];
  const scene = staged === undefined || cell.startsWith('lead.') ? neutral.scene : sceneOf(neutral, staged);
  return {
    what: cell.replace('.', '’s '),
    unit,
    sceneAt: (x) => ({
      ...scene,
      deals: scene.deals.map((deal) => ({ ...deal, cells: new Map([[cell, value(x)]]) })),
      leads: scene.leads.map((lead) =>
        cell.startsWith('deal.') ? lead : { ...lead, cells: new Map([...(lead.cells ?? []), [cell, value(x)]]) },
      ),
    }),
    nameAt: (x) => `${cell} at ${String(value(x))}`,
    from: range[0] as number,
    to: range[1] as number,
    open: false,
    everyUnit: false,
    isMore: false,
    doers: [],
  };
};
