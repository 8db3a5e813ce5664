import type { Command } from 'commander';
import { GitRefuses, ProgramMissing } from '../io/git.ts';
import { OutputError } from '../io/output-error.ts';
import { UsageError } from './usage-error.ts';

const KNOWN = [UsageError, OutputError, ProgramMissing, GitRefuses] as const;

/** Runs a command's action; wrong usage that only it can see, and a program that is not installed or refuses, end with exit code 2. */
export const act = async (command: Command, action: () => void | Promise<void>): Promise<void> => {
  try {
    await action();
  } catch (error) {
    if (KNOWN.some((kind) => error instanceof kind)) command.error(`error: ${(error as Error).message}`);
    throw error;
  }
};
