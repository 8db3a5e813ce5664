import type { Known } from '../rules/expression/typed.ts';
import type { TableName } from '../rules/tables.ts';
import type { Num } from '../values/num.ts';

/** A row that a check has made: column → value; undefined is an empty cell. Money is in minor units. */
export type ExampleRow = ReadonlyMap<string, Known | undefined>;
export type ExampleRows = ReadonlyMap<TableName, readonly ExampleRow[]>;

/** What somebody is paid: by one reward, or by all of them together. */
export interface ExamplePaid {
  readonly person: string;
  readonly reward: string | undefined;
  /** Minor units, as the engine has computed it. */
  readonly amount: Num;
}

/** Rows, and what the engine pays on them. */
export interface ExampleCase {
  /** In words: `a deal of 100,000.00`. */
  readonly name: string;
  /** The first and the last period that is paid: `2026-Q1`. */
  readonly from: string;
  readonly to: string;
  readonly rows: ExampleRows;
  readonly paid: readonly ExamplePaid[];
  /** What the same rows pay when the plan is mended as the hint says; undefined where that is not known. */
  readonly mended: readonly ExamplePaid[] | undefined;
}

/** Shows what a finding says by rows that anybody can hand to `compute`: the same but for what is varied. */
export interface Counterexample {
  readonly cases: readonly ExampleCase[];
}
