import type { Command } from 'commander';
import { ProgramMissing } from '../io/git.ts';
import { OutputError } from '../io/output-error.ts';
import { UsageError } from './usage-error.ts';

/** Runs a command's action; wrong usage that only it can see, and a program that is not installed, end with exit code 2. */
export const act = async (command: Command, action: () => void | Promise<void>): Promise<void> => {
  try {
    await action();
  } catch (error) {
    if (error instanceof UsageError || error instanceof OutputError || error instanceof ProgramMissing)
      command.error(`error: ${error.message}`);
    throw error;
  }
};
