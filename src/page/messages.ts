import type { ControlGroup } from '../pilot/controls.ts';
import type { FailingQuarter, Linkage } from '../pilot/linkage.ts';
import type { Paid, Variable } from '../pilot/paid.ts';
import type { Setting } from '../pilot/setting.ts';
import type { Num } from '../values/num.ts';
import type { PageData } from './page-data.ts';

/** Which plan is tried: one to start from, and what is moved in it. */
export interface Trial {
  readonly start: number;
  readonly settings: readonly Setting[];
}

/** What a page asks of the engine. */
export type Question =
  | { readonly ask: 'open'; readonly text: string }
  | { readonly ask: 'figures'; readonly id: number; readonly trial: Trial; readonly person: string | undefined }
  | { readonly ask: 'unlinked'; readonly id: number; readonly trial: Trial }
  | {
      readonly ask: 'statement';
      readonly id: number;
      readonly trial: Trial;
      readonly person: string;
      /** The label of a period; without one the last in which the person is paid. */
      readonly period: string | undefined;
    }
  | { readonly ask: 'overlay'; readonly id: number; readonly trial: Trial }
  | { readonly ask: 'payouts'; readonly id: number; readonly trial: Trial };

/** What stands over a page. */
export type PageHead = Pick<PageData, 'plan' | 'periods' | 'starts' | 'pseudonyms' | 'version'>;

export interface PersonRow {
  readonly id: string;
  readonly name: string | undefined;
  readonly department: string;
}

/** One reward of one person's statement. */
export interface StatementRow {
  readonly reward: string;
  readonly amount: Num;
  readonly today: Num;
  readonly links: readonly {
    readonly name: string;
    readonly because: string;
    readonly crosses: boolean;
    /** Where it was the same on all lines. */
    readonly factor: Num | undefined;
    readonly effect: Num;
  }[];
}

/** What a trial comes to, before anything is moved. */
export interface TrialSums {
  readonly paid: Paid;
  readonly bookings: Num;
}

/** What the engine answers. */
export type Answer =
  | {
      readonly answer: 'open';
      readonly head: PageHead;
      readonly people: readonly PersonRow[];
      readonly today: TrialSums;
      readonly linkage: Linkage;
      /** Of each plan to start from: what can be moved in it. */
      readonly controls: readonly (readonly ControlGroup[])[];
    }
  | {
      readonly answer: 'paid';
      readonly id: number;
      readonly sums: TrialSums;
      readonly statement: readonly StatementRow[];
      /** The weights that follow those that were moved, by name. */
      readonly following: readonly Setting[];
    }
  | { readonly answer: 'linkage'; readonly id: number; readonly linkage: Linkage }
  | {
      readonly answer: 'unlinked';
      readonly id: number;
      readonly paid: Paid;
      readonly linkage: Linkage;
      readonly variable: Variable;
      /** Of the plan with its links, quarter by quarter. */
      readonly quarters: readonly FailingQuarter[];
    }
  /** What the person would be handed for a period; no markup where nothing is paid to them. */
  | {
      readonly answer: 'statement';
      readonly id: number;
      readonly person: string;
      readonly period: string;
      readonly periods: readonly string[];
      readonly markup: string;
    }
  | { readonly answer: 'text'; readonly id: number; readonly name: string; readonly text: string }
  /** Why a trial cannot be paid, in the words of the findings. */
  | { readonly answer: 'failed'; readonly id: number; readonly messages: readonly string[] };
