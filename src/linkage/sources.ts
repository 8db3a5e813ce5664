import type { Computed } from '../engine/compute.ts';
import { readsOf } from '../engine/crossing.ts';
import type { CreditRow, Person, Stay } from '../engine/result.ts';
import type { Link } from '../rules/plan.ts';
import { departmentOn, departmentsOf } from './departments.ts';

/**
 * Tells whose results move a link: the other departments that what it reads depends on. Of a group, a team or reports these are the
 * departments of their people; of leads and touches, which are joint work, that of the campaign's owner on one side and that of
 * the deal's or the lead's on the other.
 */
export class Sources {
  readonly #computed: Computed;
  readonly #byId: ReadonlyMap<string, Person>;
  readonly #departments: readonly string[];
  readonly #known = new Map<Link, Map<string, readonly string[]>>();
  readonly #pairs = new Map<string, readonly (readonly string[])[]>();

  constructor(computed: Computed) {
    this.#computed = computed;
    this.#byId = new Map(computed.people.map((person) => [person.id, person]));
    this.#departments = departmentsOf(computed.people);
  }

  /** The departments by whose results a link moves the pay of another one, by name; none where nothing tells. */
  of(link: Link, department: string): readonly string[] {
    const known = this.#known.get(link) ?? new Map<string, readonly string[]>();
    this.#known.set(link, known);
    let found = known.get(department);
    if (found === undefined) {
      const all = this.#find(link, department);
      all.delete(department);
      found = [...all].sort();
      known.set(department, found);
    }
    return found;
  }

  #find(link: Link, department: string): Set<string> {
    const { plan, people, engine } = this.#computed;
    const { joint, groups, everyone, team, reports } = readsOf(link, plan);
    const found = new Set<string>(everyone ? this.#departments : []);
    const take = (stays: readonly Stay[]): void => {
      for (const stay of stays) if (stay.department !== undefined) found.add(stay.department);
    };
    for (const name of groups) for (const person of people) take(engine.groups.staysIn(name, person));
    const own = people.flatMap(({ stays }) => stays.filter((stay) => stay.department === department));
    if (team) {
      const teams = new Set(own.map((stay) => stay.team).filter((name) => name !== undefined));
      for (const { stays } of people) take(stays.filter((stay) => stay.team !== undefined && teams.has(stay.team)));
    }
    if (reports) {
      const leading = new Set(own.map(({ person }) => person.id));
      for (const { stays } of people)
        take(stays.filter(({ manager }) => manager !== undefined && leading.has(manager)));
    }
    for (const credit of joint) {
      for (const sides of this.#pairsOf(credit)) {
        if (sides.includes(department)) for (const side of sides) found.add(side);
      }
    }
    return found;
  }

  /** The departments that have worked together on any row of a credit, each set of them once. */
  #pairsOf(credit: string): readonly (readonly string[])[] {
    let pairs = this.#pairs.get(credit);
    if (pairs === undefined) {
      const found = new Map<string, readonly string[]>();
      for (const row of this.#computed.credits.get(credit) ?? []) {
        const sides = this.#sidesOf(row);
        found.set(JSON.stringify(sides), sides);
      }
      pairs = [...found.values()];
      this.#pairs.set(credit, pairs);
    }
    return pairs;
  }

  #sidesOf({ campaign, deal, lead, date }: CreditRow): readonly string[] {
    const at = (table: 'campaigns' | 'deals' | 'leads', column: string, row: number): string | undefined => {
      const id = row < 0 ? undefined : this.#computed.tables.get(table)?.columns.get(column)?.[row];
      const person = typeof id === 'string' ? this.#byId.get(id) : undefined;
      return person && departmentOn(person, date);
    };
    const sides = [
      at('campaigns', 'owner', campaign),
      lead < 0 ? at('deals', 'owner', deal) : at('leads', 'assigned_to', lead),
    ];
    return [...new Set(sides.filter((side) => side !== undefined))].sort();
  }
}
