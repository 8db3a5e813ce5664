import { median } from '../values/median.ts';
import { add, compare, div, fraction, type Num, sub } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import type { Standing } from './standings.ts';

/** People who are paid for the same measure, and how evenly. */
export interface FairnessOf {
  readonly measure: string;
  /** Standings: who had two jobs with such a quota counts twice. */
  readonly people: number;
  /** Kendall's tau-b of attainment and pay ÷ quota: 1 where whoever reached more is paid more, −1 where less. */
  readonly tau: Num | undefined;
  /** At about equal attainment: the highest pay ÷ quota less the lowest, as a part of the middle one; the widest band. */
  readonly spread: { readonly band: string; readonly part: Num; readonly people: number } | undefined;
  /** By how much groups are paid above or below the middle of their bands. */
  readonly groups: readonly { readonly group: string; readonly part: Num; readonly people: number }[];
}

/** Bands of about equal attainment. */
const BANDS: readonly { readonly name: string; readonly below: Num | undefined }[] = [
  { name: 'below 80%', below: fraction(80, 100) },
  { name: '80% to 100%', below: 1 },
  { name: '100% to 120%', below: fraction(120, 100) },
  { name: '120% and more', below: undefined },
];

/** Where a standing is over some periods. */
interface Place {
  readonly standing: Standing;
  readonly attainment: Num;
  /** Pay ÷ quota. */
  readonly rate: Num;
}

export const fairnessOf = (standings: readonly Standing[]): readonly FairnessOf[] => {
  const measures = [...new Set(standings.map(({ measure }) => measure))].sort();
  return measures.flatMap((measure) => {
    const people = standings.filter((one) => one.measure === measure && overOwn(one) !== undefined);
    if (people.length === 0) return [];
    const times = [...new Set(people.map(timeOf))].sort().map((time) => bandsOver(people, time));
    const tau = tauOf(people, placesOfPair);
    return { measure, people: people.length, tau, spread: widest(times.flat()), groups: groupsOf(times.flat()) };
  });
};

/** The periods of a standing, which tell those that can be set side by side as they are. */
const timeOf = ({ periods }: Standing): string => [...periods.keys()].join(' ');

/** Where a standing is over periods that it must all have; undefined where it has not, or no quota above zero in them. */
const over = (standing: Standing, labels: readonly string[]): Place | undefined => {
  let reached: Num = 0;
  let quota: Num = 0;
  let paid: Num = 0;
  for (const label of labels) {
    const one = standing.periods.get(label);
    if (one === undefined) return undefined;
    reached = add(reached, one.reached);
    quota = add(quota, one.quota);
    paid = add(paid, one.paid);
  }
  const attainment = partOfWhole(reached, quota);
  const rate = partOfWhole(paid, quota);
  return attainment === undefined || rate === undefined ? undefined : { standing, attainment, rate };
};

const known = new WeakMap<Standing, Place | undefined>();

const overOwn = (standing: Standing): Place | undefined => {
  if (!known.has(standing)) known.set(standing, over(standing, [...standing.periods.keys()]));
  return known.get(standing);
};

/** Two standings over the periods that both have. */
const placesOfPair = (a: Standing, b: Standing): readonly [Place, Place] | undefined => {
  const labels = [...a.periods.keys()].filter((label) => b.periods.has(label));
  if (labels.length === 0) return undefined;
  // Nearly all have the same periods, and there are many pairs.
  const same = labels.length === a.periods.size && labels.length === b.periods.size;
  const [x, y] = same ? [overOwn(a), overOwn(b)] : [over(a, labels), over(b, labels)];
  return x && y && [x, y];
};

/** Whoever has all of some periods, over these, by attainment. */
const bandsOver = (people: readonly Standing[], time: string): readonly Band[] => {
  const labels = time.split(' ');
  const places = people.flatMap((standing) => over(standing, labels) ?? []);
  return BANDS.map(({ name }, i) => ({
    name,
    time,
    people: places.filter(({ attainment }) => bandOf(attainment) === i),
  }));
};

const bandOf = (attainment: Num): number =>
  BANDS.findIndex(({ below }) => below === undefined || compare(attainment, below) < 0);

/**
 * Kendall's tau-b (Kendall 1970, Rank correlation methods): pairs in the same order less pairs in the other, over the pairs that are
 * not tied in one of the two. Of which figures a pair is told by `places`; a pair that has none is left out.
 */
export const tauOf = <T>(
  all: readonly T[],
  places: (a: T, b: T) => readonly [Pick<Place, 'attainment' | 'rate'>, Pick<Place, 'attainment' | 'rate'>] | undefined,
): Num | undefined => {
  let [same, other, tiedX, tiedY] = [0, 0, 0, 0];
  for (const [i, one] of all.entries()) {
    for (const next of all.slice(i + 1)) {
      const pair = places(one, next);
      if (pair === undefined) continue;
      const [a, b] = pair;
      const x = compare(a.attainment, b.attainment);
      const y = compare(a.rate, b.rate);
      if (x === 0 && y === 0) continue;
      if (x === 0) tiedX++;
      else if (y === 0) tiedY++;
      else if (x === y) same++;
      else other++;
    }
  }
  const [n, m] = [same + other + tiedX, same + other + tiedY];
  if (n === 0 || m === 0) return undefined;
  // The root of n × m is drawn to a millionth: the measure is a rank, not money.
  const root = fraction(Math.round(Math.sqrt(n * m) * 1_000_000), 1_000_000);
  return div(same - other, root);
};

const middle = (people: readonly Place[]): Num | undefined => median(people.map(({ rate }) => rate));

/** Who is in a band of attainment over some periods. */
interface Band {
  readonly name: string;
  readonly time: string;
  readonly people: readonly Place[];
}

const widest = (bands: readonly Band[]): FairnessOf['spread'] => {
  let found: FairnessOf['spread'];
  for (const { name, people } of bands) {
    const rates = people.map(({ rate }) => rate).sort(compare);
    const [low, high, mid] = [rates[0], rates.at(-1), middle(people)];
    if (people.length < 2 || low === undefined || high === undefined || mid === undefined) continue;
    const part = partOfWhole(sub(high, low), mid);
    if (part === undefined) continue;
    if (found === undefined || compare(part, found.part) > 0) found = { band: name, part, people: people.length };
  }
  return found;
};

/** Teams, regions, and those who crossed over, against the middle of whoever reached about the same. */
const groupsOf = (bands: readonly Band[]): FairnessOf['groups'] => {
  const parts = new Map<string, Num[]>();
  for (const { people, time } of bands) {
    const mid = middle(people);
    if (mid === undefined || people.length < 2) continue;
    for (const { standing, rate } of people) {
      // Over other periods than its own a standing is there for others to be held against.
      if (timeOf(standing) !== time) continue;
      const { team, region, crossedOver } = standing;
      const part = partOfWhole(sub(rate, mid), mid);
      if (part === undefined) continue;
      const groups = [
        ...(team === '' ? [] : [`team ${team}`]),
        ...(region === '' ? [] : [`region ${region}`]),
        ...(crossedOver ? ['crossed over'] : []),
      ];
      for (const group of groups) {
        parts.set(group, [...(parts.get(group) ?? []), part]);
      }
    }
  }
  return [...parts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, own]) => ({ group, part: div(own.reduce<Num>(add, 0), own.length) ?? 0, people: own.length }));
};
