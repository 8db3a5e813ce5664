import type { Known, Node } from '../rules/expression/typed.ts';
import type { Day } from '../values/date.ts';
import type { Missing } from '../values/missing.ts';
import type { Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { CreditRow, Stay } from './result.ts';

export type Value = Known | Missing;

/** What an expression is evaluated against. One frame is filled again and again; nothing keeps it. */
export interface Frame {
  /** Rows of the tables, from 0; −1 where there is none (a split that no row says: see `deal`). */
  deal: number;
  attribution: number;
  campaign: number;
  lead: number;
  split: number;
  /** The deal that `for deal` means: a refund's is the one it takes back. */
  rootDeal: number;
  /** The credit's date, on which persons are looked up. */
  date: Day | undefined;
  /** The date whose exchange rate converts the deal's money: a refund has its deal's. */
  fxDate: Day | undefined;
  /** The credit that is added up, for its amount and date. */
  credit: CreditRow | undefined;
  stay: Stay | undefined;
  period: Period | undefined;
  /** Months of the reward's period, which target pay is turned into. */
  months: number;
  /** Answers what is asked of results. */
  reader: Reader | undefined;
}

/** Answers for measures, quotas, results and pay, as seen from one payee and period. */
export interface Reader {
  measure(node: Extract<Node, { kind: 'measure' }>): Value;
  aggregate(node: Extract<Node, { kind: 'aggregate' }>, frame: Frame): Value;
  quota(node: Extract<Node, { kind: 'quota' }>): Value;
  result(node: Extract<Node, { kind: 'result' }>): Value;
  pay(node: Extract<Node, { kind: 'pay' }>): Num | Missing;
}

/** A frame with nothing in it. */
export const emptyFrame = (months: number): Frame => ({
  deal: -1,
  attribution: -1,
  campaign: -1,
  lead: -1,
  split: -1,
  rootDeal: -1,
  date: undefined,
  fxDate: undefined,
  credit: undefined,
  stay: undefined,
  period: undefined,
  months,
  reader: undefined,
});

/** Points a frame at the rows of a credit. */
export const showCredit = (frame: Frame, row: CreditRow): void => {
  frame.deal = row.deal;
  frame.attribution = row.attribution;
  frame.campaign = row.campaign;
  frame.lead = row.lead;
  frame.split = row.split;
  frame.rootDeal = row.rootDeal;
  frame.date = row.date;
  frame.fxDate = row.fxDate;
  frame.credit = row;
};
