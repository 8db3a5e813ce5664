import { formatGrouped } from '../../values/money.ts';
import type { Num } from '../../values/num.ts';
import type { Staged } from '../scene/kinds-to-try.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Scene, SceneDeal } from '../scene/rows.ts';
import type { Stage } from '../scene/stage.ts';
import { dealOf, goalOf } from '../scene/usual.ts';
import type { Driver } from './driver.ts';
import { AT_GOAL, atPercent, othersOf, type Situation } from './situation.ts';

/** Beside the varied one, so that one deal is a tenth of what somebody sells. */
const OTHERS = 9;

const asNumber = (amount: Num): number => (typeof amount === 'number' ? amount : Number(amount.n / amount.d));

interface DealOptions {
  readonly situation?: Situation;
  readonly touches?: number;
}

/** One deal whose amount is varied, all that its owner sells; and the same beside nine others at goal. */
export const dealAmount = (
  stage: Stage,
  neutral: Neutral,
  staged: Staged,
  { situation = AT_GOAL, touches = 2 }: DealOptions = {},
): Driver => {
  const { plan } = stage;
  const { kind, doers } = staged;
  const owner = doers['deal.owner'];
  const without =
    (others: readonly SceneDeal[]) =>
    (x: number): Scene => {
      const base = situation.change(othersOf(neutral, owner));
      const deal: SceneDeal = { id: 'deal', kind, doers, amount: x, touches };
      return { ...base, deals: [deal, ...others, ...base.deals] };
    };
  const where = situation.name === '' ? '' : `, ${situation.name}`;
  const made = touches === 0 ? ' that no campaign touched' : '';
  const plain = {
    what: `the amount of a deal${made}${where}`,
    unit: 'money' as const,
    from: 0,
    to: asNumber(goalOf(plan)) * 4,
    open: true,
    everyUnit: false,
    isMore: true,
    doers: [owner.id],
  };
  const own = neutral.kinds.get(owner)?.[0] ?? kind;
  const others = Array.from(
    { length: OTHERS },
    (_, i): SceneDeal => ({ id: `other${i + 1}`, kind: own, doers, amount: dealOf(plan), touches }),
  );
  const nameAt = (x: number): string => `a deal of ${formatGrouped(x, plan.digits)}${made}${where}`;
  const amongOthers: Driver = {
    ...plain,
    sceneAt: without(others),
    nameAt: (x) => `${nameAt(x)} beside nine others`,
  };
  return { ...plain, sceneAt: without([]), nameAt, amongOthers };
};

/** So many deals of one size. */
export const dealCount = (stage: Stage, neutral: Neutral, staged: Staged, most: number): Driver => {
  const { kind, doers } = staged;
  const owner = doers['deal.owner'];
  const amount = (kind.facts.get('deal.amount') ?? dealOf(stage.plan)) as Num;
  return {
    what: 'the number of deals',
    unit: 'deals',
    sceneAt: (x) => {
      const base = othersOf(neutral, owner);
      const deals = Array.from(
        { length: x },
        (_, i): SceneDeal => ({ id: `deal${i + 1}`, kind, doers, amount, touches: 2 }),
      );
      return { ...base, deals: [...deals, ...base.deals] };
    },
    nameAt: (x) => `${x === 1 ? '1 deal' : `${x} deals`} of ${formatGrouped(amount, stage.plan.digits)}`,
    from: 0,
    to: most,
    open: false,
    everyUnit: true,
    isMore: true,
    doers: [owner.id],
  };
};

/** The same amount sold in so many deals. */
export const dealsOfWhole = (stage: Stage, neutral: Neutral, staged: Staged, most: number): Driver => {
  const { kind, doers } = staged;
  const owner = doers['deal.owner'];
  const whole = asNumber(goalOf(stage.plan));
  // However it is split, it is sold to one customer.
  const cells = new Map([...stage.counted].map((cell) => [cell, kind.facts.get(cell) ?? 'one'] as const));
  return {
    what: 'the number of deals that one amount is sold in',
    unit: 'deals',
    sceneAt: (x) => {
      const base = othersOf(neutral, owner);
      const amount = Math.floor(whole / x);
      const deals = Array.from(
        { length: x },
        (_, i): SceneDeal => ({
          id: `deal${i + 1}`,
          kind,
          doers,
          amount: i === 0 ? whole - amount * (x - 1) : amount,
          touches: 2,
          cells,
        }),
      );
      return { ...base, deals: [...deals, ...base.deals] };
    },
    nameAt: (x) => `${formatGrouped(whole, stage.plan.digits)} sold in ${x === 1 ? '1 deal' : `${x} deals`}`,
    from: 1,
    to: most,
    open: false,
    everyUnit: true,
    isMore: false,
    doers: [owner.id],
  };
};

/** How much of what somebody sells a campaign has touched, what is sold being the same. */
export const touchedAmount = (
  stage: Stage,
  neutral: Neutral,
  staged: Staged,
  { shared, percent }: { readonly shared: ReadonlySet<string>; readonly percent: number },
): Driver => {
  const { plan } = stage;
  const { kind, doers } = staged;
  const owner = doers['deal.owner'];
  const sold = asNumber(goalOf(plan));
  const where = percent === 100 ? '' : `, with what is sold at ${percent}% of goal`;
  return {
    what: `the part of what is sold that a campaign touched${where}`,
    unit: 'money',
    sceneAt: (x) => {
      const base = othersOf(neutral, owner);
      const deals: SceneDeal[] = [
        { id: 'touched', kind, doers, amount: x, touches: 2 },
        { id: 'untouched', kind, doers, amount: sold - x, touches: 0 },
      ];
      // A goal of a tenth, so that what is touched can be up to ten times the goal.
      const goals = atPercent(stage, base.goals, percent, (measure) => !shared.has(measure)).map((goal) =>
        shared.has(goal.measure) ? { ...goal, amount: asNumber(goalOf(plan)) / 10 } : goal,
      );
      return { ...base, goals, deals: [...deals, ...base.deals] };
    },
    nameAt: (x) =>
      `${formatGrouped(x, plan.digits)} of ${formatGrouped(sold, plan.digits)} sold touched by campaigns${where}`,
    from: 0,
    to: sold,
    open: false,
    everyUnit: false,
    isMore: true,
    doers: [doers['campaign.owner'].id],
  };
};
