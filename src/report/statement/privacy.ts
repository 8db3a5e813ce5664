import type { Computed } from '../../engine/compute.ts';
import type { Whose } from '../../engine/reader.ts';
import type { Line, Payout, PeriodResult, Person } from '../../engine/result.ts';
import type { Read } from '../../explain/figure.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import { TABLE_OF, tableNamed } from '../../rules/tables.ts';
import type { Sees } from '../explain/sees.ts';
import { apartOf, type Crowd, crowdOf, poolOf } from './crowds.ts';

/**
 * What one person's statement may show of others: figures of groups only, and none from which the figure of fewer people
 * than `least` less the reader could be worked out, by taking the reader's own off, or two groups from each other.
 */
export class Privacy implements Sees {
  readonly everybody = false;
  readonly #computed: Computed;
  readonly #result: PeriodResult;
  readonly #reader: Person;
  readonly #least: number;
  readonly #decided = new Map<Crowd, boolean>();
  readonly #shown: Crowd[] = [];

  constructor(computed: Computed, result: PeriodResult, reader: Person, least: number) {
    this.#computed = computed;
    this.#result = result;
    this.#reader = reader;
    this.#least = least;
  }

  readonly person = (person: Person): boolean => person === this.#reader;

  readonly figure = (read: Read): boolean => {
    if (!('whose' in read)) return true;
    const { whose } = read;
    if (read.kind === 'aggregate' && read.forDeal) return true;
    if (whose.kind !== 'own') return this.#allows(whose);
    return !this.#readsCompany(read.node) || this.#allows({ ...whose, kind: 'everyone', who: 'everyone' });
  };

  readonly cell = (node: Node, value: unknown): boolean => {
    if (node.kind === 'person') return node.type !== 'money';
    const table = node.kind === 'payee' ? 'people' : node.kind === 'column' ? TABLE_OF[node.row] : undefined;
    const name = node.kind === 'payee' || node.kind === 'column' ? node.column : '';
    const column = table === undefined ? undefined : tableNamed(table)?.columns.find((each) => each.name === name);
    return column?.person !== true || value === this.#reader.id;
  };

  readonly pool = ({ rewardName }: Payout, { pool }: Line): boolean =>
    poolOf(this.#result, rewardName, pool?.each).size >= this.#least;

  /** Whether so many people's figure says nothing of any few of them. */
  enough(people: number, includesReader: boolean): boolean {
    return people >= this.#least - (includesReader ? 1 : 0);
  }

  #allows(whose: Whose): boolean {
    const crowd = crowdOf(this.#computed.engine, whose);
    let allowed = this.#decided.get(crowd);
    if (allowed === undefined) {
      allowed = this.#fits(crowd);
      if (allowed) this.#shown.push(crowd);
      this.#decided.set(crowd, allowed);
    }
    return allowed;
  }

  #fits(crowd: Crowd): boolean {
    if (!this.enough(this.#others(crowd.people), crowd.people.has(this.#reader))) return false;
    // Of two groups that share most of their people, one taken from the other leaves those that they do not share.
    return this.#shown.every((other) => {
      const apart = this.#others(apartOf(this.#computed.engine, crowd, other));
      return apart === 0 || this.enough(apart, true);
    });
  }

  /** How many of some people are others than the reader. */
  #others(people: ReadonlySet<Person>): number {
    return people.size - (people.has(this.#reader) ? 1 : 0);
  }

  /** Whether a figure that is the payee's own by its scope adds up what belongs to nobody: the whole company's. */
  #readsCompany(node: Node): boolean {
    const { plan } = this.#computed;
    let reads = false;
    const seen = new Set<string>();
    const visit = (root: Node): void =>
      walk(root, (each) => {
        if (each.kind === 'aggregate') reads ||= plan.credits.get(each.credit)?.to === 'company';
        if (each.kind !== 'measure' || seen.has(each.name)) return;
        seen.add(each.name);
        const inner = plan.measures.get(each.name)?.value.node;
        if (inner !== undefined) visit(inner);
      });
    visit(node);
    return reads;
  }
}
