import type { Computed } from '../engine/compute.ts';
import type { Frame } from '../engine/frame.ts';
import { frameOfLine } from '../engine/line-frame.ts';
import { factorWorking, readsRows } from '../engine/link.ts';
import type { Line, LinkEffect, PeriodResult, Person } from '../engine/result.ts';
import { childrenOf, type Node } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/link/expressions.ts';
import type { Link } from '../rules/plan.ts';
import { isMissing } from '../values/missing.ts';
import { add, equal, isZero, mul, type Num, roundWhole, sub } from '../values/num.ts';
import { Doers } from './doers.ts';
import { WithoutDoers } from './without-doer.ts';

/** What one person's doing did for the pay of another department, through one link. */
export interface DoneThrough {
  readonly reward: string;
  readonly link: Link;
  /** The department whose pay it moved, and how many of its people's. */
  readonly department: string;
  readonly people: number;
  /** Minor units: what the link pays less (below zero: more) without it. */
  readonly amount: Num;
}

/** What a person did for the others' pay in a period. */
export interface DoneForOthers {
  readonly amount: Num;
  readonly through: readonly DoneThrough[];
}

interface Tally {
  readonly people: Set<Person>;
  /** Exact; rounded once, at the end. */
  amount: Num;
}

/**
 * What everybody's doing did for the pay of people of other departments in a period: for each link that crosses, what it
 * would pay less if the credits that are one person's doing (see Doers) were not there and all else were as it is, link
 * by link, before caps and guarantees. Where a link has no factor then, nothing is said of it.
 */
export const doneForOthers = (computed: Computed, result: PeriodResult): ReadonlyMap<Person, DoneForOthers> => {
  const doers = new Doers(computed.tables, computed.people);
  const without = new WithoutDoers(computed, doers);
  const tallies = new Map<
    Person,
    Map<string, { readonly reward: string; readonly link: Link; readonly department: string } & Tally>
  >();
  for (const group of groupsOf(result)) {
    const { link, working, frame, department, worth, worthOfEach } = group;
    if (isMissing(working.factor) || isZero(worth)) continue;
    const nodes = expressionsOf(link).map(({ node }) => node);
    for (const doer of without.doersOf(nodes, frame)) {
      if (doer.department === department) continue;
      const others = sub(worth, worthOfEach.get(doer.person) ?? 0);
      if (isZero(others)) continue;
      const then = factorWorking(computed.engine, link, without.frame(frame, doer)).factor;
      if (isMissing(then) || equal(then, working.factor)) continue;
      const moved = mul(others, sub(working.factor, then));
      const own = tallies.get(doer.person) ?? new Map();
      tallies.set(doer.person, own);
      const key = `${group.reward}/${link.name}/${department}`;
      const tally = own.get(key) ?? {
        reward: group.reward,
        link,
        department,
        people: new Set<Person>(),
        amount: 0 as Num,
      };
      tally.amount = add(tally.amount, moved);
      for (const [person, own] of worthOfEach) if (person !== doer.person && !isZero(own)) tally.people.add(person);
      own.set(key, tally);
    }
  }
  const { rounding } = computed.plan;
  return new Map(
    [...tallies].map(([person, own]) => {
      const through = [...own.values()].map(
        ({ reward, link, department, people, amount }): DoneThrough => ({
          reward,
          link,
          department,
          people: people.size,
          amount: roundWhole(amount, rounding),
        }),
      );
      return [person, { amount: through.reduce<Num>((sum, { amount }) => add(sum, amount), 0), through }];
    }),
  );
};

/** Lines on which a link came to its factor by the same reading, and what they would pay for a factor of 1. */
interface Group {
  readonly reward: string;
  readonly link: Link;
  readonly working: LinkEffect['working'];
  readonly frame: Frame;
  readonly department: string;
  readonly worthOfEach: Map<Person, Num>;
  worth: Num;
}

/** Groups the lines of a period by the links that cross: by line, by payee, or all whose link reads nobody's own. */
const groupsOf = ({ payouts }: PeriodResult): readonly Group[] => {
  const groups = new Map<string | object, Group>();
  for (const { rewardName, lines } of payouts) {
    for (const line of lines) {
      for (const effect of line.links) {
        const { payee } = line;
        if (!effect.crosses || payee === undefined || line.stay.department === undefined) continue;
        const { link, working } = effect;
        const key = readsNobodysOwn(link)
          ? `${rewardName}/${link.name}/${payee.period.label}/${line.stay.department}`
          : working;
        // A link that does not apply has one working for all lines: each is a group of its own.
        const own = typeof key === 'object' && (!working.applied || readsRows(link)) ? effect : key;
        let group = groups.get(own);
        if (group === undefined) {
          const frame = frameOfLine(line);
          if (frame === undefined) continue;
          const { department } = line.stay;
          group = { reward: rewardName, link, working, frame, department, worthOfEach: new Map(), worth: 0 };
          groups.set(own, group);
        }
        const worth = worthOf(line, effect);
        group.worth = add(group.worth, worth);
        group.worthOfEach.set(line.person, add(group.worthOfEach.get(line.person) ?? 0, worth));
      }
    }
  }
  return [...groups.values()];
};

const ownReaders = new WeakMap<Link, boolean>();

/** Whether a link reads groups and what the plan says only, so that it comes to the same for all payees of a period. */
const readsNobodysOwn = (link: Link): boolean => {
  let known = ownReaders.get(link);
  if (known === undefined) {
    const shared = (node: Node): boolean => {
      switch (node.kind) {
        case 'column':
        case 'person':
        case 'payee':
        case 'group':
          return false;
        case 'measure':
        case 'quota':
        case 'result':
        case 'pay':
          return node.scope.kind === 'group' || node.scope.kind === 'everyone';
        case 'aggregate':
          return !node.forDeal && (node.scope.kind === 'group' || node.scope.kind === 'everyone');
        default:
          return childrenOf(node).every(shared);
      }
    };
    known = expressionsOf(link).every(({ node }) => shared(node));
    ownReaders.set(link, known);
  }
  return known;
};

/** What a line pays for a factor of 1 of one of its links, the others as they are: base × their product, or × its weight. */
const worthOf = (line: Line, { link }: LinkEffect): Num => {
  const blended = line.links.filter((each) => each.link.weight !== undefined);
  const blend = blended.reduce<Num>((sum, each) => add(sum, mul(each.link.weight ?? 1, each.factor)), 0);
  let others: Num = line.exactBase;
  for (const each of line.links)
    if (each.link.weight === undefined && each.link !== link) others = mul(others, each.factor);
  if (link.weight !== undefined) return mul(others, link.weight);
  return blended.length > 0 ? mul(others, blend) : others;
};
