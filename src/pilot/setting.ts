import { Sink } from '../findings/sink.ts';
import { changeAt, type Step, valueAt } from '../rules/document/change.ts';
import { type RawMap, type RawScalar, type RawValue, sourceFile } from '../rules/document/raw.ts';
import { readYaml } from '../rules/document/yaml.ts';
import { literalOf } from '../rules/load/literal.ts';
import {
  add,
  div,
  equal,
  isExactText,
  isZero,
  mul,
  type Num,
  sign,
  sub,
  toPercent,
  toQuotient,
} from '../values/num.ts';

/** Another text at one place of a plan. */
export interface Setting {
  /** As whoever asked for it wrote it: `base_rate`. */
  readonly name: string;
  readonly way: readonly Step[];
  readonly text: string;
  /** Another key for it: the point of a curve stands at another place then. */
  readonly key?: string | undefined;
}

/** A plan as it stands in its files, with these settings in it. Where weights of a blend are set, the others follow. */
export const withSettings =
  (settings: readonly Setting[]) =>
  (root: RawMap): RawMap => {
    let changed = root;
    for (const setting of [...settings, ...followingWeights(root, settings)]) changed = set(changed, setting);
    return withKeys(changed, settings);
  };

/** The keys of a map are changed all at once: one may take the place that another has left. */
export const withKeys = (root: RawMap, settings: readonly Setting[]): RawMap => {
  const maps = new Map<string, { readonly way: readonly Step[]; readonly keys: Map<string, string> }>();
  for (const { way, key } of settings) {
    if (key === undefined) continue;
    const parent = way.slice(0, -1);
    const map = maps.get(JSON.stringify(parent)) ?? { way: parent, keys: new Map() };
    maps.set(JSON.stringify(parent), map);
    map.keys.set(String(way[way.length - 1]), key);
  }
  let changed = root;
  for (const { way, keys } of maps.values()) {
    changed = changeAt(way, (map) => (map.kind === 'map' ? { ...map, entries: renamed(map, keys) } : map))(changed);
  }
  return changed;
};

const renamed = ({ entries }: RawMap, keys: ReadonlyMap<string, string>): RawMap['entries'] =>
  new Map(
    [...entries].map(([name, { key, value }]) => {
      const text = keys.get(name) ?? name;
      return [text, { key: text === name ? key : { ...key, text, form: 'plain' as const }, value }];
    }),
  );

/** All that a plan is changed by when these settings are made: they themselves, and the weights that follow. */
export const allSettings = (root: RawMap, settings: readonly Setting[]): readonly Setting[] => [
  ...settings,
  ...followingWeights(root, settings),
];

/** The text of a setting that takes a link away: it has no weight left. */
export const GONE = 'null';

/** `{ position: [40%, 20%, 40%] }` as it would be read from a plan; undefined for what is one value. */
const mapIn = (text: string): RawMap | undefined =>
  text.startsWith('{') ? readYaml(sourceFile('', text), new Sink()) : undefined;

const set = (root: RawMap, { way, text }: Setting): RawMap => {
  const map = mapIn(text);
  if (map !== undefined) return changeAt(way, () => map)(root);
  if (text === GONE) return changeAt(way, () => undefined)(root);
  const last = way[way.length - 1];
  const parent = valueAt(root, way.slice(0, -1));
  if (parent?.kind === 'map' && typeof last === 'string' && !parent.entries.has(last)) {
    const key = scalar(parent, last);
    const entry = { key, value: scalar(parent, text) };
    const change = changeAt(way.slice(0, -1), (map) =>
      map.kind === 'map' ? { ...map, entries: new Map([...map.entries, [last, entry]]) } : map,
    );
    return change(root);
  }
  return changeAt(way, (value) =>
    value.kind === 'scalar' ? { ...value, text, broken: false } : { ...scalar(value, text) },
  )(root);
};

const scalar = ({ source, start }: RawValue, text: string): RawScalar => ({
  kind: 'scalar',
  text,
  form: 'plain',
  broken: false,
  source,
  start,
  end: start,
});

/** The weight of a link as a number; undefined where it has none or it is not said outright. */
const weightOf = (links: RawMap, name: string): Num | undefined => {
  const link = links.entries.get(name)?.value;
  const weight = link?.kind === 'map' ? link.entries.get('weight')?.value : undefined;
  return weight?.kind === 'scalar' ? numberIn(weight.text) : undefined;
};

/** What a text would be read as where a number is expected: `60%`. */
export const numberIn = (text: string): Num | undefined => {
  const literal = literalOf(text.trim(), 'USD', 2);
  return 'type' in literal && literal.type === 'number' ? (literal.value as Num) : undefined;
};

/** Whether a way leads to the weight of a link. */
export const isWeight = ({ way }: Pick<Setting, 'way'>): boolean =>
  way[0] === 'rewards' && way[2] === 'links' && way[4] === 'weight';

/**
 * The weights of a blend add up to 100%: where some of them are set, the others keep their proportions to each other,
 * exactly. A link that is left with nothing is taken away.
 */
const followingWeights = (root: RawMap, settings: readonly Setting[]): readonly Setting[] => {
  const blends = new Map<string, Setting[]>();
  for (const setting of settings.filter(isWeight)) {
    const key = String(setting.way[1]);
    blends.set(key, [...(blends.get(key) ?? []), setting]);
  }
  return [...blends].flatMap(([reward, set]) => followingIn(root, reward, set));
};

const followingIn = (root: RawMap, reward: string, set: readonly Setting[]): readonly Setting[] => {
  const links = valueAt(root, ['rewards', reward, 'links']);
  if (links?.kind !== 'map') return [];
  const fixed = new Map(set.map(({ way, text }) => [String(way[3]), numberIn(text)]));
  const others: { readonly name: string; readonly weight: Num }[] = [];
  let taken: Num = 0;
  for (const name of links.entries.keys()) {
    const own = fixed.has(name) ? fixed.get(name) : undefined;
    if (fixed.has(name)) {
      if (own === undefined) return [];
      taken = add(taken, own);
      continue;
    }
    const weight = weightOf(links, name);
    if (weight !== undefined) others.push({ name, weight });
  }
  const before = others.reduce<Num>((sum, { weight }) => add(sum, weight), 0);
  const left = sub(1, taken);
  const wayTo = (name: string, ...rest: string[]): readonly Step[] => ['rewards', reward, 'links', name, ...rest];
  const gone = [...fixed].flatMap(([name, weight]) =>
    weight !== undefined && isZero(weight) ? [{ name: `${reward}.links.${name}`, way: wayTo(name), text: GONE }] : [],
  );
  if (others.length === 0 || equal(before, left) || sign(left) < 0) return gone;
  const following = others.map(({ name, weight }): Setting => {
    const share = mul(weight, div(left, before) ?? 0);
    return isZero(share)
      ? { name: `${reward}.links.${name}`, way: wayTo(name), text: GONE }
      : { name: `${reward}.links.${name}.weight`, way: wayTo(name, 'weight'), text: weightText(share) };
  });
  return [...gone, ...following];
};

/** Exactly: a percentage where it has one that ends, else a quotient. */
const weightText = (weight: Num): string => (isExactText(mul(weight, 100)) ? toPercent(weight) : toQuotient(weight));
