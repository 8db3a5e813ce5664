import type { Credited } from '../engine/compute.ts';
import { Groups } from '../engine/groups.ts';
import type { CreditRow, Person, Stay } from '../engine/result.ts';
import type { Scaling } from '../engine/scaling.ts';
import { Sink } from '../findings/sink.ts';
import type { Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import { touches } from './departments.ts';
import { type Doing, Doings } from './doing.ts';

/**
 * Moves the results of some departments by a factor: every credit that is their doing, and every result that is for them,
 * for a team or group with somebody of theirs in it, or for one of their people. What belongs to the company moves with each
 * department. What moves and what does not is asked once for each row.
 */
export const movementOf = ({ world }: Credited, departments: ReadonlySet<string>, factor: Num): Scaling => {
  const people = world.people.list();
  const byId = new Map(people.map((person) => [person.id, person]));
  const groups = new Groups({ ...world, sink: new Sink() });
  const doings = new Doings(world.tables, byId);
  const known = new Map<CreditRow, Num>();
  const isTheirs = (doing: Doing): boolean => doing === 'everybody' || doing.some((one) => departments.has(one));
  const hasTheirs = (stays: readonly Stay[], period: Period): boolean =>
    stays.some((stay) => touches(stay, period) && stay.department !== undefined && departments.has(stay.department));
  const staysOf = (name: string): ((person: Person) => readonly Stay[]) => {
    if (byId.has(name)) return (person) => (person.id === name ? person.stays : []);
    if (name === 'everyone') return (person) => person.stays;
    if (world.plan.groups.has(name)) return (person) => groups.staysIn(name, person);
    return (person) => person.stays.filter(({ team }) => team === name);
  };
  return {
    credit: (row) => {
      let weight = known.get(row);
      if (weight === undefined) {
        weight = isTheirs(doings.of(row)) ? factor : 1;
        known.set(row, weight);
      }
      return weight;
    },
    takesOthers: (row) => {
      const doing = doings.of(row);
      return doing !== 'everybody' && doing.some((one) => !departments.has(one));
    },
    result: (name, period) => {
      if (name === undefined) return factor;
      const stays = staysOf(name);
      return people.some((person) => hasTheirs(stays(person), period)) ? factor : 1;
    },
  };
};
