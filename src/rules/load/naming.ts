import type { Sink } from '../../findings/sink.ts';
import { type Part, report } from '../document/part.ts';
import { placeOf, shown } from '../document/raw.ts';
import { FUNCTIONS } from '../expression/functions.ts';
import { KEYWORDS } from '../expression/parser.ts';
import { BUILT_IN_SCOPES } from '../expression/scope.ts';

const NAME = /^[a-z][a-z0-9_]{0,59}$/;

/** Words that the language has a meaning for already, and which. */
const TAKEN = new Map<string, string>([
  ...[...KEYWORDS].map((word) => [word, 'a word of the language'] as const),
  ...['deal', 'attribution', 'campaign', 'lead', 'split', 'payee'].map((word) => [word, 'a row'] as const),
  ...BUILT_IN_SCOPES.map((word) => [word, 'a scope'] as const),
  ...[...FUNCTIONS.keys()].map((word) => [word, 'a function'] as const),
  ...['sum', 'count', 'avg', 'count_distinct', 'quota', 'result', 'pay'].map((word) => [word, 'a function'] as const),
  ['period', 'the period'],
  ['company', 'the company'],
]);

/** What a name is in the plan: two kinds that expressions cannot tell apart may not share one. */
export type NameKind = 'param' | 'group' | 'credit' | 'measure' | 'reward' | 'link' | 'column';

const APART: Readonly<Partial<Record<NameKind, readonly NameKind[]>>> = {
  group: ['param'],
  credit: ['param'],
  measure: ['param', 'group'],
};

/** `Base Rate` → `base_rate` */
const asName = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '');

/** Keeps which names a plan has given away, and says which cannot be given. */
export class Naming {
  readonly #given = new Map<NameKind, Map<string, Part>>();
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Whether a part's key can be its name. */
  give(name: string, kind: NameKind, part: Part): boolean {
    const place = placeOf(part.key ?? part.value);
    if (!NAME.test(name)) {
      const better = name.length > 200 ? '' : asName(name);
      const hint = NAME.test(better) ? `write ${better}` : 'small letters, digits and _, a letter first, 60 at most';
      report(
        this.#sink,
        'invalid-name',
        `the name of a ${kind} is written in snake_case, not ${shown(part.key ?? part.value)}`,
        part,
        { hint },
        place,
      );
      return false;
    }
    const taken = this.#taken(name, kind);
    if (taken !== undefined) {
      report(
        this.#sink,
        'invalid-name',
        `a ${kind} cannot be called "${name}": that is ${taken}`,
        part,
        { hint: `call it ${name}_${kind}, say` },
        place,
      );
      return false;
    }
    for (const other of APART[kind] ?? []) {
      const first = this.#given.get(other)?.get(name);
      if (first === undefined) continue;
      const related = [{ ...placeOf(first.key ?? first.value), message: `the ${other} stands here` }];
      report(
        this.#sink,
        'invalid-name',
        `"${name}" is a ${other} already`,
        part,
        { related, hint: 'call one of the two otherwise' },
        place,
      );
      return false;
    }
    const names = this.#given.get(kind) ?? new Map<string, Part>();
    this.#given.set(kind, names.set(name, part));
    return true;
  }

  #taken(name: string, kind: NameKind): string | undefined {
    // Rewards, links and columns stand where nothing else can: in pay( ), and behind a dot.
    if (kind === 'link' || kind === 'column') return undefined;
    if (kind === 'reward') return name === 'adjustments' ? 'the reward under which adjustments are paid' : undefined;
    return TAKEN.get(name);
  }
}
