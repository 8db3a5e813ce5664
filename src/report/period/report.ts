import type { Computation, PeriodResult } from '../../engine/result.ts';

/** An input as the manifest names it. */
export interface InputFile {
  readonly file: string;
  readonly sha256: string;
}

/** What every report is made from: the result, and what only the caller can know. */
export interface ReportContext {
  readonly computation: Computation;
  /** Ids of people whose payouts are left out of the period's files. */
  readonly held: ReadonlySet<string>;
  /** align-pay's own. */
  readonly version: string;
  readonly inputs: readonly InputFile[];
  /** `sha256:...` of what the plan means, as it is signed. */
  readonly meaning: string;
  /** How a file is named in a report: relative to the plan, so that the bytes do not depend on where a run was started. */
  readonly shown: (file: string) => string;
}

/** Rows for a CSV file; `rows` can be walked once or more. */
export interface ReportTable {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

/** One file of a period's folder. */
export type Report =
  | {
      readonly name: string;
      readonly kind: 'table';
      readonly of: (context: ReportContext, result: PeriodResult) => ReportTable;
    }
  | {
      readonly name: string;
      readonly kind: 'text';
      readonly of: (context: ReportContext, result: PeriodResult) => string;
    };
