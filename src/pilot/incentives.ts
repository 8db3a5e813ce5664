import { payAmounts } from '../engine/compute.ts';
import { delayedLedger } from '../engine/ledger.ts';
import type { Computation, CreditRow, Line } from '../engine/result.ts';
import { Sink } from '../findings/sink.ts';
import type { Day } from '../values/date.ts';
import { isMissing } from '../values/missing.ts';
import { add, compare, fraction, mul, type Num, sign, sub } from '../values/num.ts';
import { paidOf, totalOf } from './paid.ts';
import type { Condition, Payable, Runs } from './runs.ts';

/** Somebody who stands just below a threshold, where a little more would have paid at another rate or factor. */
export interface JustBelow {
  readonly id: string;
  readonly period: string;
  readonly reward: string;
  /** The link whose curve of steps it is; undefined for the steps of a rate. */
  readonly link: string | undefined;
  readonly at: Num;
  readonly threshold: Num;
  /** What the whole period's lines would have gained, had all of them been paid at the next step (retroactive steps). */
  readonly gain: Num | undefined;
}

/** A deal of a period's last days that would have paid its people more a week later. */
export interface Delay {
  readonly deal: string;
  readonly period: string;
  readonly people: readonly string[];
  readonly gain: Num;
}

export interface Incentives {
  readonly justBelow: readonly JustBelow[];
  /** Most first. */
  readonly delays: readonly Delay[];
  /** How many deals were moved, of how many in the last days of a period. */
  readonly moved: number;
  readonly late: number;
  /** How often a gate was shut or a factor held down, of how often there was one. */
  readonly bit: number;
  readonly gates: number;
}

/** So close below a threshold is just below it. */
const CLOSE = fraction(5, 100);
const WEEK = 7;
/** Each deal that is moved takes a run: the largest are tried. */
const MOST_MOVED = 25;

export const incentivesOf = (runs: Runs, payable: Payable, now: Computation, condition: Condition): Incentives => ({
  justBelow: justBelowIn(now),
  ...delaysOf(runs, payable, now, condition),
  ...gatesIn(now),
});

const justBelowIn = ({ periods }: Computation): readonly JustBelow[] => {
  const found: JustBelow[] = [];
  for (const { period, payouts } of periods) {
    for (const { person, rewardName, lines } of payouts) {
      const at = { id: person.id, period: period.label, reward: rewardName };
      const last = lines.filter(({ stair, kind }) => kind === 'credit' && stair !== undefined).at(-1);
      const step = last && belowStep(last, lines);
      if (step !== undefined) found.push({ ...at, link: undefined, ...step });
      const links = new Map(lines.flatMap((line) => line.links.map((effect) => [effect.link.name, effect] as const)));
      for (const [
        link,
        {
          link: { factor },
          applied,
          value,
        },
      ] of links) {
        if (!applied || factor.kind !== 'curve' || factor.curve.shape !== 'step' || !isNum(value)) continue;
        const threshold = nextAbove(
          value,
          factor.curve.points.map(({ x }) => x),
        );
        if (threshold !== undefined) found.push({ ...at, link, at: value, threshold, gain: undefined });
      }
    }
  }
  return found;
};

const isNum = (value: unknown): value is Num =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && !isMissing(value as Num));

/** The lowest of some thresholds that is above a value, where it is close. */
const nextAbove = (value: Num, thresholds: readonly Num[]): Num | undefined => {
  const next = thresholds.find((threshold) => compare(threshold, value) > 0);
  if (next === undefined || sign(next) <= 0) return undefined;
  return compare(sub(next, value), mul(next, CLOSE)) <= 0 ? next : undefined;
};

