import type { Computed } from '../../engine/compute.ts';
import type { PeriodResult } from '../../engine/result.ts';
import type { TableName } from '../../rules/tables.ts';
import type { Document } from '../document/document.ts';
import type { ReportContext, ReportTable } from '../period/report.ts';
import type { StatementRun } from '../statement/statement.ts';
import type { Workbook } from '../workbook/workbook.ts';

/** For whom reports are. */
export type ReaderName = 'person' | 'team' | 'department' | 'company';

/** What the reports of all readers are made from. */
export interface ReaderContext extends ReportContext {
  readonly computation: Computed;
  /** What statements have in common; worked out when the first is asked for. */
  readonly statements: () => StatementRun;
  /** Groups of fewer people have no figures in what goes to one of them. */
  readonly least: number;
}

/** One report: a file in each of the formats that are asked for. */
export interface ReaderReport {
  /** Whom or what it is of: a person's id, a team's name; names the file. */
  readonly id: string;
  readonly document: () => Document;
  /** A page with a form of its own; the document's where there is none. */
  readonly page?: (() => string) | undefined;
  /** What CSV has of it, a file each: `name` is added to the report's where there are several. */
  readonly tables: () => readonly { readonly name: string; readonly table: ReportTable }[];
  /** A workbook with sheets of its own; the document's tables where there is none. */
  readonly workbook?: (() => Workbook) | undefined;
}

export interface Reader {
  readonly name: ReaderName;
  /** `statement`, for messages; its plural takes an s. */
  readonly what: string;
  /** Tables that are read where they stand, though the plan needs none of them. */
  readonly reads?: readonly TableName[];
  readonly reports: (context: ReaderContext, result: PeriodResult) => readonly ReaderReport[];
}
