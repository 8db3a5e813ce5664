import type { Known } from '../../rules/expression/typed.ts';
import { walk } from '../../rules/expression/typed.ts';
import type { Credit, Plan } from '../../rules/plan.ts';
import { formatGrouped } from '../../values/money.ts';
import { abs, add, compare, fraction, mul, type Num, sub } from '../../values/num.ts';
import { shiftPeriod } from '../../values/period.ts';
import type { Found } from '../found.ts';
import { readByRewards } from '../meaning/unused.ts';
import { pointerOf } from '../scene/roles.ts';
import { rowsOf, type Scene, type SceneDeal } from '../scene/rows.ts';
import type { Stage } from '../scene/stage.ts';
import { type Outcome, onePeriod } from '../scene/trial.ts';
import { dealOf, goalOf } from '../scene/usual.ts';
import { totalOf } from './amounts.ts';
import type { Incentives } from './context.ts';
import { othersOf } from './situation.ts';

/** What moves somebody's pay and is in their own hand: dates that they write, touches of their own, the day of a close. */
export const ownHand = (incentives: Incentives): readonly Found[] => [
  ...leadDates(incentives),
  ...ownTouches(incentives),
  ...closeDates(incentives),
];

const departmentOf = ({ cast }: Stage, id: string): string =>
  cast.actors.find((actor) => actor.id === id)?.department ?? id;

const reads = (credit: Credit, cell: string): boolean =>
  [credit.when, credit.date, credit.amount].some((expression) => {
    let found = false;
    if (expression !== undefined) {
      walk(expression.node, (node) => {
        if (node.kind === 'column' && `${node.row}.${node.column}` === cell) found = true;
      });
    }
    return found;
  });

/** Whoever works a lead also writes down when they did. */
const leadDates = ({ plan, stage, explored }: Incentives): readonly Found[] =>
  explored.flatMap(({ driver, samples }) => {
    const [first] = samples;
    const last = samples.at(-1);
    const [worker] = driver.doers;
    if (driver.unit !== 'leads' || first === undefined || last === undefined || worker === undefined) return [];
    if (compare(totalOf(last, worker, true), totalOf(first, worker, true)) <= 0) return [];
    const credit = [...plan.credits.values()].find((one) => one.each === 'lead' && reads(one, 'lead.followed_up_on'));
    if (credit === undefined) return [];
    return [
      {
        code: 'own-hand' as const,
        message: `${departmentOf(stage, worker)} is paid by when leads were followed up, and whoever works a lead says when that was`,
        place: (credit.when ?? credit).place,
        path: `credits > ${credit.name}`,
        hint: 'let the date come from the system in which the work is done',
      },
    ];
  });

/** Whoever runs a campaign can have it touch one deal more. */
const ownTouches = (incentives: Incentives): readonly Found[] => {
  const { plan, stage, neutral, trials } = incentives;
  const used = readByRewards(plan).credits;
  const credit = [...plan.credits.values()].find(
    (one) => one.each === 'attribution' && pointerOf(one) === 'campaign.owner' && used.has(one.name),
  );
  const [deal] = neutral.scene.deals;
  if (credit === undefined || deal === undefined) return [];
  const runner = deal.doers['campaign.owner'];
  const untouched = {
    ...neutral.scene,
    deals: neutral.scene.deals.map((one) => (one === deal ? { ...one, touches: 0 } : one)),
  };
  const periods = onePeriod(stage.calendar.period);
  const without = paidTo(trials.pay(plan, rowsOf(stage, untouched), { periods }), runner.id);
  const touched = paidTo(trials.pay(plan, rowsOf(stage, neutral.scene), { periods }), runner.id);
  if (without === undefined || touched === undefined || compare(touched, without) <= 0) return [];
  return [
    {
      code: 'own-hand',
      message: `${runner.department} is paid for touches of campaigns that it runs itself: one deal touched more pays ${formatGrouped(sub(touched, without), plan.digits)}`,
      place: credit.place,
      path: `credits > ${credit.name}`,
      hint: 'let touches come from the system that reaches the customer',
    },
  ];
};

