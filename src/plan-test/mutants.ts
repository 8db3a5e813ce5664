import type { Place } from '../findings/finding.ts';
import { changeAt, type Instead, type Step } from '../rules/document/change.ts';
import type { Fields } from '../rules/document/fields.ts';
import { placeOf, type RawEntry, type RawMap, type RawScalar, type RawValue } from '../rules/document/raw.ts';
import type { Description } from '../rules/document/shape.ts';
import { BUILT_IN_SCOPES } from '../rules/expression/scope.ts';
import { PLAN_FIELDS } from '../rules/load/plan-fields.ts';
import { changed, changesOf, type Vocabulary } from './mutants-expression.ts';

/** A plan that differs from the tested one in one small thing. */
export interface Mutant {
  readonly place: Place;
  /** `rewards > commission > rate` */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly change: (root: RawMap) => RawMap;
}

interface At {
  readonly way: readonly Step[];
  readonly value: RawValue;
  readonly key: RawScalar | undefined;
}

/** What no test of figures can notice, or what is no rule: names, notes, where files stand. */
const LEFT_ALONE: ReadonlySet<string> = new Set([
  'plan',
  'currency',
  'period',
  'data',
  'extends',
  'checks',
  'export',
  'change',
  'campaign_notice',
  'roles',
  'because',
  'each',
  'every',
  'per',
]);

/** Keys that change what is paid when they are left out. */
const LEAVE_OUT: ReadonlySet<string> = new Set([
  'when',
  'to',
  'amount',
  'date',
  'share_among',
  'overlay',
  'who',
  'cap',
  'guarantee',
  'tail',
  'prorate',
  'when_missing',
  'at_most',
  'unless',
  'otherwise',
  'accumulate',
  'of',
  'counting',
  'else',
  'shape',
  'beyond',
  'fiscal_year_starts',
]);

/** What holds where it is not said: leaving it out changes nothing. */
const DEFAULTS: ReadonlySet<string> = new Set([
  'fiscal_year_starts: 01',
  'fiscal_year_starts: 1',
  'who: everyone',
  'shape: line',
  'beyond: flat',
  'otherwise: 0%',
  'overlay: false',
]);

const MAPS_OF_POINTS: ReadonlySet<string> = new Set(['curve', 'matrix']);

/** All small changes of a plan, in the order of its text. */
export const mutantsOf = (root: RawMap): readonly Mutant[] => {
  const names = (section: string): readonly string[] => {
    const value = root.entries.get(section)?.value;
    return value?.kind === 'map' ? [...value.entries.keys()] : [];
  };
  const vocabulary = { credits: new Set(names('credits')), scopes: new Set([...names('groups'), ...BUILT_IN_SCOPES]) };
  const finder = new Finder(vocabulary, promises(root) ? new Set([...LEFT_ALONE].filter(isNoPromise)) : LEFT_ALONE);
  finder.fields(PLAN_FIELDS, { way: [], value: root, key: undefined });
  if (!root.entries.has('rounding')) finder.addRounding(root);
  const files = [...new Set(finder.found.map(({ place }) => place.file))];
  const order = ({ place }: Mutant): readonly number[] => [
    files.indexOf(place.file),
    place.line ?? 0,
    place.column ?? 0,
  ];
  return finder.found
    .map((mutant, i) => ({ mutant, i, at: order(mutant) }))
    .sort(
      (a, b) =>
        (a.at[0] ?? 0) - (b.at[0] ?? 0) ||
        (a.at[1] ?? 0) - (b.at[1] ?? 0) ||
        (a.at[2] ?? 0) - (b.at[2] ?? 0) ||
        a.i - b.i,
    )
    .map(({ mutant }) => mutant);
};

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Whether a credit asks for the notice of campaigns, without which it is a promise that pays nothing. */
const promises = (root: RawMap): boolean => {
  const credits = root.entries.get('credits')?.value;
  if (credits?.kind !== 'map') return false;
  return [...credits.entries.values()].some(({ value }) => value.kind === 'map' && value.entries.has('announced_only'));
};

const isNoPromise = (key: string): boolean => key !== 'campaign_notice';

class Finder {
  readonly found: Mutant[] = [];
  readonly #vocabulary: Vocabulary;
  readonly #leftAlone: ReadonlySet<string>;
  /** Within marginal steps that count what they pay: at a threshold both sides pay the same. */
  #continuous = false;

  constructor(vocabulary: Vocabulary, leftAlone: ReadonlySet<string>) {
    this.#vocabulary = vocabulary;
    this.#leftAlone = leftAlone;
  }

