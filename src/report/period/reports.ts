import type { Report } from './report.ts';
import { creditsReport } from './report-credits.ts';
import { linesReport } from './report-lines.ts';
import { linksReport } from './report-links.ts';
import { measuresReport } from './report-measures.ts';
import { payoutsReport } from './report-payouts.ts';
import { summaryReport } from './report-summary.ts';

/** The files of a period's folder, in the order in which they are written: a new one is a file and a line here. */
export const REPORTS: readonly Report[] = [
  payoutsReport,
  linesReport,
  linksReport,
  creditsReport,
  measuresReport,
  summaryReport,
];
