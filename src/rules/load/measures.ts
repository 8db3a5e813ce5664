import type { Sink } from '../../findings/sink.ts';
import { type Formula, type Part, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { formula } from '../document/shapes.ts';
import { type Node, type Type, walk } from '../expression/typed.ts';
import type { Measure } from '../plan.ts';
import { OF_MEASURE } from './contexts.ts';
import type { Naming } from './naming.ts';
import type { PlanReader } from './reader.ts';
import { wordsOf } from './words.ts';

const TYPES: readonly Type[] = ['money', 'number', 'days', 'date', 'boolean', 'text'];

/** Measures that read each other are read one inside the other; honest plans stay far below. */
const MAX_NESTED = 100;

/** Reads the expressions of all measures by their names, in whatever order the plan has them. */
export const draftMeasures = (section: Part<RawMap> | undefined, naming: Naming, sink: Sink): Map<string, Formula> => {
  const drafts = new Map<string, Formula>();
  for (const part of section === undefined ? [] : partsOf(section)) {
    const name = part.key?.text ?? '';
    const given = formula('money, number').read(part, sink);
    // A measure that cannot be read is still a name, so that not everything that reads it is wrong as well.
    if (naming.give(name, 'measure', part)) drafts.set(name, given ?? { ...part, value: nothing(part) });
  }
  return drafts;
};

const nothing = ({ value }: Part): Formula['value'] => ({
  kind: 'scalar',
  text: '',
  form: 'plain',
  broken: true,
  source: value.source,
  start: value.start,
  end: value.end,
});

/** The measures of a plan: each is read when its type is first asked for, which may be while another is read. */
export class Measures {
  readonly #drafts: ReadonlyMap<string, Formula>;
  readonly #read = new Map<string, Measure | undefined>();
  readonly #reading: string[] = [];
  readonly #sink: Sink;
  #reader: PlanReader | undefined;

  constructor(drafts: ReadonlyMap<string, Formula>, sink: Sink) {
    this.#drafts = drafts;
    this.#sink = sink;
  }

  /** Reads all of them, in the plan's order. */
  readAll(reader: PlanReader): Map<string, Measure> {
    this.#reader = reader;
    for (const name of inReadingOrder(this.#drafts)) this.#measure(name);
    const measures = new Map<string, Measure>();
    for (const name of this.#drafts.keys()) {
      const measure = this.#read.get(name);
      if (measure !== undefined) measures.set(name, measure);
    }
    return measures;
  }

  typeOf(name: string): Type | undefined {
    return this.#measure(name)?.value.type;
  }

  /** Whether a measure depends on whose it is: false where it reads company credits, scopes and params only. */
  hasOwner(name: string, isCompany: (credit: string) => boolean): boolean {
    const seen = new Set<string>();
    const left = [name];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const node = this.#measure(next)?.value.node;
      let owned = false;
      if (node !== undefined) {
        walk(node, (one) => {
          if (one.kind === 'measure' && one.scope.kind === 'own') left.push(one.name);
          else if (isOwned(one, isCompany)) owned = true;
        });
      }
      if (owned) return true;
    }
    return false;
  }

  #measure(name: string): Measure | undefined {
    if (this.#read.has(name)) return this.#read.get(name);
    const given = this.#drafts.get(name);
    const start = this.#reading.indexOf(name);
    if (given === undefined || this.#reader === undefined) return undefined;
    if (start >= 0) {
      this.#sayCycle(this.#reading.slice(start));
      return undefined;
    }
    if (this.#reading.length >= MAX_NESTED) {
      report(this.#sink, 'too-complex', `measures read each other more than ${MAX_NESTED} deep`, given);
      return undefined;
    }
    this.#reading.push(name);
    const value = given.value.broken ? undefined : this.#reader.expression(given, TYPES, OF_MEASURE);
    this.#reading.pop();
    const place = placeOf(given.key ?? given.value);
    // A circle through this measure has been said, and the measure has no meaning.
    const measure = value && { name, value, place };
    this.#read.set(name, measure);
    return measure;
  }

  #sayCycle(found: readonly string[]): void {
    // Told from the measure that stands first in the plan, wherever the reading began.
    const start = [...this.#drafts.keys()].find((name) => found.includes(name)) ?? '';
    const circle = [...found.slice(found.indexOf(start)), ...found.slice(0, found.indexOf(start))];
    const first = this.#drafts.get(circle[0] ?? '');
    if (first === undefined) return;
    const related = circle.slice(1).flatMap((name) => {
      const part = this.#drafts.get(name);
      return part === undefined ? [] : [{ ...placeOf(part.key ?? part.value), message: `${name} stands here` }];
    });
    const message = `measures read each other in a circle: ${[...circle, circle[0]].join(' → ')}`;
    report(this.#sink, 'cycle', message, first, {
      related,
      hint: 'a measure is built of credits, quotas and other measures, never of itself',
    });
  }
}

const isOwned = (node: Node, isCompany: (credit: string) => boolean): boolean => {
  switch (node.kind) {
    case 'payee':
      return true;
    case 'aggregate':
      return node.scope.kind === 'own' ? !isCompany(node.credit) : needsPayee(node);
    case 'measure':
      return needsPayee(node);
    case 'quota':
    case 'result':
      return node.scope.kind === 'own' || needsPayee(node);
    default:
      return false;
  }
};

const needsPayee = ({ scope }: Extract<Node, { readonly scope: unknown }>): boolean =>
  scope.kind === 'team' || scope.kind === 'direct_reports' || scope.kind === 'all_reports';

/**
 * Measures such that those come first whose names stand in others, as far as a look at the words can tell: so that a
 * long chain is not read one inside the other.
 */
const inReadingOrder = (drafts: ReadonlyMap<string, Formula>): readonly string[] => {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const root of drafts.keys()) {
    const stack = [root];
    while (stack.length > 0) {
      const name = stack[stack.length - 1] as string;
      if (state.get(name) === undefined) {
        state.set(name, 'open');
        for (const word of wordsOf(drafts.get(name)?.value.text ?? ''))
          if (drafts.has(word) && !state.has(word)) stack.push(word);
        continue;
      }
      stack.pop();
      if (state.get(name) === 'open') order.push(name);
      state.set(name, 'done');
    }
  }
  return order;
};
