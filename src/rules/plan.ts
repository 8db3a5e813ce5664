import type { FindingCode } from '../findings/codes.ts';
import type { Place, Severity } from '../findings/finding.ts';
import type { Day } from '../values/date.ts';
import type { Num, Rounding } from '../values/num.ts';
import type { PeriodKind } from '../values/period.ts';
import type { Known, Node, Type } from './expression/typed.ts';
import type { Factor } from './link/kinds.ts';
import type { Rate } from './rate/kinds.ts';
import type { Share } from './share/kinds.ts';
import type { RowName, TableName } from './tables.ts';

/** A checked expression: its type, its words in the plan and where they stand, and what they mean. */
export interface Expression {
  readonly type: Type;
  /** As written, blanks folded, for explanations. */
  readonly text: string;
  readonly place: Place;
  readonly node: Node;
}

export interface Param {
  readonly name: string;
  readonly type: Type;
  readonly value: Known;
  readonly text: string;
  readonly place: Place;
}

/** How one column of a file is read; what is not said is the table's or the language's own. */
export interface ColumnSpec {
  readonly name: string;
  /** The header in the file; the canonical name (or the preset's) where not said. */
  readonly header: string | undefined;
  readonly type: Type | undefined;
  /** Values as they stand in the file → what they mean. */
  readonly values: ReadonlyMap<string, string> | undefined;
  readonly round: boolean;
  readonly percent: boolean;
  readonly place: Place;
}

/** How the plan places and reads a table. */
export interface TableSpec {
  readonly table: TableName;
  /** Absolute or relative to the working directory, already resolved against the plan's folder. */
  readonly file: string | undefined;
  readonly preset: string | undefined;
  readonly columns: ReadonlyMap<string, ColumnSpec>;
  readonly delimiter: string | undefined;
  readonly encoding: string | undefined;
  /** Numbers by example: `1.234,56 €`. */
  readonly numbers: string | undefined;
  /** Dates by pattern: `DD/MM/YYYY`. */
  readonly dates: string | undefined;
  /** For timestamps with an offset: in which zone their day is meant. */
  readonly timezone: string | undefined;
  /** fx: how many days old a rate may be. */
  readonly maxAge: number | undefined;
  readonly place: Place;
  /** Where what it says of one key stands. */
  readonly placeOf: (key: string) => Place;
}

export interface Group {
  readonly name: string;
  readonly when: Expression;
  readonly place: Place;
}

export interface Credit {
  readonly name: string;
  readonly each: RowName;
  readonly when: Expression | undefined;
  /** With `announced_only`: whether the row's campaign was announced, or acknowledged, in time. */
  readonly announced: Expression | undefined;
  /** A person's id, or the company: nobody's own, the same in every scope. */
  readonly to: Expression | 'company';
  /** What is credited, or shared out; leads may have none. */
  readonly amount: Expression | undefined;
  readonly date: Expression;
  /** How a deal's amount is shared out over its attributions or splits; undefined for deals and leads. */
  readonly share: Share | undefined;
  readonly shareAmong: Expression | undefined;
  /** Shares of a deal may add up to more than 100%. */
  readonly overlay: boolean;
  readonly place: Place;
}

export interface Measure {
  readonly name: string;
  readonly value: Expression;
  readonly place: Place;
}

export interface Link {
  readonly name: string;
  readonly because: string;
  readonly factor: Factor;
  readonly weight: Num | undefined;
  readonly when: Expression | undefined;
  readonly whenMissing: Expression | undefined;
  readonly atMost: Expression | undefined;
  readonly unless: Expression | undefined;
  readonly place: Place;
}

/** What a money expression is paid for, which decides how it is prorated. */
export type Basis = 'time' | 'results' | 'both';

interface RewardBase {
  readonly name: string;
  readonly who: Expression;
  readonly every: PeriodKind;
  /** Per credit: which credits are paid. Else: who takes part. */
  readonly when: Expression | undefined;
  readonly links: readonly Link[];
  readonly cap: Expression | undefined;
  readonly guarantee: Expression | undefined;
  readonly prorate: 'days' | 'none' | undefined;
  readonly place: Place;
}

export interface CreditReward extends RewardBase {
  readonly body: 'credit';
  readonly credit: string;
  /** `rate` is a share of the amount, `pay` money a unit. */
  readonly unit: 'rate' | 'pay';
  readonly rate: Rate;
  /** Days after `who` ceased to hold during which credits are still paid. */
  readonly tail: number | undefined;
}

