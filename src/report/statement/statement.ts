import type { Computed } from '../../engine/compute.ts';
import type { PeriodResult, Person, Stay } from '../../engine/result.ts';
import { nextDealOf } from '../../explain/next-deal.ts';
import { type StepsReached, standingOf } from '../../explain/standing.ts';
import { type DoneForOthers, doneForOthers } from '../../linkage/done-for-others.ts';
import { type PaidWithout, paidWithout } from '../../linkage/left-out.ts';
import type { Day } from '../../values/date.ts';
import { add, equal, type Num, sub } from '../../values/num.ts';
import type { Period } from '../../values/period.ts';
import { tellingOf } from '../explain/told.ts';
import { Privacy } from './privacy.ts';
import { attainmentsOf, type StatementAttainment } from './statement-attainment.ts';
import { linksOf, type StatementLink } from './statement-links.ts';
import { rewardOf, type StatementReward } from './statement-reward.ts';

/**
 * A run with what its statements have in common: what would be paid without links, and what everybody did for the others.
 * Made once with `statementsOf`; `statementOf` then makes the statement of one person.
 */
export interface StatementRun {
  readonly computed: Computed;
  /** How a file is named in places: relative to the plan. */
  readonly shown: (file: string) => string;
  /** Figures of groups of fewer people than this are not shown; nor is what they could be worked out from. */
  readonly least: number;
  /** `sha256:...` of what the plan means, where the caller has it. */
  readonly meaning: string | undefined;
  readonly withoutLinks: PaidWithout;
  readonly withoutCrossing: PaidWithout;
  readonly doneForOthers: (result: PeriodResult) => ReadonlyMap<Person, DoneForOthers>;
}

/** Fewer people than this are no group. */
export const LEAST_PEOPLE = 3;

/** What statements need beside the run; everything here is pure, so that a page in a browser can make one, too. */
export const statementsOf = (
  computed: Computed,
  {
    shown = (file: string) => file,
    least = LEAST_PEOPLE,
    meaning,
  }: Partial<Pick<StatementRun, 'shown' | 'least' | 'meaning'>> = {},
): StatementRun => {
  const done = new Map<PeriodResult, ReadonlyMap<Person, DoneForOthers>>();
  const withoutCrossing = paidWithout(computed, 'crossing');
  return {
    computed,
    shown,
    least,
    meaning,
    // Where every link crosses, without any is without those.
    withoutLinks: everyLinkCrosses(computed) ? withoutCrossing : paidWithout(computed, 'all'),
    withoutCrossing,
    doneForOthers: (result) => {
      const known = done.get(result) ?? doneForOthers(computed, result);
      done.set(result, known);
      return known;
    },
  };
};

const everyLinkCrosses = ({ periods }: Computed): boolean =>
  periods.every(({ payouts }) =>
    payouts.every(({ lines }) => lines.every(({ links }) => links.every(({ crosses }) => crosses))),
  );

/** A time in a job, as far as it lies in the period. */
export interface StatementStay {
  readonly department: string | undefined;
  readonly team: string | undefined;
  readonly from: Day;
  readonly to: Day;
}

/** The plan that was in force in the period, named as the manifest in summary.json names it. */
export interface StatementPlan {
  readonly file: string;
  /** The first day on which it is in force, where it says one. */
  readonly effective: Day | undefined;
  /** `sha256:...` of what it means, as it was signed. */
  readonly meaning: string | undefined;
}

/** What the other department did for somebody's pay, and what that person did for theirs, in minor units. */
export interface StatementTogether {
  /** Paid, less what would be paid without the links that cross; undefined where the plan has no answer without them. */
  readonly byOthers: Num | undefined;
  /** The effects of these links, before caps and guarantees: they need not add up to `byOthers`. */
  readonly links: readonly StatementLink[];
  readonly forOthers: Num;
  /** Through which links; whose pay moved is shown only where enough people share it. */
  readonly through: readonly {
    readonly link: string;
    readonly because: string;
    readonly department: string;
    readonly people: number;
    readonly amount: Num;
  }[];
  /** What was done for fewer people than may be shown is left out. */
  readonly hidden: boolean;
}

/** What one more deal would pay. */
export interface StatementNext {
  readonly deal: string;
  readonly of: number;
  readonly amount: Num;
  readonly pays: Num;
  readonly rewards: readonly { readonly reward: string; readonly pays: Num }[];
}