  /** The keys of a construct: what stands behind each, and what happens when one is left out or is another. */
  fields(fields: Fields, at: At, others?: Description): void {
    if (at.value.kind !== 'map') return;
    const { entries } = at.value;
    const before = this.#continuous;
    if (entries.has('steps')) this.#continuous = wordAt(at.value, 'method') === 'marginal' && !entries.has('counting');
    for (const [name, { key, value }] of entries) {
      if (this.#leftAlone.has(name)) continue;
      const here: At = { way: [...at.way, name], value, key };
      const description = Object.hasOwn(fields, name) ? fields[name]?.shape.describes : others;
      if (LEAVE_OUT.has(name) && fields[name]?.required !== true) this.#leaveOut(name, here);
      if ((name === 'up_to' || name === 'below') && 'up_to' in fields && !this.#continuous)
        this.#otherSide(name, at, here);
      if (name === 'links') this.#dropLinks(here);
      if (description !== undefined) this.#value(description, here, MAPS_OF_POINTS.has(name));
    }
    this.#continuous = before;
  }

  /** A plan that does not say its rounding has half_up. */
  addRounding(root: RawMap): void {
    const plan = root.entries.get('plan');
    if (plan === undefined) return;
    const key: RawScalar = { ...plan.key, text: 'rounding' };
    const value: RawScalar = { ...plan.key, text: 'half_even' };
    const change = (before: RawMap): RawMap => ({
      ...before,
      entries: new Map([...before.entries, ['rounding', { key, value }]]),
    });
    this.found.push({
      place: placeOf(plan.key),
      path: 'rounding',
      from: 'rounding: half_up (not said)',
      to: 'rounding: half_even',
      change,
    });
  }

  #add(at: At, from: string, to: string, instead: Instead): void {
    this.found.push({
      place: placeOf(at.value),
      path: at.way.map((step) => (typeof step === 'number' ? step + 1 : step)).join(' > '),
      from: folded(from),
      to: folded(to),
      change: changeAt(at.way, instead),
    });
  }

  #leaveOut(name: string, at: At): void {
    const text = at.value.kind === 'scalar' ? `${name}: ${at.value.text}` : name;
    if (DEFAULTS.has(folded(text))) return;
    // What only stands beside it goes with it.
    if (name === 'at_most') {
      const parent = at.way.slice(0, -1);
      const change = changeAt(parent, (value) =>
        value.kind === 'map' ? without(value, ['at_most', 'unless']) : value,
      );
      this.found.push({
        place: placeOf(at.key ?? at.value),
        path: at.way.join(' > '),
        from: folded(text),
        to: 'left out',
        change,
      });
      return;
    }
    this.#add({ ...at, value: at.value }, text, 'left out', () => undefined);
  }

