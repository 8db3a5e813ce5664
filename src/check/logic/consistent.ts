import type { Atom, Clause } from './atoms.ts';
import { type AtMostZero, feasible } from './linear.ts';

/** Columns that are never empty: they are part of a key. */
const NEVER_EMPTY: ReadonlySet<string> = new Set([
  'deal.deal_id',
  'campaign.campaign_id',
  'lead.lead_id',
  'payee.person_id',
  'attribution.campaign_id',
  'split.deal_id',
  'split.person_id',
]);

/** Texts that are told to be the same, and what is known of each. */
class Texts {
  readonly #roots = new Map<string, string>();
  readonly #values = new Map<string, string>();
  readonly #not = new Map<string, Set<string>>();

  #root(key: string): string {
    let root = key;
    for (let next = this.#roots.get(root); next !== undefined; next = this.#roots.get(root)) root = next;
    return root;
  }

  /** False where it contradicts what is known. */
  join(a: string, b: string): boolean {
    const one = this.#root(a);
    const other = this.#root(b);
    if (one === other) return true;
    const value = this.#values.get(other);
    const excluded = this.#not.get(other) ?? [];
    this.#roots.set(other, one);
    if (value !== undefined && !this.is(one, value)) return false;
    return [...excluded].every((text) => this.isNot(one, text));
  }

  is(key: string, value: string): boolean {
    const root = this.#root(key);
    const before = this.#values.get(root);
    if (before !== undefined) return before === value;
    this.#values.set(root, value);
    return this.#not.get(root)?.has(value) !== true;
  }

  isNot(key: string, value: string): boolean {
    const root = this.#root(key);
    const not = this.#not.get(root) ?? new Set();
    this.#not.set(root, not.add(value));
    return this.#values.get(root) !== value;
  }

  areSame(a: string, b: string): boolean {
    const one = this.#root(a);
    const other = this.#root(b);
    const value = this.#values.get(one);
    return one === other || (value !== undefined && value === this.#values.get(other));
  }
}

/** Whether facts can hold together: false only where they certainly cannot. */
export const isConsistent = (clause: Clause, isWhole: (key: string) => boolean): boolean => {
  const texts = new Texts();
  const present = new Map<string, boolean>();
  const truths = new Map<string, boolean>();
  const constraints: AtMostZero[] = [];
  const apart: Extract<Atom, { kind: 'same' }>[] = [];
  for (const atom of clause) {
    switch (atom.kind) {
      case 'present': {
        if (!atom.present && NEVER_EMPTY.has(atom.key)) return false;
        if ((present.get(atom.key) ?? atom.present) !== atom.present) return false;
        present.set(atom.key, atom.present);
        break;
      }
      case 'truth': {
        if ((truths.get(atom.key) ?? atom.value) !== atom.value) return false;
        truths.set(atom.key, atom.value);
        break;
      }
      case 'text':
        if (!(atom.equal ? texts.is(atom.key, atom.value) : texts.isNot(atom.key, atom.value))) return false;
        break;
      case 'same':
        if (!atom.equal) apart.push(atom);
        else if (!texts.join(atom.a, atom.b)) return false;
        break;
      case 'linear':
        constraints.push(atom);
    }
  }
  if (apart.some(({ a, b }) => texts.areSame(a, b))) return false;
  return feasible(constraints, isWhole);
};
