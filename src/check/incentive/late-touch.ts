import type { Known, Node } from '../../rules/expression/typed.ts';
import type { Credit, Expression, Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { formatGrouped } from '../../values/money.ts';
import { add, compare, type Num } from '../../values/num.ts';
import type { Found } from '../found.ts';
import type { Staged } from '../scene/kinds-to-try.ts';
import { rowsOf, type Scene, type SceneDeal } from '../scene/rows.ts';
import { type Outcome, onePeriod, Trials } from '../scene/trial.ts';
import { dealOf } from '../scene/usual.ts';
import type { Incentives } from './context.ts';
import { examplesOf } from './example-make.ts';
import { othersOf } from './situation.ts';

/** A touch that is placed after the deal was won, and for which somebody is paid. */
export const lateTouchEarns = (incentives: Incentives): readonly Found[] => {
  const found = new Map<string, Found>();
  for (const staged of incentives.staged) {
    if (staged.credit.each !== 'attribution') continue;
    for (const one of judge(incentives, staged)) if (!found.has(one.path)) found.set(one.path, one);
  }
  return [...found.values()];
};

/** So many runs may be spent on making one example small. */
const EXAMPLE_RUNS = 300;

const judge = (incentives: Incentives, staged: Staged): readonly Found[] => {
  const { plan, stage, neutral, trials } = incentives;
  const { kind, doers } = staged;
  const closed = (kind.facts.get('deal.close_date') ?? stage.usual('deal.close_date')) as number;
  const late = new Map<string, Known | undefined>([['attribution.touched_on', closed + 1]]);
  const base = othersOf(neutral, doers['deal.owner']);
  const amount = (kind.facts.get('deal.amount') ?? dealOf(plan)) as Num;
  const sceneWith = (touches: number): Scene => {
    const deal: SceneDeal = { id: 'deal', kind, doers, amount, touches, cells: touches === 0 ? undefined : late };
    return { ...base, deals: [deal, ...base.deals] };
  };
  const none = rowsOf(stage, sceneWith(0));
  const one = rowsOf(stage, sceneWith(1));
  const periods = onePeriod(stage.calendar.period);
  const before = trials.pay(plan, none, { periods });
  const after = trials.pay(plan, one, { periods });
  const person = gainer(before, after);
  if (person === undefined) return [];
  return creditsOf(after).flatMap((credit) => {
    const mended = guarded(plan, credit);
    const then = trials.pay(mended, one, { periods });
    // Another credit may be what pays for it.
    if (compare(paidTo(then, person), paidTo(after, person)) >= 0) return [];
    const sold = formatGrouped(amount, plan.digits);
    const cases = examplesOf(
      [
        { name: `a deal of ${sold} that no campaign touched`, rows: none },
        { name: `the same deal, touched on the day after it was won`, rows: one },
      ],
      {
        plan,
        from: stage.calendar.period,
        to: stage.calendar.period,
        trials: new Trials(EXAMPLE_RUNS),
        person,
        mended,
      },
    );
    if (cases === undefined) return [];
    const said = (outcome: Outcome): string => formatGrouped(paidTo(outcome, person), plan.digits);
    return [
      {
        code: 'late-touch-earns' as const,
        message: `a touch placed after the win earns: a deal of ${sold} won on ${formatDay(closed)} pays ${person} ${said(before)} untouched, ${said(after)} touched on ${formatDay(closed + 1)}`,
        place: credit.place,
        path: `credits > ${credit.name}`,
        hint: `add share_among: ${GUARD}`,
        counterexample: { cases },
      },
    ];
  });
};

const GUARD = 'attribution.touched_on <= deal.close_date';

const paidTo = ({ computation }: Outcome, person: string): Num =>
  (computation?.periods ?? [])
    .flatMap(({ payouts }) => payouts)
    .reduce<Num>((sum, payout) => (payout.person.id === person ? add(sum, payout.amount) : sum), 0);

/** Somebody who is paid more. */
const gainer = (before: Outcome, after: Outcome): string | undefined => {
  if (before.computation === undefined || after.computation === undefined) return undefined;
  const people = after.computation.people.map(({ id }) => id);
  return people.find((id) => compare(paidTo(after, id), paidTo(before, id)) > 0);
};

/** The credits over touches that the late touch has given. */
const creditsOf = ({ computation }: Outcome): readonly Credit[] => {
  const ids = computation?.tables.get('deals')?.columns.get('deal_id') ?? [];
  return [...(computation?.credits ?? [])].flatMap(([name, rows]) => {
    const credit = computation?.plan.credits.get(name);
    const isGiven = rows.some((row) => row.attribution >= 0 && ids[row.rootDeal] === 'deal');
    return credit?.each === 'attribution' && isGiven ? [credit] : [];
  });
};

/** The plan in which only touches up to the win take part in a credit. */
const guarded = (plan: Plan, credit: Credit): Plan => {
  const column = (row: 'attribution' | 'deal', name: string): Node => ({
    kind: 'column',
    type: 'date',
    row,
    column: name,
    start: 0,
    end: 0,
  });
  const guard: Node = {
    kind: 'binary',
    type: 'boolean',
    op: '<=',
    left: column('attribution', 'touched_on'),
    right: column('deal', 'close_date'),
    start: 0,
    end: 0,
  };
  const own = credit.shareAmong?.node;
  const node: Node =
    own === undefined
      ? guard
      : { kind: 'binary', type: 'boolean', op: 'and', left: own, right: guard, start: 0, end: 0 };
  const shareAmong: Expression = { type: 'boolean', text: GUARD, place: credit.place, node };
  return { ...plan, credits: new Map([...plan.credits, [credit.name, { ...credit, shareAmong }]]) };
};
