import type { CreditRow, Person } from '../engine/result.ts';
import type { Tables } from '../rules/table-data.ts';
import { departmentOn } from './departments.ts';

/** Somebody while in one department: what one does on either side of a move is told apart. */
export interface Doer {
  readonly person: Person;
  readonly department: string;
}

/**
 * Tells whose doing a credit is: of whoever it is credited to, and of whoever runs the campaign of a touch or a lead. What
 * is credited to the company alone is nobody's own doing.
 */
export class Doers {
  readonly #owners: readonly (Person | undefined)[];
  readonly #known = new Map<string, Doer>();

  constructor(tables: Tables, people: readonly Person[]) {
    const byId = new Map(people.map((person) => [person.id, person]));
    const owners = tables.get('campaigns')?.columns.get('owner') ?? [];
    this.#owners = owners.map((id) => (typeof id === 'string' ? byId.get(id) : undefined));
  }

  of(row: CreditRow): readonly Doer[] {
    const joint = row.credit.each === 'attribution' || row.credit.each === 'lead';
    const owner = joint && row.campaign >= 0 ? this.#owners[row.campaign] : undefined;
    const own = row.person && this.#doer(row.person, row.date);
    const running = owner === undefined || owner === row.person ? undefined : this.#doer(owner, row.date);
    return [own, running].filter((doer) => doer !== undefined);
  }

  #doer(person: Person, date: number): Doer | undefined {
    const department = departmentOn(person, date);
    if (department === undefined) return undefined;
    const key = `${person.index}/${department}`;
    let doer = this.#known.get(key);
    if (doer === undefined) {
      doer = { person, department };
      this.#known.set(key, doer);
    }
    return doer;
  }
}