const paidTo = ({ computation }: Outcome, person: string): Num | undefined =>
  computation?.periods
    .flatMap(({ payouts }) => payouts)
    .reduce<Num>((sum, payout) => (payout.person.id === person ? add(sum, payout.amount) : sum), 0);

/** What is less than this part of the pay is not worth moving a date for. */
const WORTH = fraction(1, 100);

/** A deal that is won a day later falls into the next period: beyond the last step, or below the first, that may pay. */
const closeDates = (incentives: Incentives): readonly Found[] => {
  const { plan, stage, neutral, trials } = incentives;
  const { period, span } = stage.calendar;
  if (span.kind !== plan.period) return [];
  const next = shiftPeriod(period, 1, plan.fiscalYearStarts);
  for (const [owner, [kind]] of neutral.kinds) {
    const doers = neutral.scene.deals.find((one) => one.doers['deal.owner'] === owner)?.doers;
    if (kind === undefined || doers === undefined) continue;
    const base = othersOf(neutral, owner);
    const goals = [...base.goals, ...base.goals.map((goal) => ({ ...goal, period: next.label }))];
    const results = [...base.results, ...base.results.map((one) => ({ ...one, period: next.label }))];
    // Beyond the goal with a deal more; below it with a deal that is not enough.
    for (const [already, more] of [
      [10, 5],
      [3, 3],
    ] as const) {
      const scene = (day: number): Scene => {
        const cells = new Map<string, Known | undefined>([['deal.close_date', day]]);
        const deal = (id: string, tenths: number, own: SceneDeal['cells']): SceneDeal => ({
          id,
          kind,
          doers,
          amount: mul(dealOf(plan), tenths),
          touches: 2,
          cells: own,
        });
        return {
          ...base,
          goals,
          results,
          deals: [deal('first', already, undefined), deal('moved', more, cells), ...base.deals],
        };
      };
      const paid = (day: number) => trials.pay(plan, rowsOf(stage, scene(day)), { periods: onePeriod(period, next) });
      const inTime = paid(period.to);
      const later = paid(next.from);
      const before = paidTo(inTime, owner.id);
      const after = paidTo(later, owner.id);
      if (before === undefined || after === undefined) continue;
      const gain = sub(after, before);
      if (compare(gain, mul(abs(before), WORTH)) <= 0) continue;
      const reward = gained(inTime, later, owner.id);
      if (reward === undefined) continue;
      const sold = formatGrouped(mul(goalOf(plan), fraction(already, 10)), plan.digits);
      return [
        {
          code: 'own-hand',
          message: `a deal won a day later, in the next ${plan.period}, may pay ${owner.department} more: beside ${sold} it is worth ${formatGrouped(gain, plan.digits)} more in both together`,
          place: reward.place,
          path: `rewards > ${reward.name}`,
          hint: 'let it accumulate over longer (accumulate:), or date credits by what nobody on the deal decides',
        },
      ];
    }
  }
  return [];
};

/** The reward that pays more of somebody when a deal moves. */
const gained = (before: Outcome, after: Outcome, person: string) => {
  const sums = ({ computation }: Outcome) => {
    const paid = new Map<string, Num>();
    for (const { payouts } of computation?.periods ?? [])
      for (const { person: one, rewardName, amount } of payouts)
        if (one.id === person) paid.set(rewardName, add(paid.get(rewardName) ?? 0, amount));
    return paid;
  };
  const then = sums(before);
  const plan: Plan | undefined = after.computation?.plan;
  const [name] = [...sums(after)]
    .map(([reward, amount]) => [reward, sub(amount, then.get(reward) ?? 0)] as const)
    .sort(([, a], [, b]) => compare(b, a))[0] ?? [undefined];
  return name === undefined ? undefined : plan?.rewards.get(name);
};
