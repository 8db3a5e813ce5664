import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** A program that must be installed first is not. */
export class ProgramMissing extends Error {
  readonly program: string;
  constructor(program: string) {
    super(`${program} is needed for this, and is not installed`);
    this.program = program;
  }
}

/** A program ran and said no. */
export class ProgramFailed extends Error {
  readonly stderr: string;
  constructor(message: string, stderr: string) {
    super(message);
    this.stderr = stderr;
  }
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Runs a program with arguments (no shell) and gives what it wrote to standard output. */
export const runProgram = (
  program: string,
  args: readonly string[],
  { cwd, input, env }: { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    input: input ?? '',
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') throw new ProgramMissing(program);
  // One that answers without reading its input breaks the pipe, which is no failure of its own.
  if (status === 0) return stdout;
  const said = [stderr, stdout, error?.message].map((text) => (text ?? '').trim()).find((text) => text !== '') ?? '';
  throw new ProgramFailed(said === '' ? `${program} failed` : (said.split('\n')[0] ?? ''), said);
};

/** git in a folder, in plain words whatever the machine speaks. */
export const git = (cwd: string, ...args: readonly string[]): string =>
  runProgram('git', args, { cwd, env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' } });

/** git where no is an answer: undefined where it fails. */
export const gitMaybe = (cwd: string, ...args: readonly string[]): string | undefined => {
  try {
    return git(cwd, ...args);
  } catch (error) {
    if (error instanceof ProgramFailed) return undefined;
    throw error;
  }
};

/** There is a repository, and git does not read it: it is somebody else's, say. */
export class GitRefuses extends Error {}

/** The folder at the top of the repository that holds a folder; undefined outside of one. */
export const topOf = (folder: string): string | undefined => {
  try {
    return git(folder, 'rev-parse', '--show-toplevel').trimEnd();
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    // What git may not look into is not as good as no repository: nothing of what it has seen would be known.
    if (/not a git repository|must be run in a work tree/i.test(error.stderr)) return undefined;
    throw new GitRefuses(`git does not read the repository of ${path.resolve(folder)}: ${error.message}`);
  }
};
