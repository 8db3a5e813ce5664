import type { PeriodKind } from '../../values/period.ts';
import type { Context } from '../expression/names.ts';
import { REACHES, type RowName } from '../tables.ts';

/** Params and literals only. */
export const NOTHING: Context = {
  what: 'a constant',
  rows: [],
  payee: false,
  results: false,
  own: false,
  team: false,
  forDeal: false,
  pay: false,
  groups: false,
  period: false,
  every: undefined,
};

/** What a credit reads: its row, and the rows that one points to. */
export const ofCredit = (each: RowName, what: string): Context => ({ ...NOTHING, what, rows: REACHES[each] });

/** What is shared out is the deal's, whichever of its rows takes part. */
export const ofWhole = (what: string): Context => ({ ...NOTHING, what, rows: ['deal'] });

/** Groups and `who`: conditions on a stay. */
export const ofStay = (what: string): Context => ({ ...NOTHING, what, payee: true, groups: true });

/** Measures read results of anyone; the payee's columns too, but then not in a scope. */
export const OF_MEASURE: Context = {
  ...NOTHING,
  what: 'a measure',
  payee: true,
  results: true,
  own: true,
  team: true,
  period: true,
};

const ofReward = (every: PeriodKind): Context => ({
  ...NOTHING,
  results: true,
  own: true,
  team: true,
  period: true,
  every,
});

/** A figure for a payee: steps, caps, guarantees, who takes part. */
export const ofPayee = (every: PeriodKind, what: string): Context => ({ ...ofReward(every), what, payee: true });

/** The body of a reward per payee: other rewards too. */
export const ofPay = (every: PeriodKind, what: string): Context => ({ ...ofPayee(every, what), pay: true });

/** A figure for a line: its rows too, and what belongs to its deal. */
export const ofLine = (every: PeriodKind, each: RowName, what: string): Context => ({
  ...ofPay(every, what),
  rows: REACHES[each],
  forDeal: REACHES[each].includes('deal'),
});

/** What filters or counts credits: rows and the payee, but no results. */
export const ofCounted = (every: PeriodKind, each: RowName, what: string): Context => ({
  ...NOTHING,
  what,
  rows: REACHES[each],
  payee: true,
  period: true,
  every,
});

/** Links read results and, inside a line, its rows; never a payout, never the payee's own columns. */
export const ofLink = (every: PeriodKind, each: RowName | undefined, what: string): Context => ({
  ...ofReward(every),
  what,
  rows: each === undefined ? [] : REACHES[each],
  forDeal: each !== undefined && REACHES[each].includes('deal'),
});

/** A pool belongs to nobody yet; `team` where there is one pool a team. */
export const ofPool = (every: PeriodKind, team: boolean): Context => ({
  ...ofReward(every),
  what: 'a pool',
  own: false,
  team,
  pay: true,
});
