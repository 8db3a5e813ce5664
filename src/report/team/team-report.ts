import type { Computed } from '../../engine/compute.ts';
import { stayOn } from '../../engine/people.ts';
import type { PeriodResult, Person } from '../../engine/result.ts';
import { type StepsReached, standingOf } from '../../explain/standing.ts';
import { type HandedOver, leadsHandedOver } from '../../linkage/handed-over.ts';
import { add, compare, type Num } from '../../values/num.ts';
import { attainmentsOf, type StatementAttainment } from '../statement/statement-attainment.ts';
import type { Team } from './teams.ts';

export interface TeamMember {
  readonly person: Person;
  /** Of each quota of one's own that a reward reads; the first ranks. */
  readonly attainments: readonly StatementAttainment[];
  /** How far up the steps of each reward that has some. */
  readonly steps: readonly StepsReached[];
  /** What is paid for the time in the team, in minor units, and by reward. */
  readonly paid: Num;
  readonly byReward: ReadonlyMap<string, Num>;
}

/** What a manager sees of a team in a period. */
export interface TeamReport {
  readonly computed: Computed;
  readonly result: PeriodResult;
  readonly team: Team;
  /** The highest attainment first; equal ones, and those without a quota, in the order of people. */
  readonly members: readonly TeamMember[];
  /** The plan's rewards of which somebody in it has a payout, adjustments last. */
  readonly rewards: readonly string[];
  readonly paid: Num;
  /** Leads that count as handed over to people of the team. */
  readonly handedOver: readonly HandedOver[];
}

export const teamReport = (computed: Computed, result: PeriodResult, team: Team): TeamReport => {
  const members = team.people.map((person) => memberOf(computed, result, team, person)).sort(byAttainment);
  const has = new Set(members.flatMap(({ byReward }) => [...byReward.keys()]));
  const { ledger, world } = computed.engine;
  return {
    computed,
    result,
    team,
    members,
    rewards: [...computed.plan.rewards.keys(), 'adjustments'].filter((reward) => has.has(reward)),
    paid: members.reduce<Num>((sum, { paid }) => add(sum, paid), 0),
    handedOver: leadsHandedOver({ ledger, world }, result.period).filter(({ person, date }) => {
      const stay = person && stayOn(person.stays, date);
      return stay !== undefined && team.holds(stay);
    }),
  };
};

const memberOf = (computed: Computed, result: PeriodResult, team: Team, person: Person): TeamMember => {
  const byReward = new Map<string, Num>();
  for (const payout of result.payouts) {
    if (payout.person !== person) continue;
    if (payout.lines.length === 0 && team.holds(payout.lastStay)) byReward.set(payout.rewardName, 0);
    for (const { stay, amount } of payout.lines) {
      if (team.holds(stay)) byReward.set(payout.rewardName, add(byReward.get(payout.rewardName) ?? 0, amount));
    }
  }
  const standing = standingOf(computed, result, person);
  return {
    person,
    attainments: attainmentsOf(computed.plan, standing),
    steps: standing.steps,
    paid: [...byReward.values()].reduce<Num>(add, 0),
    byReward,
  };
};

const byAttainment = ({ attainments: [a] }: TeamMember, { attainments: [b] }: TeamMember): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return compare(b.share, a.share);
};
