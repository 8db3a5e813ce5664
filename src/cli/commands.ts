import type { Command } from 'commander';

/**
 * What a command's file exports: `define` adds the arguments, options and the action to a command that commander knows
 * by name and summary already; `commands` are all there are. The action sets `process.exitCode`; wrong usage that only the action can see (a named
 * file that is not there) is `command.error(message)`.
 */
export interface CommandFile {
  readonly define: (command: Command, commands: readonly CommandEntry[]) => void;
}

/** A command as the program's help lists it; its file is loaded when it is called, and not before. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandFile>;
}

/** Every command, in the order of the help: a new one is a file `command-NAME.ts` and a line here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'compute',
    summary: 'compute payouts from a plan and its tables',
    load: () => import('./command-compute.ts'),
  },
  {
    name: 'report',
    summary: 'write statements and reports for those who are paid, who lead and who pay',
    load: () => import('./command-report.ts'),
  },
  {
    name: 'explain',
    summary: 'show how a payout came about, and why something did not pay',
    load: () => import('./command-explain.ts'),
  },
  {
    name: 'init',
    summary: 'write a first plan from a file of deals',
    load: () => import('./command-init.ts'),
  },
  {
    name: 'check',
    summary: 'find what is wrong or dangerous in a plan',
    load: () => import('./command-check.ts'),
  },
  {
    name: 'test',
    summary: "run a plan's own examples",
    load: () => import('./command-test.ts'),
  },
  {
    name: 'pilot',
    summary: 'try other rules on past data before anyone is paid by them',
    load: () => import('./command-pilot.ts'),
  },
  {
    name: 'diff',
    summary: 'show what a change of a plan means, and for whom',
    load: () => import('./command-diff.ts'),
  },
  {
    name: 'propose',
    summary: 'write a change of the plan as a document for everybody',
    load: () => import('./command-propose.ts'),
  },
  {
    name: 'sign',
    summary: 'sign a change of the plan for a role, or object to it',
    load: () => import('./command-sign.ts'),
  },
  {
    name: 'accept',
    summary: 'record that somebody who is paid has received and read the plan',
    load: () => import('./command-accept.ts'),
  },
  {
    name: 'campaigns',
    summary: 'tell which campaigns come, who knows of them, and what became of the last',
    load: () => import('./command-campaigns.ts'),
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of plan or test files',
    load: () => import('./command-schema.ts'),
  },
  {
    name: 'completion',
    summary: 'print a script that completes commands in a shell',
    load: () => import('./command-completion.ts'),
  },
  {
    name: 'help',
    summary: 'explain a finding or a command',
    load: () => import('./command-help.ts'),
  },
];
