import type { Computation, CreditRow } from '../../engine/result.ts';
import { expressionsOfRate } from '../../rules/expressions.ts';
import type { Credit, CreditReward, Plan } from '../../rules/plan.ts';
import type { TableName } from '../../rules/tables.ts';
import { formatGrouped } from '../../values/money.ts';
import { add, compare, div, isZero, type Num, sign, toPercent } from '../../values/num.ts';
import type { ExampleRow, ExampleRows } from '../counterexample.ts';
import type { Found } from '../found.ts';
import { readingOf } from '../logic/bounds.ts';
import { numText } from '../logic/number.ts';
import { isSubset } from '../logic/subset.ts';
import type { Staged } from '../scene/kinds-to-try.ts';
import { isForManager, pointerOf } from '../scene/roles.ts';
import { rowsOf, type Scene, type SceneDeal } from '../scene/rows.ts';
import { onePeriod, Trials } from '../scene/trial.ts';
import { dealOf } from '../scene/usual.ts';
import type { Incentives } from './context.ts';
import { examplesOf } from './example-make.ts';
import { withoutReward } from './mend.ts';
import { othersOf } from './situation.ts';

/** A reward that pays somebody a share of a deal's money. */
interface Share {
  readonly reward: CreditReward;
  readonly row: CreditRow;
}

/** The same money of a deal paid twice to one person, or more than the whole of it to one department. */
export const paidTwice = (incentives: Incentives): readonly Found[] => {
  const found = new Map<string, Found>();
  for (const staged of incentives.staged) {
    for (const rows of scenesOf(incentives, staged)) {
      for (const one of judge(incentives, staged, rows)) {
        const key = JSON.stringify(one.place);
        if (!found.has(key)) found.set(key, one);
      }
    }
  }
  return [...found.values()];
};

/** The deal in question: its name in the rows. */
const DEAL = 'deal';

/** One deal; and where the plan credits splits, the same deal split between its owner and a colleague. */
const scenesOf = ({ plan, stage, neutral }: Incentives, { kind, doers }: Staged): readonly ExampleRows[] => {
  const owner = doers['deal.owner'];
  const amount = (kind.facts.get('deal.amount') ?? dealOf(plan)) as Num;
  const deal: SceneDeal = { id: DEAL, kind, doers, amount, touches: 2 };
  const base = othersOf(neutral, owner);
  const scene: Scene = { ...base, deals: [deal, ...base.deals] };
  const whole = rowsOf(stage, scene);
  if (![...plan.credits.values()].some(({ each }) => each === 'split')) return [whole];
  const people = whole.get('people') ?? [];
  const own = people.find((row) => row.get('person_id') === owner.id) ?? new Map();
  const colleague = new Map([...own, ['person_id', 'colleague']]);
  const goals = (whole.get('quotas') ?? []).filter((row) => row.get('for') === owner.id);
  const others = stage.cast.actors.filter((one) => one !== owner && one.department === owner.department);
  const part = (person: string, percent: number) =>
    new Map<string, Num | string>([
      ['deal_id', DEAL],
      ['person_id', person],
      ['share', div(percent, 100) as Num],
      ...(stage.columns.get('splits')?.has('role') === true
        ? [['role', String(kind.facts.get('split.role') ?? 'a')] as const]
        : []),
    ]);
  const withColleague: ExampleRows = new Map<TableName, readonly ExampleRow[]>([
    ...whole,
    ['people', [...people, colleague]],
    ['quotas', [...(whole.get('quotas') ?? []), ...goals.map((row) => new Map([...row, ['for', 'colleague']]))]],
    ['splits', [part(owner.id, 60), part('colleague', 40)]],
  ]);
  const withOthers = others.map(
    ({ id }): ExampleRows =>
      new Map<TableName, readonly ExampleRow[]>([...whole, ['splits', [part(owner.id, 60), part(id, 40)]]]),
  );
  return [whole, withColleague, ...withOthers];
};

/** What kind of work a credit is for: selling, running a campaign, thinking it up, working leads. */
const workOf = (credit: Credit): string | undefined => (isForManager(credit) ? undefined : pointerOf(credit));

const judge = (incentives: Incentives, staged: Staged, rows: ExampleRows): readonly Found[] => {
  const { plan, stage, trials } = incentives;
  const { computation } = trials.pay(plan, rows, { periods: onePeriod(stage.calendar.period) });
  if (computation === undefined) return [];
  const whole = (staged.kind.facts.get('deal.amount') ?? dealOf(plan)) as Num;
  const shares = sharesOf(computation);
  const byPerson = grouped(shares, ({ row, reward }) => `${row.person?.id}/${workOf(creditOf(plan, reward))}`);
  const found: Found[] = [];
  for (const own of byPerson.values()) {
    const rewards = [...new Set(own.map(({ reward }) => reward))];
    if (rewards.length < 2 || compare(sumOf(own), whole) <= 0) continue;
    found.push(...foundOf(incentives, rows, { rewards, sum: sumOf(own), whole, person: own[0]?.row.person?.id ?? '' }));
  }
  if (found.length > 0) return found;
  const byDepartment = grouped(shares, ({ row, reward }) => {
    const department = row.person?.stays.find((stay) => stay.from <= row.date && row.date <= stay.to)?.department;
    return `${department}/${workOf(creditOf(plan, reward))}`;
  });
  for (const [key, own] of byDepartment) {
    const rewards = [...new Set(own.map(({ reward }) => reward))];
    const credits = new Set(rewards.map(({ credit }) => credit));
    // One credit above the whole says so itself (overlay), and several for different people add up by mistake.
    if (credits.size < 2 || compare(sumOf(own), whole) <= 0) continue;
    const department = key.slice(0, key.lastIndexOf('/'));
    found.push(...foundOf(incentives, rows, { rewards, sum: sumOf(own), whole, department }));
  }
  return found;
};