  /** up_to: 100% ↔ below: 100%. */
  #otherSide(name: 'up_to' | 'below', step: At, at: At): void {
    const other = name === 'up_to' ? 'below' : 'up_to';
    const text = at.value.kind === 'scalar' ? at.value.text : '';
    const change = changeAt(step.way, (value) => (value.kind === 'map' ? renamed(value, name, other) : value));
    this.found.push({
      place: placeOf(at.key ?? at.value),
      path: at.way.map((one) => (typeof one === 'number' ? one + 1 : one)).join(' > '),
      from: `${name}: ${text}`,
      to: `${other}: ${text}`,
      change,
    });
  }

  /** A link that is not there; one with a weight counts 100%, since weights must add up. */
  #dropLinks(at: At): void {
    if (at.value.kind !== 'map') return;
    for (const [name, { key, value }] of at.value.entries) {
      if (value.kind !== 'map') continue;
      const weighted = value.entries.has('weight');
      const gone: Instead = (link) => (weighted && link.kind === 'map' ? constantLink(link) : undefined);
      const place = placeOf(key);
      const to = weighted ? 'a factor of 100%' : 'left out';
      this.found.push({
        place,
        path: [...at.way, name].join(' > '),
        from: `the link ${name}`,
        to,
        change: changeAt([...at.way, name], gone),
      });
    }
  }

  #value(description: Description, at: At, points: boolean): void {
    const { value } = at;
    switch (description.kind) {
      case 'expression':
      case 'literal':
        if (value.kind === 'scalar') this.#expression(at, value);
        return;
      case 'choice':
        if (value.kind === 'scalar') this.#choice(description.of, at, value);
        return;
      case 'flag':
        if (value.kind === 'scalar') this.#choice(['true', 'false'], at, value);
        return;
      case 'list':
        if (value.kind === 'list')
          for (const [i, item] of value.items.entries())
            this.#value(description.of, { way: [...at.way, i], value: item, key: undefined }, false);
        return;
      case 'map':
        if (value.kind === 'map') this.#map(description.of, at, points);
        return;
      case 'fields':
        this.fields(description.fields(), at, description.others);
        return;
      case 'either':
        this.#either(description.of, at, points);
        return;
      case 'text':
        return;
    }
  }

  #map(of: Description, at: At, points: boolean): void {
    if (at.value.kind !== 'map') return;
    for (const [name, { key, value }] of at.value.entries) {
      if (points) this.#pointKey(at, key);
      this.#value(of, { way: [...at.way, name], value, key }, points && value.kind === 'map');
    }
  }

  /** The x of a point. */
  #pointKey(map: At, key: RawScalar): void {
    for (const change of changesOf(key.text, this.#vocabulary)) {
      const other = changed(key.text, change);
      this.found.push({
        place: placeOf(key),
        path: map.way.join(' > '),
        from: `the point at ${key.text}`,
        to: `at ${other}`,
        change: changeAt(map.way, (value) => (value.kind === 'map' ? renamed(value, key.text, other) : value)),
      });
    }
  }

  #expression(at: At, scalar: RawScalar): void {
    for (const change of changesOf(scalar.text, this.#vocabulary)) {
      const other = changed(scalar.text, change);
      this.#add(at, scalar.text, other, () => ({ ...scalar, text: other }));
    }
  }

  #choice(words: readonly string[], at: At, scalar: RawScalar): void {
    for (const word of words)
      if (word !== scalar.text)
        this.#add(at, `${at.key?.text ?? ''}: ${scalar.text}`, word, () => ({ ...scalar, text: word }));
  }

  /** Of several ways to write a construct, the one that is written. */
  #either(ways: readonly Description[], at: At, points: boolean): void {
    const { value } = at;
    if (value.kind === 'map') {
      const keys = [...value.entries.keys()];
      const known = ways.flatMap((way) =>
        way.kind === 'fields' ? [{ way, count: keys.filter((key) => key in way.fields()).length }] : [],
      );
      const best = known.reduce<(typeof known)[number] | undefined>(
        (most, each) => (most === undefined || each.count > most.count ? each : most),
        undefined,
      );
      if (best !== undefined) this.#value(best.way, at, points);
      if (at.key?.text === 'share') this.#sharedEvenly(at);
      return;
    }
    if (value.kind !== 'scalar') return;
    const choice = ways.find((way) => way.kind === 'choice' && way.of.includes(value.text));
    const chosen = choice ?? ways.find((way) => way.kind === 'expression' || way.kind === 'literal');
    if (chosen !== undefined) this.#value(chosen, at, points);
    if (at.key?.text === 'share' && choice === undefined) this.#sharedEvenly(at);
  }

  /** Another share model than one that is more than a word. */
  #sharedEvenly(at: At): void {
    const scalar: RawScalar = {
      kind: 'scalar',
      text: 'linear',
      form: 'plain',
      broken: false,
      source: at.value.source,
      start: at.value.start,
      end: at.value.end,
    };
    const { source, start, end } = at.value;
    this.#add(at, `share: ${source.text.slice(start, end)}`, 'share: linear', () => scalar);
  }
}

const wordAt = (map: RawMap, name: string): string | undefined => {
  const value = map.entries.get(name)?.value;
  return value?.kind === 'scalar' ? value.text.trim() : undefined;
};

const without = (map: RawMap, names: readonly string[]): RawMap => ({
  ...map,
  entries: new Map([...map.entries].filter(([name]) => !names.includes(name))),
});

const renamed = (map: RawMap, from: string, to: string): RawMap => ({
  ...map,
  entries: new Map(
    [...map.entries].map(([name, entry]) =>
      name === from ? [to, { ...entry, key: { ...entry.key, text: to } }] : [name, entry],
    ),
  ),
});

const constantLink = (link: RawMap): RawMap => {
  const because = link.entries.get('because');
  const weight = link.entries.get('weight');
  const entries = new Map<string, RawEntry>();
  if (because !== undefined) entries.set('because', because);
  if (weight === undefined || weight.value.kind !== 'scalar') return link;
  entries.set('weight', weight);
  entries.set('factor', { key: { ...weight.key, text: 'factor' }, value: { ...weight.value, text: '100%' } });
  return { ...link, entries };
};
