import { latestStay, stayOn } from '../engine/people.ts';
import type { Person, Stay } from '../engine/result.ts';
import type { Sides } from '../linkage/movement.ts';
import { median } from '../values/median.ts';
import { add, compare, div, fraction, max, min, type Num, sign, sub } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import { Chance } from '../values/random.ts';
import { type Paid, paidOf } from './paid.ts';
import { type Condition, isFailed, type Move, type Payable, type Runs } from './runs.ts';

const MORE = fraction(11, 10);
const LESS = fraction(9, 10);

/** What one person sees of their own pay, and what their own doing is worth to them. */
export interface PersonSight {
  readonly id: string;
  /** The part of what moves their pay that they and their team can move; undefined where nothing moves it. */
  readonly sight: Num | undefined;
  /** Which part of their pay their own ten percent less costs them; undefined for whoever is paid nothing or less, or was not asked. */
  readonly ownLoss: Num | undefined;
}

export interface DepartmentSight {
  readonly department: string;
  /** Over all of its people together, so that whoever is paid more counts more. */
  readonly sight: Num | undefined;
  /** Of the people asked: the middle one, and the one whom their own doing matters least to. */
  readonly ownLoss: { readonly median: Num; readonly least: Num } | undefined;
}

export interface Sight {
  readonly people: readonly PersonSight[];
  readonly departments: readonly DepartmentSight[];
  /** How many people's own results were moved one by one, of how many. */
  readonly asked: number;
  readonly of: number;
}

/** Each person who is asked takes a run: of more than these, so many are drawn. */
const MOST_ASKED = 120;
const SEED = 20_260_102;

const teamOf = ({ department, team, person }: Stay): string =>
  team === undefined ? `person ${person.id}` : `team ${department ?? ''}/${team}`;

/** People and their closest colleagues: those of the same team in the same department; without a team, they alone. */
const TEAMS: Sides = {
  on: (person, day) => {
    const stay = stayOn(person.stays, day);
    return stay && teamOf(stay);
  },
  in: teamOf,
  companyIsAll: false,
};

const PEOPLE: Sides = { on: ({ id }) => id, in: ({ person }) => person.id, companyIsAll: false };

/** Measures line of sight and what free riding costs; docs/pilot.md defines both. */
export const sightOf = (runs: Runs, payable: Payable, now: Paid, condition: Condition): Sight | undefined => {
  const people = payable.credited.world.people.list().filter(({ id }) => now.byPerson.has(id));
  const paid = (move: Move, payees?: ReadonlySet<string>): ReadonlyMap<string, Num> | undefined => {
    const outcome = runs.amounts(payable, { ...condition, moves: [move], payees });
    return isFailed(outcome) ? undefined : paidOf(outcome).byPerson;
  };
  const teams = new Map<string, Set<string>>();
  for (const { id, stays } of people) {
    for (const stay of stays) {
      const team = teamOf(stay);
      teams.set(team, (teams.get(team) ?? new Set()).add(id));
    }
  }
  const sides = { name: 'team', are: TEAMS };
  const swing = (of: readonly string[], payees?: ReadonlySet<string>): ReadonlyMap<string, Num> | undefined => {
    const less = paid({ of, by: LESS, sides }, payees);
    const more = paid({ of, by: MORE, sides }, payees);
    if (less === undefined || more === undefined) return undefined;
    return new Map([...more].map(([id, amount]) => [id, sub(amount, less.get(id) ?? 0)]));
  };
  const all = swing([...teams.keys()]);
  if (all === undefined) return undefined;
  const own = new Map<string, Num>();
  for (const [team, members] of teams) {
    const moved = swing([team], members);
    if (moved === undefined) return undefined;
    // Whoever changed teams has each team's part.
    for (const id of members) own.set(id, add(own.get(id) ?? 0, moved.get(id) ?? 0));
  }
  const asked = sample(people);
  const losses = new Map<string, Num | undefined>();
  for (const { id } of asked) {
    const less = paid({ of: [id], by: LESS, sides: { name: 'person', are: PEOPLE } }, new Set([id]));
    if (less === undefined) return undefined;
    const is = now.byPerson.get(id) ?? 0;
    losses.set(id, partOfWhole(sub(is, less.get(id) ?? 0), is));
  }
  const sights = people.map(
    ({ id }): PersonSight => ({
      id,
      sight: partOf(own.get(id) ?? 0, all.get(id) ?? 0),
      ownLoss: losses.get(id),
    }),
  );
  return {
    people: sights,
    departments: departmentsOf(people, own, all, losses),
    asked: asked.length,
    of: people.length,
  };
};

/** The one as a part of the other, held between nothing and all of it. */
const partOf = (own: Num, all: Num): Num | undefined => {
  const part = div(own, all);
  return part === undefined ? undefined : max(0, min(1, part));
};

const departmentsOf = (
  people: readonly Person[],
  own: ReadonlyMap<string, Num>,
  all: ReadonlyMap<string, Num>,
  losses: ReadonlyMap<string, Num | undefined>,
): readonly DepartmentSight[] => {
  const members = new Map<string, Person[]>();
  for (const person of people) {
    const department = latestStay(person.stays)?.department ?? '';
    members.set(department, [...(members.get(department) ?? []), person]);
  }
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([department, ids]) => {
      const sum = (of: ReadonlyMap<string, Num>): Num =>
        ids.reduce<Num>((total, { id }) => add(total, of.get(id) ?? 0), 0);
      const known = ids.flatMap(({ id }) => losses.get(id) ?? []).sort(compare);
      const [least] = known;
      const middle = median(known);
      return {
        department,
        sight: partOf(sum(own), sum(all)),
        ownLoss: least === undefined || middle === undefined ? undefined : { median: middle, least },
      };
    });
};

/** All people, or so many of them drawn by a fixed seed. */
const sample = (people: readonly Person[]): readonly Person[] => {
  if (people.length <= MOST_ASKED) return people;
  const chance = Chance.seeded(SEED);
  const left = [...people];
  const drawn: Person[] = [];
  while (drawn.length < MOST_ASKED) drawn.push(...left.splice(chance.below(left.length), 1));
  return drawn;
};

/** How many people lose less than one percent of their pay with ten percent less of their own doing. */
export const freeRiders = ({ people }: Sight): number =>
  people.filter(({ ownLoss }) => ownLoss !== undefined && compare(ownLoss, fraction(1, 100)) < 0 && sign(ownLoss) >= 0)
    .length;
