import type { Place } from '../findings/finding.ts';
import type { Known } from '../rules/expression/typed.ts';
import type { Credit, Link, Plan, Reward } from '../rules/plan.ts';
import type { StepPart } from '../rules/rate/steps.ts';
import type { Tables } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import type { Missing } from '../values/missing.ts';
import type { Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { FactorWorking } from './link.ts';
import type { ViewReader } from './reader.ts';
import type { Payee } from './reward.ts';
import type { Stair } from './steps.ts';

/** A stretch of time in which a person had one department, team, target, ...: a row of people. */
export interface Stay {
  readonly person: Person;
  /** The row of people, from 0; −1 where there is no people table. */
  readonly row: number;
  /** First and last day, both in it; ±Infinity where open. */
  readonly from: Day;
  readonly to: Day;
  /** The share of working time that a day in it counts with. */
  readonly share: Num;
  readonly department: string | undefined;
  readonly team: string | undefined;
  readonly manager: string | undefined;
  readonly payrollId: string | undefined;
  readonly costCenter: string | undefined;
}

export interface Person {
  readonly id: string;
  /** Position in people (the first row of each person); payees without a people table in order of id. */
  readonly index: number;
  readonly name: string | undefined;
  /** In the order of their rows. */
  readonly stays: readonly Stay[];
}

/** Something that somebody (or the company) is credited with. */
export interface CreditRow {
  readonly credit: Credit;
  /** Position among all rows of this credit, from 0: by input row of the deal, then of the touch or split. */
  readonly index: number;
  /** undefined: the company's. */
  readonly person: Person | undefined;
  readonly date: Day;
  /** The date whose exchange rate holds: the credit's own, or for a refund that of the deal it takes back. */
  readonly fxDate: Day;
  /** In minor units of the plan's currency; undefined for leads without an amount. */
  readonly amount: Num | undefined;
  /** 1; for a refund 0, or −1 where it completes the taking back. */
  readonly count: number;
  /** Rows of the tables, from 0; −1 where there is none. `deal` is the refund's own row for a refund. */
  readonly deal: number;
  readonly attribution: number;
  readonly campaign: number;
  readonly lead: number;
  readonly split: number;
  /** The deal itself, or the one that a refund takes back: what `for deal` means. */
  readonly rootDeal: number;
  /** Where the deal is in another currency: its code, its amount in its minor units and decimals, the rate used. */
  readonly foreign:
    | { readonly currency: string; readonly digits: number; readonly amount: Num; readonly rate: Num }
    | undefined;
}

export type LineKind = 'credit' | 'stay' | 'pool' | 'cap' | 'guarantee' | 'adjustment';

/** What one link did to one line. */
export interface LinkEffect {
  readonly link: Link;
  /** What the link read first (`by`, `gate`, `factor`); undefined where it did not apply or is not a figure. */
  readonly value: Known | Missing | undefined;
  /** 1 where it did not apply. */
  readonly factor: Num;
  /** False where its `when` was not met. */
  readonly applied: boolean;
  /** In minor units; base + effects = the line. */
  readonly effect: Num;
  /** Whether it depends on another department than the payee's. */
  readonly crosses: boolean;
  /** How its factor came about. */
  readonly working: FactorWorking;
}

/** A payout line: every payout is the sum of its lines, each rounded once. */
export interface Line {
  readonly kind: LineKind;
  readonly person: Person;
  readonly stay: Stay;
  readonly credit: CreditRow | undefined;
  /** What a per-credit rate was applied to, and what had accumulated before it (steps). */
  readonly counted: Num | undefined;
  readonly accumulatedBefore: Num | undefined;
  /** Number, or money a unit (minor units). */
  readonly rate: Num | undefined;
  /** The parts of a marginal line, step by step. */
  readonly parts: readonly StepPart[] | undefined;
  /** The steps as they were for this line. */
  readonly stair: Stair | undefined;
  /** Where one step gave the rate (retroactive, tail): the amount accumulated that stands in it. */
  readonly stoodAt: Num | undefined;
  /** Before links: exact, and rounded to minor units. */
  readonly exactBase: Num;
  readonly base: Num;
  readonly links: readonly LinkEffect[];
  /** The product of the links' factors. */
  readonly factor: Num;
  /** Minor units: what is paid. */
  readonly amount: Num;
  /** Per payee: the part of the period that money for time was multiplied with. */
  readonly timePart: Num | undefined;
  /** Pool lines: the pool, this payee's weight in it and the sum of weights; and the pool's name for `each`. */
  readonly pool:
    | { readonly amount: Num; readonly weight: Num; readonly weights: Num; readonly each: string | undefined }
    | undefined;
  /** The rule's place in the plan. */
  readonly rule: Place;
  /** The row it comes from, where there is one. */
  readonly source: Place | undefined;
  /** Adjustments: the reason as it stands in the file. */
  readonly reason: string | undefined;
  /** Paid after `who` had ceased to hold. */
  readonly tail: boolean;
  /** Whom it was made for; undefined for adjustments, which no rule has made. */
  readonly payee: Payee | undefined;
  /** What its body was read through: a stay's own, a pool's, else the payee's. To be asked how figures came about. */
  readonly reader: ViewReader | undefined;
}

/** What one person is paid for one reward in one period. */
export interface Payout {
  readonly person: Person;
  /** `adjustments` has no reward. */
  readonly reward: Reward | undefined;
  readonly rewardName: string;
  readonly lines: readonly Line[];
  readonly amount: Num;
  /** undefined for adjustments, and where the payee had left before the period (`tail`). */
  readonly payee: Payee | undefined;
  /** The stay that 0.00 is shown for where there is no line. */
  readonly lastStay: Stay;
}

/** A figure that a link, a step or a `pay` has read. */
export interface MeasureRead {
  /** `company` where there is no payee: what a pool reads of credits that are nobody's own. */
  readonly scope: 'payee' | 'company' | 'group' | 'team' | 'direct_reports' | 'all_reports' | 'everyone';
  readonly who: string;
  readonly measure: string;
  /** undefined where only the quota was read. */
  readonly value: Known | Missing | undefined;
  readonly type: 'money' | 'number' | 'date' | 'days' | 'text' | 'boolean';
  readonly quota: Num | Missing | undefined;
}

export interface PeriodResult {
  readonly period: Period;
  /** By person id, then the plan's order of rewards, adjustments last. 0 included for everyone in `who`. */
  readonly payouts: readonly Payout[];
  readonly measures: readonly MeasureRead[];
}

/** All that a run came to. */
export interface Computation {
  readonly plan: Plan;
  readonly tables: Tables;
  readonly people: readonly Person[];
  /** By the plan's order of credits. */
  readonly credits: ReadonlyMap<string, readonly CreditRow[]>;
  readonly periods: readonly PeriodResult[];
  /** The rewards that paid a credit, as a set of bits by position in `plan.rewards`. */
  readonly paidBy: ReadonlyMap<CreditRow, readonly string[]>;
}