const creditOf = (plan: Plan, reward: CreditReward): Credit => plan.credits.get(reward.credit) as Credit;

const sumOf = (shares: readonly Share[]): Num => shares.reduce<Num>((sum, { row }) => add(sum, row.amount ?? 0), 0);

const grouped = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key.endsWith('/undefined')) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
};

/** Every line that pays a share of the deal's money. */
const sharesOf = ({ periods, tables }: Computation): readonly Share[] => {
  const ids = tables.get('deals')?.columns.get('deal_id') ?? [];
  return periods.flatMap(({ payouts }) =>
    payouts.flatMap(({ reward, lines }) =>
      lines.flatMap(({ credit, exactBase }): readonly Share[] => {
        if (reward?.body !== 'credit' || reward.unit !== 'rate' || credit === undefined) return [];
        if (ids[credit.rootDeal] !== DEAL || credit.credit.overlay || isZero(exactBase) || sign(exactBase) < 0)
          return [];
        return [{ reward, row: credit }];
      }),
    ),
  );
};

interface Doubled {
  readonly rewards: readonly CreditReward[];
  readonly sum: Num;
  readonly whole: Num;
  readonly person?: string;
  readonly department?: string;
}

/** Whether two rewards pay one credit at the same time in the same way: at a flat rate each, or by the same steps. */
const isSameAgain = (one: CreditReward, other: CreditReward): boolean =>
  one.every === other.every &&
  one.who.text === other.who.text &&
  one.rate.kind === other.rate.kind &&
  (one.rate.kind === 'value' || rateText(one) === rateText(other));

/** A rate as it is written. */
const rateText = ({ rate }: CreditReward): string =>
  JSON.stringify([
    expressionsOfRate(rate).map((one) => one?.text),
    rate.kind === 'curve' ? rate.curve.points.map(({ x, y }) => [numText(x), numText(y)]) : [],
  ]);

/** So many runs may be spent on making one example small. */
const EXAMPLE_RUNS = 300;

const foundOf = (incentives: Incentives, rows: ExampleRows, doubled: Doubled): readonly Found[] => {
  const { plan, stage } = incentives;
  const { rewards, sum, whole, person, department } = doubled;
  const order = [...plan.rewards.keys()];
  const sorted = [...rewards].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const last = sorted.at(-1) as CreditReward;
  const first = sorted[0] as CreditReward;
  const amount = formatGrouped(whole, plan.digits);
  const cases = examplesOf([{ name: `a deal of ${amount}`, rows }], {
    plan,
    from: stage.calendar.period,
    to: stage.calendar.period,
    trials: new Trials(EXAMPLE_RUNS),
    person,
    mended: withoutReward(plan, last),
  });
  if (cases === undefined) return [];
  const names = sorted.map(({ name }) => name).join(' and ');
  const percent = toPercent(div(sum, whole) as Num, 1);
  const isMore = isOnTop(plan, first, last);
  return [
    {
      code: person === undefined ? 'credited-above-whole' : 'paid-twice',
      message:
        person === undefined
          ? `${names} credit ${department} with ${percent} of a deal of ${amount}`
          : `the money of one deal is paid twice to the same person: ${names} pay ${person} for ${percent} of a deal of ${amount}`,
      place: last.place,
      path: `rewards > ${last.name}`,
      related: sorted.slice(0, -1).map((one) => ({ ...one.place, message: `${one.name} pays for it already` })),
      hint: isMore
        ? `where it is meant as something on top, say so under checks:; else take these deals out of ${first.name}`
        : `leave one of them out, or let each credit have its own deals`,
      // What is paid on top, by the same credit or for a part of its deals, may well be meant.
      ...(isMore ? { severity: 'note' as const } : {}),
      counterexample: { cases },
    },
  ];
};

/**
 * Whether one pays on top of the other, or by a slip for the same once more: on top is what pays for a part of the other's
 * deals only, or in another way for the same credit. Two flat rates on one credit say no more than one rate would.
 */
const isOnTop = (plan: Plan, one: CreditReward, other: CreditReward): boolean => {
  if (one.credit === other.credit && !isSameAgain(one, other)) return true;
  const reading = readingOf(plan);
  const rows = (reward: CreditReward) => ({ credit: reward.credit, where: reward.when?.node });
  return isSubset(rows(other), rows(one), reading) !== isSubset(rows(one), rows(other), reading);
};