export interface PayeeReward extends RewardBase {
  readonly body: 'payee';
  readonly pay: Expression;
  readonly basis: Basis;
}

export interface PoolReward extends RewardBase {
  readonly body: 'pool';
  readonly pool: Expression;
  readonly shareBy: Expression;
  readonly basis: Basis;
  /** `each: payee.team`: one pool for each value of this column of people. */
  readonly each: string | undefined;
}

export type Reward = CreditReward | PayeeReward | PoolReward;

/** A role that somebody has in changes of the plan. */
export interface Role {
  readonly name: string;
  readonly person: string;
  /** The department that it speaks for; undefined for finance and others, and for the liaison, who speaks for both. */
  readonly department: string | undefined;
  readonly place: Place;
}

/** From when a plan is in force, why, and who must agree. */
export interface Change {
  readonly effective: Day;
  readonly ends: Day | undefined;
  /** Days before `effective` by which those it touches must have it in hand. */
  readonly notice: number;
  readonly because: string | undefined;
  readonly discussion: string | undefined;
  /** Roles that must sign, in the plan's order. */
  readonly signOff: readonly string[];
  readonly place: Place;
}

/** What a plan says of the findings of one code, and why. */
export interface CheckSetting {
  readonly code: FindingCode;
  /** Undefined: as ever. */
  readonly level: Severity | 'off' | undefined;
  readonly because: string;
  /** Names of rewards, credits, links, ... that it is about; undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
  /** The part of somebody's pay from which on a finding is said. */
  readonly moreThan: Num | undefined;
  readonly place: Place;
}

/** An account for all, or one for each department. */
export interface Account {
  readonly all: string | undefined;
  readonly byDepartment: ReadonlyMap<string, string>;
}

/** A column of the payroll file. */
export interface PayrollColumn {
  readonly header: string;
  readonly value:
    | 'payroll_id'
    | 'person_id'
    | 'name'
    | 'earning_code'
    | 'amount'
    | 'currency'
    | 'period'
    | 'period_start'
    | 'period_end'
    | 'fixed';
  readonly fixed: string | undefined;
}

export interface RewardExport {
  readonly earningCode: string | undefined;
  readonly expense: Account | undefined;
  readonly liability: string | undefined;
}

/** How payouts are handed on to payroll and bookkeeping. */
export interface Export {
  /** In their order; the default columns where undefined. */
  readonly payroll: readonly PayrollColumn[] | undefined;
  /** Where a reward says none. */
  readonly expense: Account | undefined;
  readonly liability: string | undefined;
  /** By reward, `adjustments` among them. */
  readonly rewards: ReadonlyMap<string, RewardExport>;
  readonly place: Place;
}

/** A file that the plan was read from, for excerpts: the plan itself first, then what it extends. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** A plan, typed, resolved and ordered: what to compute, and nothing of how. */
export interface Plan {
  readonly name: string;
  readonly file: string;
  readonly currency: string;
  /** Decimals of the currency. */
  readonly digits: number;
  readonly period: PeriodKind;
  /** The month, 1 to 12, in which fiscal years start. */
  readonly fiscalYearStarts: number;
  readonly rounding: Rounding;
  readonly params: ReadonlyMap<string, Param>;
  /** Of them those that something reads. */
  readonly paramsRead: ReadonlySet<string>;
  readonly data: ReadonlyMap<TableName, TableSpec>;
  readonly targetPer: PeriodKind | undefined;
  readonly quotaProrate: 'days' | 'none' | undefined;
  readonly groups: ReadonlyMap<string, Group>;
  readonly credits: ReadonlyMap<string, Credit>;
  readonly measures: ReadonlyMap<string, Measure>;
  /** In the plan's order, which is the order of reports. */
  readonly rewards: ReadonlyMap<string, Reward>;
  /** Their names such that what a reward reads of others comes before it. */
  readonly rewardOrder: readonly string[];
  readonly change: Change | undefined;
  readonly roles: ReadonlyMap<string, Role>;
  /** In days: how long before its start a campaign is announced. */
  readonly campaignNotice: number | undefined;
  /** The tables that some expression needs. */
  readonly needs: ReadonlySet<TableName>;
  readonly sources: readonly SourceText[];
  /** Where the top-level keys stand. */
  readonly sections: ReadonlyMap<string, Place>;
  readonly checks: ReadonlyMap<FindingCode, CheckSetting>;
  readonly export: Export | undefined;
}
