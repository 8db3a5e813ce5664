import type { Credited } from '../../engine/credit-tables.ts';
import type { Computation, CreditRow, Person } from '../../engine/result.ts';
import type { Scaling } from '../../engine/scaling.ts';
import { departmentOn } from '../../linkage/departments.ts';
import { movementOf } from '../../linkage/movement.ts';
import { inWholeDeals } from '../../linkage/whole-deals.ts';
import type { Link, Reward } from '../../rules/plan.ts';
import { add, fraction, max, min, type Num } from '../../values/num.ts';
import { numText } from '../logic/number.ts';
import type { Stage } from '../scene/stage.ts';
import { onePeriod, type Trials } from '../scene/trial.ts';

/** A link on the lines of a department, and between what its factor lies. */
export interface LinkSeen {
  readonly link: Link;
  readonly reward: Reward;
  readonly crosses: boolean;
  readonly least: Num;
  readonly most: Num;
}

/** What departments are paid, by which rewards, and what links do to it. */
export interface PaidByDepartment {
  readonly total: ReadonlyMap<string, Num>;
  /** By department, then reward. */
  readonly rewards: ReadonlyMap<string, ReadonlyMap<Reward, Num>>;
  readonly links: ReadonlyMap<string, ReadonlyMap<Link, LinkSeen>>;
}

export const paidByDepartment = ({ periods }: Computation): PaidByDepartment => {
  const total = new Map<string, Num>();
  const rewards = new Map<string, Map<Reward, Num>>();
  const links = new Map<string, Map<Link, LinkSeen>>();
  for (const { payouts } of periods) {
    for (const { reward, lines } of payouts) {
      for (const line of lines) {
        const department = line.stay.department ?? '';
        total.set(department, add(total.get(department) ?? 0, line.amount));
        if (reward === undefined) continue;
        const own = inner(rewards, department);
        own.set(reward, add(own.get(reward) ?? 0, line.amount));
        for (const { link, factor, crosses } of line.links) {
          const seen = inner(links, department);
          const before = seen.get(link);
          seen.set(link, {
            link,
            reward,
            crosses: crosses || before?.crosses === true,
            least: before === undefined ? factor : min(before.least, factor),
            most: before === undefined ? factor : max(before.most, factor),
          });
        }
      }
    }
  }
  return { total, rewards, links };
};

const inner = <K, V>(outer: Map<string, Map<K, V>>, key: string): Map<K, V> => {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = new Map<K, V>();
  outer.set(key, made);
  return made;
};

/** Where results are moved to: from nothing to four times the goal. */
export const FACTORS: readonly Num[] = [0, 25, 50, 75, 90, 110, 125, 150, 200, 400].map((percent) =>
  fraction(percent, 100),
);
export const WORST = fraction(50, 100);
export const BEST = fraction(150, 100);

/** Pays the neutral example with somebody's results moved; undefined where the plan cannot be paid with such results. */
export class Moving {
  readonly now: PaidByDepartment | undefined;
  readonly #credited: Credited;
  readonly #stage: Stage;
  readonly #trials: Trials;
  readonly #known = new Map<string, PaidByDepartment | undefined>();

  constructor(stage: Stage, credited: Credited, trials: Trials) {
    this.#stage = stage;
    this.#credited = credited;
    this.#trials = trials;
    this.now = this.#pay(undefined);
  }

  /** With the results of a department at a part of what they are; work that it shares with others included. */
  by(department: string, factor: Num): PaidByDepartment | undefined {
    const key = JSON.stringify([department, numText(factor)]);
    if (!this.#known.has(key)) this.#known.set(key, this.#pay(jointMovement(this.#credited, department, factor)));
    return this.#known.get(key);
  }

  /**
   * With a department's own part of what is done at a part of what it is, however much is asked of it: of the leads that it was
   * handed fewer are worked.
   */
  byOwn(department: string, factor: Num): PaidByDepartment | undefined {
    const key = JSON.stringify([department, numText(factor), 'own']);
    if (!this.#known.has(key))
      this.#known.set(key, this.#pay(movementOf(this.#credited, new Set([department]), factor)));
    return this.#known.get(key);
  }

  /** With a department's own results at nothing: what it shares with others, and what is the company's, stays. */
  without(department: string): PaidByDepartment | undefined {
    return this.#pay(aloneMovement(this.#credited, department));
  }

  #pay(scaling: Scaling | undefined): PaidByDepartment | undefined {
    const { plan, calendar } = this.#stage;
    const [first] = calendar.periods;
    const periods = onePeriod(first ?? calendar.period, calendar.period);
    const { computation } = this.#trials.payCredited(this.#credited, plan, { periods, scaling });
    return computation && paidByDepartment(computation);
  }
}

/** Who owns the deal of a touch, or works a lead: their department on the day of the credit. */
const partnerOf = (
  { world }: Credited,
  people: ReadonlyMap<string, Person>,
): ((row: CreditRow) => string | undefined) => {
  const owners = world.tables.get('deals')?.columns.get('owner');
  const workers = world.tables.get('leads')?.columns.get('assigned_to');
  return (row) => {
    const id =
      row.credit.each === 'attribution'
        ? owners?.[row.deal]
        : row.credit.each === 'lead'
          ? workers?.[row.lead]
          : undefined;
    const person = typeof id === 'string' ? people.get(id) : undefined;
    return person && departmentOn(person, row.date);
  };
};

/** Moves a department's results, touches and leads being the work of both sides: of a deal's owner as of a campaign's. */
const jointMovement = (credited: Credited, department: string, factor: Num): Scaling => {
  const plain = inWholeDeals(movementOf(credited, new Set([department]), factor), factor);
  const people = new Map(credited.world.people.list().map((person) => [person.id, person]));
  const partner = partnerOf(credited, people);
  return {
    ...plain,
    credit: (row) => (partner(row) === department ? factor : plain.credit(row)),
  };
};

const aloneMovement = (credited: Credited, department: string): Scaling => {
  const plain = movementOf(credited, new Set([department]), 0);
  return {
    ...plain,
    credit: (row) => (row.person === undefined ? 1 : plain.credit(row)),
    result: (name, period) => (name === undefined ? 1 : plain.result(name, period)),
  };
};
