import type { Command } from 'commander';
import { collect } from './options.ts';
import type { RunOptions } from './run.ts';

/** What every command takes that computes: the plan, its tables and the periods. */
export interface InputOptions {
  readonly plan?: string;
  readonly table: readonly string[];
  readonly period?: string;
  readonly skipBadRows?: true;
}

export const DEALS_HELP = 'the deals as CSV, or - for standard input; without it, the file that the plan says';

/** Adds them to a command. */
export const addInputOptions = (command: Command, periodHelp: string, badRowsHelp: string): Command =>
  command
    .option('--plan <file>', 'the plan; without it, align-pay.yaml beside the deals, here, or in a folder above')
    .option('--table <name=file>', 'the file of another table, as in campaigns=export.csv', collect, [])
    .option('--period <period>', periodHelp)
    .option('--skip-bad-rows', badRowsHelp);

/** What to compute, as these options say it. */
export const runOptions = (
  deals: string | undefined,
  { plan, table, period, skipBadRows }: InputOptions,
  progress: RunOptions['progress'],
): RunOptions => ({ deals, plan, tables: table, period, skipBadRows: skipBadRows === true, progress });
