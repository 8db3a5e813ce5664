import { LENGTHS, type Period, type Span } from './calendar.ts';
import { type Reading, type World, whichOf } from './evaluate.ts';
import { type Fraction, fraction, fromText, over, plus, sum, times, ZERO } from './fraction.ts';
import type { Which } from './people.ts';

/** A part of a quota: an amount for a period. */
interface Piece {
  readonly period: Period;
  readonly amount: Fraction;
}

/** Nobody set it; or it is set for parts of the period, and one lacks. */
type Found = readonly Piece[] | 'none' | 'lacking';

const rowsOf = (world: World, who: string, measure: string): ReadonlyMap<string, Fraction> =>
  new Map(
    world.company.quotas
      .filter(({ cells }) => cells.for === who && cells.measure === measure)
      .map(({ cells }) => [cells.period ?? '', fromText(cells.amount ?? '')]),
  );

/**
 * The row for exactly the period; else the sum of those for the shorter ones in it, of which none may lack where it is
 * needed; else the row of the smallest one around it, divided evenly.
 */
const piecesOf = (
  world: World,
  rows: ReadonlyMap<string, Fraction>,
  period: Period,
  isNeeded: (span: Span) => boolean,
): Found => {
  const { calendar } = world.company.plan;
  const inside = (p: Period): Found => {
    const exact = rows.get(p.label);
    if (exact !== undefined) return [{ period: p, amount: exact }];
    const shorter = LENGTHS[LENGTHS.indexOf(p.length) - 1];
    if (shorter === undefined) return 'none';
    const parts = calendar.inside(shorter, p).map((part) => [part, inside(part)] as const);
    if (parts.every(([, found]) => found === 'none')) return 'none';
    const pieces: Piece[] = [];
    for (const [part, found] of parts) {
      if (found === 'lacking' || (found === 'none' && isNeeded(part))) return 'lacking';
      if (found !== 'none') pieces.push(...found);
    }
    return pieces;
  };
  const found = inside(period);
  if (found !== 'none') return found;
  for (const length of LENGTHS.slice(LENGTHS.indexOf(period.length) + 1)) {
    const around = calendar.around(length, period.from);
    const amount = rows.get(around.label);
    const parts = calendar.inside(period.length, around).length;
    if (amount !== undefined) return [{ period, amount: over(amount, fraction(parts)) }];
  }
  return 'none';
};

/** A stretch of time as whole periods, the longest that fit first. */
const periodsIn = (world: World, span: Span): Period[] => {
  const { calendar } = world.company.plan;
  const found: Period[] = [];
  for (let from = span.from; from <= span.to; ) {
    const fit = [...LENGTHS].reverse().map((length) => calendar.around(length, from));
    const longest = fit.find((period) => period.from === from && period.to <= span.to);
    if (longest === undefined) throw new RangeError('not whole periods');
    found.push(longest);
    from = longest.to + 1;
  }
  return found;
};

const ofName = (
  world: World,
  who: string,
  measure: string,
  span: Span,
  part: (span: Span) => Fraction,
  isInFull = false,
): Fraction | 'none' | 'lacking' => {
  const rows = rowsOf(world, who, measure);
  const isNeeded = (needed: Span): boolean => part(needed)[0] > 0n;
  // of a stretch of several periods one may lack where there was no stay
  const found = periodsIn(world, span)
    .map((period) => [period, piecesOf(world, rows, period, isNeeded)] as const)
    .filter(([period, pieces], _, all) => all.length === 1 || typeof pieces !== 'string' || isNeeded(period))
    .map(([, pieces]) => pieces);
  if (found.every((pieces) => pieces === 'none')) return 'none';
  if (found.some((pieces) => pieces === 'none' || pieces === 'lacking')) return 'lacking';
  const keepAll = isInFull || world.company.plan.quotaProrate === 'none';
  return sum(
    found
      .flatMap((pieces) => (typeof pieces === 'string' ? [] : pieces))
      .map(({ period, amount }) => (keepAll ? amount : times(amount, part(period)))),
  );
};

const lengthOf = ({ from, to }: Span): Fraction => fraction(to - from + 1);

/** The part of a span for which somebody is meant, by days. */
const partOf =
  ({ company }: World, person: string, which: Which, clip: Span | undefined) =>
  (span: Span): Fraction => {
    const cut = clip === undefined ? span : { from: Math.max(span.from, clip.from), to: Math.min(span.to, clip.to) };
    return over(company.people.daysIn(person, cut, which), lengthOf(span));
  };

/** A quota in the scope of a reading, for the days that count; undefined where it is missing. */
export const quotaIn = (world: World, measure: string, reading: Reading): Fraction | undefined => {
  const span = reading.span ?? reading.period;
  const which = whichOf(world, reading);
  if (span === undefined || which === undefined) return undefined;
  const { people } = world.company;
  const known = (found: Fraction | 'none' | 'lacking'): Fraction | undefined =>
    typeof found === 'string' ? undefined : found;
  const { scope, payee = '', only } = reading;
  if (scope.kind === 'payee') {
    // in full: for all days, but a part of it may lack where there was no stay
    const whole = (part: Span): Fraction => fraction(people.hasDayIn(payee, part, which) ? 1 : 0);
    const part = reading.isInFull ? whole : partOf(world, payee, which, undefined);
    return known(ofName(world, payee, measure, span, part, reading.isInFull));
  }
  const name =
    scope.kind === 'group'
      ? scope.name
      : scope.kind === 'team'
        ? (reading.team ?? reading.stay?.row?.cells.team)
        : scope.kind;
  const clipped = (whole: Span): Fraction => {
    if (only === undefined) return fraction(1);
    const days = Math.min(whole.to, only.to) - Math.max(whole.from, only.from) + 1;
    return over(fraction(Math.max(0, days)), lengthOf(whole));
  };
  const own = ofName(world, name ?? '', measure, span, clipped);
  if (own !== 'none') return known(own);
  const members = people.ids.filter((id) => people.hasDayIn(id, cutBy(span, only), which));
  const quotas = members.map((id) => ofName(world, id, measure, span, partOf(world, id, which, only)));
  const there = quotas.filter((quota) => typeof quota !== 'string');
  return there.length === 0 ? undefined : there.reduce(plus, ZERO);
};

const cutBy = (span: Span, clip: Span | undefined): Span =>
  clip === undefined ? span : { from: Math.max(span.from, clip.from), to: Math.min(span.to, clip.to) };