const belowStep = (last: Line, lines: readonly Line[]): Pick<JustBelow, 'at' | 'threshold' | 'gain'> | undefined => {
  const { stair, accumulatedBefore, counted } = last;
  if (stair === undefined || accumulatedBefore === undefined || counted === undefined) return undefined;
  const at = add(accumulatedBefore, counted);
  const ends = stair.values.flatMap(({ end }) => (end === undefined ? [] : [end]));
  const threshold = nextAbove(at, ends);
  if (threshold === undefined) return undefined;
  const next = stair.values[ends.indexOf(threshold) + 1];
  if (stair.rate.method !== 'retroactive' || next === undefined) return { at, threshold, gain: undefined };
  const paid = lines.filter((line) => line.stair !== undefined);
  const gain = paid.reduce<Num>(
    (sum, line) => add(sum, mul(mul(line.counted ?? 0, sub(next.rate, line.rate ?? next.rate)), line.factor)),
    0,
  );
  return { at, threshold, gain };
};

const gatesIn = ({ periods }: Computation): Pick<Incentives, 'bit' | 'gates'> => {
  let bit = 0;
  let gates = 0;
  for (const { payouts } of periods) {
    for (const { lines } of payouts) {
      for (const { links } of lines) {
        for (const { link, working } of links) {
          const isGate = link.factor.kind === 'gate';
          if ((!isGate && link.atMost === undefined) || !working.applied) continue;
          gates++;
          const shut = isGate && working.inputs[0] !== true;
          if (shut || working.heldTo !== undefined) bit++;
        }
      }
    }
  }
  return { bit, gates };
};

/** What the people of a deal would have gained, had it come a week later, into the next period. */
const delaysOf = (
  runs: Runs,
  payable: Payable,
  now: Computation,
  condition: Condition,
): Pick<Incentives, 'delays' | 'moved' | 'late'> => {
  const { credited, plan } = payable;
  const { world, ledger } = credited;
  const ends = now.periods.slice(0, -1).map(({ period }) => period);
  const byDeal = new Map<number, { day: Day; amount: Num; people: Set<string> }>();
  for (const rows of ledger.credits.values()) {
    for (const row of rows) {
      if (row.credit.each === 'lead' || row.deal < 0 || row.deal !== row.rootDeal) continue;
      const deal = byDeal.get(row.deal) ?? { day: row.date, amount: row.amount ?? 0, people: new Set() };
      if (row.person !== undefined) deal.people.add(row.person.id);
      byDeal.set(row.deal, deal);
    }
  }
  const late = [...byDeal].flatMap(([deal, { day, amount, people }]) => {
    const period = ends.find(({ from, to }) => from <= day && day <= to);
    return period === undefined || period.to - day >= WEEK ? [] : [{ deal, amount, people, period }];
  });
  late.sort((a, b) => compare(b.amount, a.amount) || a.deal - b.deal);
  const tried = late.slice(0, MOST_MOVED);
  const ids = world.tables.get('deals')?.columns.get('deal_id');
  const delays: Delay[] = [];
  for (const { deal, people, period } of tried) {
    const options = runs.optionsOf(payable, { ...condition, payees: people });
    const before = payAmounts(credited, plan, options, new Sink());
    const isOfDeal = (row: CreditRow): boolean => row.rootDeal === deal && row.credit.each !== 'lead';
    const after = payAmounts({ world, ledger: delayedLedger(ledger, isOfDeal, WEEK) }, plan, options, new Sink());
    if (before === undefined || after === undefined) continue;
    const of = (amounts: typeof before): Num => {
      const { byPerson } = paidOf(amounts);
      return people.size === 0
        ? totalOf(amounts)
        : [...people].reduce<Num>((sum, id) => add(sum, byPerson.get(id) ?? 0), 0);
    };
    const gain = sub(of(after), of(before));
    if (sign(gain) > 0)
      delays.push({ deal: String(ids?.[deal] ?? deal), period: period.label, people: [...people].sort(), gain });
  }
  delays.sort((a, b) => compare(b.gain, a.gain) || (a.deal < b.deal ? -1 : 1));
  return { delays, moved: tried.length, late: late.length };
};
