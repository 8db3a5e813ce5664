import type { Credited } from '../engine/credit-tables.ts';
import { Groups } from '../engine/groups.ts';
import type { CreditRow, Person, Stay } from '../engine/result.ts';
import type { Scaling } from '../engine/scaling.ts';
import { Sink } from '../findings/sink.ts';
import type { Credit } from '../rules/plan.ts';
import type { Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import { departmentOn, touches } from './departments.ts';
import { type Doing, Doings, type SideOf } from './doing.ts';

/** Who the people are whose results move: the side that each works on, on a day and in a stay. */
export interface Sides {
  readonly on: SideOf;
  readonly in: (stay: Stay) => string | undefined;
  /** Whether what is the company's moves with each side; else with the one that its deal belongs to. */
  readonly companyIsAll: boolean;
}

/** The departments as sides. */
export const DEPARTMENTS: Sides = { on: departmentOn, in: ({ department }) => department, companyIsAll: true };

interface Moves {
  readonly weight: Num;
  readonly takesOthers: boolean;
}

/**
 * Moves the results of some sides (departments, where not said) by a factor: every credit that is their doing, and every
 * result that is for them, for a team or group with somebody of theirs in it, or for one of their people. What belongs to the
 * company moves with each. What moves and what does not is asked once for each row.
 */
export const movementOf = (
  { world }: Pick<Credited, 'world'>,
  moved: ReadonlySet<string>,
  factor: Num,
  sides: Sides = DEPARTMENTS,
): Scaling => {
  const people = world.people.list();
  const byId = new Map(people.map((person) => [person.id, person]));
  const groups = new Groups({ ...world, sink: new Sink() });
  const doings = new Doings(world.tables, byId, sides.on, sides.companyIsAll);
  const isTheirs = (doing: Doing): boolean => doing === 'everybody' || doing.some((one) => moved.has(one));
  // By the position of a row among those of its credit: it is asked for every row of every sum.
  const known = new WeakMap<Credit, (Moves | undefined)[]>();
  const movesOf = (row: CreditRow): Moves => {
    let rows = known.get(row.credit);
    if (rows === undefined) {
      rows = [];
      known.set(row.credit, rows);
    }
    // Without gaps, which would make a slow array of it.
    while (rows.length <= row.index) rows.push(undefined);
    let moves = rows[row.index];
    if (moves === undefined) {
      const doing = doings.of(row);
      moves = {
        weight: isTheirs(doing) ? factor : 1,
        takesOthers: doing !== 'everybody' && doing.some((one) => !moved.has(one)),
      };
      rows[row.index] = moves;
    }
    return moves;
  };
  const hasTheirs = (stays: readonly Stay[], period: Period): boolean =>
    stays.some((stay) => touches(stay, period) && moved.has(sides.in(stay) ?? ''));
  const staysOf = (name: string): ((person: Person) => readonly Stay[]) => {
    if (byId.has(name)) return (person) => (person.id === name ? person.stays : []);
    if (name === 'everyone') return (person) => person.stays;
    if (world.plan.groups.has(name)) return (person) => groups.staysIn(name, person);
    return (person) => person.stays.filter(({ team }) => team === name);
  };
  return {
    credit: (row) => movesOf(row).weight,
    takesOthers: (row) => movesOf(row).takesOthers,
    result: (name, period) => {
      if (name === undefined) return factor;
      const stays = staysOf(name);
      return people.some((person) => hasTheirs(stays(person), period)) ? factor : 1;
    },
  };
};
