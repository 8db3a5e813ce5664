import type { CreditRow, Person } from '../engine/result.ts';
import type { Tables } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import { asksWorked } from './asks-worked.ts';

/** To whom doing is ascribed: the department that somebody works in on a day, their team, the person. */
export type SideOf = (person: Person, day: Day) => string | undefined;

/** Whose doing a credit is: some sides', everybody's (what is credited to the company), or nobody's that is known. */
export type Doing = readonly string[] | 'everybody';

/**
 * Tells whose doing each credit is, so that "sales does a tenth more" has one meaning:
 *
 * - what is credited to the company is everybody's; where sides are smaller than departments, the side's that its deal or lead
 *   belongs to;
 * - a deal, or a part of one, is its payee's side's on the credit's date;
 * - a touch is the doing of the side that runs its campaign;
 * - a lead is handed over by the side that runs its campaign, and worked (where its credit asks when it was followed
 *   up) by that of whoever it was assigned to: both are then needed, and either moves it.
 */
export class Doings {
  readonly #tables: Tables;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #sideOf: SideOf;
  readonly #companyIsAll: boolean;

  /** `companyIsAll`: whether what is the company's is everybody's. */
  constructor(tables: Tables, people: ReadonlyMap<string, Person>, sideOf: SideOf, companyIsAll: boolean) {
    this.#sideOf = sideOf;
    this.#companyIsAll = companyIsAll;
    this.#tables = tables;
    this.#people = people;
  }

  of(row: CreditRow): Doing {
    const { credit, person } = row;
    if (person === undefined && this.#companyIsAll) return 'everybody';
    const own = person === undefined ? this.#sideAt('deals', 'owner', row.deal, row) : this.#sideOf(person, row.date);
    switch (credit.each) {
      case 'attribution':
        return known(this.#runs(row) ?? own);
      case 'lead': {
        const handedOver = this.#runs(row);
        if (handedOver !== undefined && !asksWorked(credit)) return [handedOver];
        return known(handedOver, this.#assigned(row) ?? own);
      }
      default:
        return known(own);
    }
  }

  /** The side that runs the campaign of a touch or a lead. */
  #runs(row: CreditRow): string | undefined {
    return this.#sideAt('campaigns', 'owner', row.campaign, row);
  }

  #assigned(row: CreditRow): string | undefined {
    return this.#sideAt('leads', 'assigned_to', row.lead, row);
  }

  #sideAt(table: 'campaigns' | 'deals' | 'leads', column: string, at: number, { date }: CreditRow): string | undefined {
    const id = at < 0 ? undefined : this.#tables.get(table)?.columns.get(column)?.[at];
    const person = typeof id === 'string' ? this.#people.get(id) : undefined;
    return person && this.#sideOf(person, date);
  }
}

const known = (...sides: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(sides.filter((side) => side !== undefined)),
];
