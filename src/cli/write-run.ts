import type { ReportContext } from '../report/report.ts';
import type { Run } from './run.ts';
export const recoverOut = (_out: string): void => {};
export const writeRun = (_context: ReportContext, _run: Run, _out: string): readonly string[] => [];