/** Everything that a person is told of a period: no figure of another person is in it. */
export interface Statement {
  readonly plan: string;
  readonly inForce: StatementPlan;
  readonly currency: string;
  readonly digits: number;
  readonly period: Period;
  readonly person: { readonly id: string; readonly name: string };
  readonly stays: readonly StatementStay[];
  readonly total: Num;
  /** What the same plan would pay without any link; undefined where it has no answer then. */
  readonly withoutLinks: Num | undefined;
  readonly rewards: readonly StatementReward[];
  readonly attainments: readonly StatementAttainment[];
  readonly steps: readonly StepsReached[];
  readonly links: readonly StatementLink[];
  readonly together: StatementTogether;
  readonly next: StatementNext | undefined;
  /** People that a group has at least for its figures to be shown. */
  readonly least: number;
}

/** Whether links are worth a word: where a plan has none for this person, what would be without them is no news. */
export const wouldDiffer = (now: Num, without: Num | undefined, links: readonly StatementLink[]): boolean =>
  without !== undefined && (links.length > 0 || !equal(now, without));

/** The statement of a person for a period. The person must have a payout in it. */
export const statementOf = (run: StatementRun, result: PeriodResult, person: Person): Statement => {
  const { shown, least } = run;
  // A copy, so that what is kept to tell of this person goes with the statement.
  const computed = { ...run.computed };
  const { plan } = computed;
  const { period } = result;
  const privacy = new Privacy(computed, result, person, least);
  const telling = tellingOf(computed, shown, { sees: privacy, linksApart: true });
  const payouts = result.payouts.filter((payout) => payout.person === person);
  const rewards = payouts.map((payout) => rewardOf(computed, payout, telling));
  const total = payouts.reduce<Num>((sum, { amount }) => add(sum, amount), 0);
  const links = payouts.flatMap((payout) => linksOf(computed, payout, telling));
  const standing = standingOf(computed, result, person);
  const without = (paid: PaidWithout): Num | undefined =>
    sumOf(payouts.map(({ rewardName }) => paid.amount(period, person.id, rewardName)));
  const withoutCrossing = without(run.withoutCrossing);
  return {
    plan: plan.name,
    inForce: { file: shown(plan.file), effective: plan.change?.effective, meaning: run.meaning },
    currency: plan.currency,
    digits: plan.digits,
    period,
    person: { id: person.id, name: person.name ?? person.id },
    stays: staysIn(person, period),
    total,
    withoutLinks: without(run.withoutLinks),
    rewards,
    attainments: attainmentsOf(plan, standing),
    steps: standing.steps,
    links,
    together: {
      byOthers: withoutCrossing === undefined ? undefined : sub(total, withoutCrossing),
      links: links.filter(({ crosses }) => crosses),
      ...forOthers(run, result, person, privacy),
    },
    next: nextOf(run, result, person),
    least,
  };
};

const sumOf = (amounts: readonly (Num | undefined)[]): Num | undefined => {
  let sum: Num = 0;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    sum = add(sum, amount);
  }
  return sum;
};

const staysIn = (person: Person, { from, to }: Period): readonly StatementStay[] =>
  person.stays
    .filter((stay: Stay) => stay.from <= to && from <= stay.to)
    .map((stay) => ({
      department: stay.department,
      team: stay.team,
      from: Math.max(from, stay.from),
      to: Math.min(to, stay.to),
    }));

const forOthers = (
  run: StatementRun,
  result: PeriodResult,
  person: Person,
  privacy: Privacy,
): Pick<StatementTogether, 'forOthers' | 'through' | 'hidden'> => {
  const done = run.doneForOthers(result).get(person)?.through ?? [];
  const seen = done.filter(({ people }) => privacy.enough(people));
  return {
    forOthers: seen.reduce<Num>((sum, { amount }) => add(sum, amount), 0),
    through: seen.map(({ link, department, people, amount }) => ({
      link: link.name,
      because: link.because,
      department,
      people,
      amount,
    })),
    hidden: seen.length < done.length,
  };
};

const nextOf = ({ computed }: StatementRun, result: PeriodResult, person: Person): StatementNext | undefined => {
  const next = nextDealOf(computed, result, person);
  if (next === undefined) return undefined;
  const { like, of, amount, pays, rewards } = next;
  const deal = String(computed.tables.get('deals')?.columns.get('deal_id')?.[like.deal] ?? '');
  return { deal, of, amount, pays, rewards };
};
