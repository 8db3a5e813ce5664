import type { FindingCode } from './codes.ts';

export type Severity = 'error' | 'warning' | 'note';

/** A stretch of a file: lines and columns count from 1, columns in characters; `endColumn` is one past the last. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endColumn?: number | undefined;
}

export interface Related extends Place {
  readonly message: string;
}

/** What is wrong, where, and what to do, as data. Reports turn it into text; nothing else is said to the user. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endColumn?: number | undefined;
  /** Where in the plan: `rewards > sales_commission > rate`. */
  readonly path?: string | undefined;
  /** What to write or do instead. */
  readonly hint?: string | undefined;
  readonly related: readonly Related[];
  /** For input rows: the table, the header of the cell, the reader's own bytes and what would have been right. */
  readonly table?: string | undefined;
  readonly field?: string | undefined;
  readonly value?: string | undefined;
  readonly expected?: string | undefined;
  /** For input rows: the row's index in its table, from 0, so that it can be rejected. */
  readonly row?: number | undefined;
}
