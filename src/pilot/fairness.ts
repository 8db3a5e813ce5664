import type { Computed } from '../engine/compute.ts';
import { latestStay } from '../engine/people.ts';
import { ViewReader } from '../engine/reader.ts';
import type { Person } from '../engine/result.ts';
import { median } from '../values/median.ts';
import { isMissing } from '../values/missing.ts';
import { add, compare, div, fraction, type Num, sign, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { Paid } from './paid.ts';

/** Somebody with a quota: how much of it they reached, and what they were paid for each unit of it. */
export interface Standing {
  readonly id: string;
  readonly department: string;
  readonly team: string;
  /** Of the deals that count for that measure, the region of most of their money; '' where deals have none. */
  readonly region: string;
  readonly crossedOver: boolean;
  /** The measure that their quota is of. */
  readonly measure: string;
  readonly attainment: Num;
  /** Pay ÷ quota. */
  readonly rate: Num;
}

/** People who are paid for the same measure, and how evenly. */
export interface FairnessOf {
  readonly measure: string;
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

/** Who reached what, and what that was paid; everybody with a quota for a measure of the plan. */
export const standingsOf = (now: Computed, paid: Paid): readonly Standing[] => {
  const quotas = now.tables.get('quotas')?.columns;
  const fors = new Set(quotas?.get('for') ?? []);
  const measures = [...new Set(quotas?.get('measure') ?? [])].filter((name) => now.plan.measures.has(String(name)));
  const regions = regionsOf(now);
  return now.people.flatMap((person) => {
    const pay = paid.byPerson.get(person.id);
    const last = latestStay(person.stays);
    if (pay === undefined || last === undefined || !fors.has(person.id)) return [];
    // Of several measures with a quota, the one of the last job counts: the last that has any.
    const best = measures
      .map((measure) => ({ measure: String(measure), ...reachedBy(now, person, String(measure)) }))
      .filter(({ quota }) => sign(quota) > 0)
      .at(-1);
    if (best === undefined) return [];
    const attainment = div(best.reached, best.quota);
    const rate = div(pay, best.quota);
    if (attainment === undefined || rate === undefined) return [];
    const departments = new Set(person.stays.map(({ department }) => department));
    return [
      {
        id: person.id,
        department: last.department ?? '',
        team: last.team ?? '',
        region: regions.get(person.id) ?? '',
        crossedOver: departments.size > 1,
        measure: best.measure,
        attainment,
        rate,
      },
    ];
  });
};

/**
 * Where people sell: of the deals that they are credited with in the periods that are paid, the region that most of the amount is
 * from. People have no region of their own in any table, deals have.
 */
const regionsOf = ({ tables, credits, periods }: Computed): ReadonlyMap<string, string> => {
  const column = tables.get('deals')?.columns.get('region');
  const [first, last] = [periods[0]?.period, periods.at(-1)?.period];
  if (column === undefined || first === undefined || last === undefined) return new Map();
  const sums = new Map<string, Map<string, Num>>();
  for (const { person, deal, date, amount } of [...credits.values()].flat()) {
    const region = deal < 0 ? undefined : column[deal];
    if (person === undefined || typeof region !== 'string' || date < first.from || date > last.to) continue;
    const own = sums.get(person.id) ?? new Map<string, Num>();
    own.set(region, add(own.get(region) ?? 0, amount ?? 0));
    sums.set(person.id, own);
  }
  const most = (own: ReadonlyMap<string, Num>): string =>
    [...own].sort(([a, x], [b, y]) => compare(y, x) || (a < b ? -1 : 1))[0]?.[0] ?? '';
  return new Map([...sums].map(([id, own]) => [id, most(own)]));
};

/** What a person reached of a measure, and the quota of it, over the periods that have both. */
const reachedBy = ({ engine, periods, plan }: Computed, person: Person, name: string): { reached: Num; quota: Num } => {
  const type = plan.measures.get(name)?.value.type ?? 'money';
  let reached: Num = 0;
  let quota: Num = 0;
  const at = { type, start: 0, end: 0, scope: { kind: 'own' } } as const;
  for (const { period } of periods) {
    const reader = readerFor(engine, person, period);
    const goal = reader.quota({ ...at, kind: 'quota', measure: name }) as Num;
    const value = reader.measure({ ...at, kind: 'measure', name, suffix: undefined }) as Num;
    if (isMissing(goal) || isMissing(value)) continue;
    reached = add(reached, value);
    quota = add(quota, goal);
  }
  return { reached, quota };
};

const readerFor = (engine: Computed['engine'], person: Person, period: Period): ViewReader =>
  new ViewReader(engine, {
    person,
    creditDays: person.stays,
    quotaDays: person.stays,
    stay: latestStay(person.stays),
    team: latestStay(person.stays)?.team,
    period,
    within: undefined,
    log: undefined,
  });

export const fairnessOf = (standings: readonly Standing[]): readonly FairnessOf[] => {
  const measures = [...new Set(standings.map(({ measure }) => measure))].sort();
  return measures.map((measure) => {
    const people = standings.filter((one) => one.measure === measure);
    const bands = BANDS.map(({ name }, i) => ({
      name,
      people: people.filter(({ attainment }) => bandOf(attainment) === i),
    }));
    return { measure, people: people.length, tau: tauOf(people), spread: widest(bands), groups: groupsOf(bands) };
  });
};

const bandOf = (attainment: Num): number =>
  BANDS.findIndex(({ below }) => below === undefined || compare(attainment, below) < 0);

/** Kendall's tau-b (Kendall 1970, Rank correlation methods): pairs in the same order less pairs in the other, over the pairs that are not tied in one of the two. */
export const tauOf = (people: readonly Pick<Standing, 'attainment' | 'rate'>[]): Num | undefined => {
  let [same, other, tiedX, tiedY] = [0, 0, 0, 0];
  for (const [i, a] of people.entries()) {
    for (const b of people.slice(i + 1)) {
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

const middle = (people: readonly Standing[]): Num | undefined => median(people.map(({ rate }) => rate));

type Band = { readonly name: string; readonly people: readonly Standing[] };

const widest = (bands: readonly Band[]): FairnessOf['spread'] => {
  let found: FairnessOf['spread'];
  for (const { name, people } of bands) {
    const rates = people.map(({ rate }) => rate).sort(compare);
    const [low, high, mid] = [rates[0], rates.at(-1), middle(people)];
    if (people.length < 2 || low === undefined || high === undefined || mid === undefined) continue;
    const part = div(sub(high, low), mid);
    if (part === undefined) continue;
    if (found === undefined || compare(part, found.part) > 0) found = { band: name, part, people: people.length };
  }
  return found;
};

/** Teams, regions, and those who crossed over, against the middle of whoever reached about the same. */
const groupsOf = (bands: readonly Band[]): FairnessOf['groups'] => {
  const parts = new Map<string, Num[]>();
  for (const { people } of bands) {
    const mid = middle(people);
    if (mid === undefined || people.length < 2) continue;
    for (const { team, region, crossedOver, rate } of people) {
      const part = div(sub(rate, mid), mid);
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
