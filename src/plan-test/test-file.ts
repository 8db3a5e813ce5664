import type { LineKind } from '../engine/result.ts';
import type { FindingCode } from '../findings/codes.ts';
import type { Finding, Place } from '../findings/finding.ts';
import type { MemoryRow } from '../io/rows-memory.ts';
import type { TableName } from '../rules/tables.ts';
import type { Num } from '../values/num.ts';

/** Something that a test file says, and where. */
export interface Said<T> {
  readonly value: T;
  readonly place: Place;
}

/** A figure as a test writes it: exactly this much. */
export interface Figure {
  readonly value: Num;
  /** As written, for messages. */
  readonly text: string;
  readonly place: Place;
}

/** Which of somebody's payout lines are meant. */
export interface LineChoice {
  readonly reward: string | undefined;
  readonly deal: string | undefined;
  readonly campaign: string | undefined;
  readonly lead: string | undefined;
  readonly kind: LineKind | undefined;
}

/** The figures of a payout line that a test may name. */
export const LINE_FIGURES = ['amount', 'base', 'credited', 'rate', 'factor'] as const;
export type LineFigure = (typeof LINE_FIGURES)[number];

/** One thing that a case expects of the result; `person` undefined means everybody together. */
export type Expectation =
  | { readonly kind: 'payout'; readonly person: string; readonly reward: string; readonly amount: Figure }
  | { readonly kind: 'total'; readonly person: string | undefined; readonly amount: Figure }
  | {
      readonly kind: 'unpaid';
      readonly person: string | undefined;
      readonly reward: string | undefined;
      readonly place: Place;
    }
  | {
      readonly kind: 'factor';
      readonly person: string;
      readonly reward: string;
      readonly link: string;
      readonly factor: Figure;
    }
  | {
      readonly kind: 'line';
      readonly person: string;
      readonly choice: LineChoice;
      readonly figures: ReadonlyMap<LineFigure, Figure>;
      readonly place: Place;
    };

/** The rows that a case brings, by table; a table that it does not name is not there. */
export type TestRows = ReadonlyMap<TableName, readonly MemoryRow[]>;

/** One example of a plan: rows in, payouts out. */
export interface TestCase {
  readonly name: string;
  readonly place: Place;
  /** `2026-Q1`, or `2026-Q1..2026-Q2`; without it every period that has credits. */
  readonly period: Said<string> | undefined;
  readonly params: ReadonlyMap<string, Said<string>>;
  readonly rows: TestRows;
  readonly expects: readonly Expectation[];
  readonly expectsError: Said<FindingCode> | undefined;
  /** What is wrong with the case as it is written; it then fails without being run. */
  readonly findings: readonly Finding[];
}

/** A `*.test.yaml`. */
export interface TestFile {
  readonly file: string;
  /** The plan that it tests, as a path that can be read. */
  readonly plan: Said<string>;
  readonly cases: readonly TestCase[];
}

/** Where an expectation stands. */
export const placeOfExpectation = (expectation: Expectation): Place => {
  switch (expectation.kind) {
    case 'payout':
    case 'total':
      return expectation.amount.place;
    case 'factor':
      return expectation.factor.place;
    case 'unpaid':
    case 'line':
      return expectation.place;
  }
};
