import type { Computed } from '../../engine/compute.ts';
import type { Line, Payout, PeriodResult, Person } from '../../engine/result.ts';
import type { Read } from '../../explain/figure.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import { TABLE_OF, tableNamed } from '../../rules/tables.ts';
import type { Sees } from '../explain/sees.ts';
import { type Crowd, crowdOf, Parts, poolOf } from './crowds.ts';

/**
 * What one person's statement may show of others: figures of groups only, and none from which the figure of fewer people
 * than `least`, the reader among them or not, could be worked out. The groups shown cut all people into parts: those who are
 * in just the same of them. Whatever is worked out by adding groups up and taking them from each other is of whole parts, so
 * that a group is shown if it cuts off no part that is too small.
 */
export class Privacy implements Sees {
  readonly everybody = false;
  readonly #computed: Computed;
  readonly #result: PeriodResult;
  readonly #reader: Person;
  readonly #least: number;
  readonly #decided = new Map<Crowd, boolean>();
  /** What the groups shown so far cut people into. */
  #parts = Parts.none;

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
    const { engine } = this.#computed;
    if (read.kind === 'aggregate' && read.forDeal) return this.#showsDeal(read);
    if (whose.kind !== 'own') return this.#allows(crowdOf(engine, whose));
    return (
      !this.#readsCompany(read.node) || this.#allows(crowdOf(engine, { ...whose, kind: 'everyone', who: 'everyone' }))
    );
  };

  readonly cell = (node: Node, value: unknown): boolean => {
    if (node.kind === 'person') return node.type !== 'money';
    const table = node.kind === 'payee' ? 'people' : node.kind === 'column' ? TABLE_OF[node.row] : undefined;
    const name = node.kind === 'payee' || node.kind === 'column' ? node.column : '';
    const column = table === undefined ? undefined : tableNamed(table)?.columns.find((each) => each.name === name);
    return column?.person !== true || value === this.#reader.id;
  };

  readonly pool = ({ rewardName }: Payout, { pool }: Line): boolean =>
    this.#allows(poolOf(this.#result, rewardName, pool?.each));

  /** Whether so many others' figure says nothing of any few of them. */
  enough(others: number): boolean {
    return others >= this.#least;
  }

  /** What is counted or added up over a line's own deal: of others' credits the number is told, a sum only of enough people. */
  #showsDeal({ node, taken }: Extract<Read, { kind: 'aggregate' }>): boolean {
    if (node.kind === 'aggregate' && node.fn === 'count') return true;
    return this.#isEnough(new Set(taken().flatMap(({ row }) => (row.person === undefined ? [] : [row.person]))));
  }

  /** Whether a group is shown, decided when it is first asked for. */
  #allows(crowd: Crowd): boolean {
    let allowed = this.#decided.get(crowd);
    if (allowed === undefined) {
      const cut = this.#parts.cut(crowd);
      allowed = cut.parts.every((part) => this.#isEnough(part));
      if (allowed) this.#parts = cut;
      this.#decided.set(crowd, allowed);
    }
    return allowed;
  }

  /** Whether some people's figure may be known: the reader's own, or that of enough, the reader counted. */
  #isEnough(people: Crowd): boolean {
    const others = people.size - (people.has(this.#reader) ? 1 : 0);
    return others === 0 || people.size >= this.#least;
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
