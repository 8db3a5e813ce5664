import type { Place } from '../../findings/finding.ts';
import type { PeriodKind } from '../../values/period.ts';
import type { RowName } from '../tables.ts';
import type { Type } from './typed.ts';

export interface CreditName {
  readonly each: RowName;
  /** Credited to nobody: the same in every scope. */
  readonly company: boolean;
  /** Leads may be credited without an amount. */
  readonly hasAmount: boolean;
}

/** What a plan's names mean, as far as the types of expressions depend on it. */
export interface Names {
  readonly currency: string;
  readonly params: ReadonlyMap<string, { readonly type: Type }>;
  readonly columns: (row: RowName | 'payee') => ReadonlyMap<string, { readonly type: Type; readonly person: boolean }>;
  readonly groups: ReadonlySet<string>;
  readonly credits: ReadonlyMap<string, CreditName>;
  readonly measureNames: ReadonlySet<string>;
  /** The type of a measure; undefined while it is being worked out (a cycle) or where it is wrong. */
  readonly measureType: (name: string) => Type | undefined;
  /** Whether a measure depends on whose it is: false where it reads company credits and params only. */
  readonly measureHasOwner: (name: string) => boolean;
  readonly rewards: ReadonlyMap<string, { readonly every: PeriodKind }>;
}

/** What may be read where an expression stands. */
export interface Context {
  /** How messages name the place: `the condition of a credit`. */
  readonly what: string;
  /** Rows whose columns may be read. */
  readonly rows: readonly RowName[];
  /** Columns of the payee's stay. */
  readonly payee: boolean;
  /** Measures, aggregates, quota(), result(). */
  readonly results: boolean;
  /** Measures and aggregates of the payee's own; without, only those of scopes and of the company. */
  readonly own: boolean;
  /** `team.x` */
  readonly team: boolean;
  /** `... for deal` */
  readonly forDeal: boolean;
  /** `pay(reward)` */
  readonly pay: boolean;
  /** Names of groups as conditions. */
  readonly groups: boolean;
  /** period.start, period.end */
  readonly period: boolean;
  /** The reward's period, against which suffixes are checked, where the expression stands in a reward. */
  readonly every: PeriodKind | undefined;
}

/** An expression's text and where each of its characters stands in the plan file. */
export interface ExpressionSource {
  readonly text: string;
  /** The place of a stretch of the text, by offsets. */
  readonly place: (start: number, end: number) => Place;
  /** `rewards > sales_commission > rate` */
  readonly path: string;
}
