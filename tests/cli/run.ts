import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The executable as it stands in the project, built before the tests. */
export const executable = fileURLToPath(new URL('../../bin/align-pay.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  /** standard input; without it, an empty one */
  readonly input?: string | Buffer;
  /** over the environment of the tests; undefined takes a variable away */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What would colour the output or slow the start on the machine of whoever runs the tests, not the user's. */
const neutral = { NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_OPTIONS: undefined, VITEST: undefined };

/** Runs the built executable as a user would, to its end. */
export function run(args: readonly string[], { cwd, input = '', env = {} }: Surroundings = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [executable, ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...neutral, ...env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    // a program that ends without reading its input closes the pipe: its exit code tells, not the pipe
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** A folder with these files (names may hold folders), gone when the test is over. To be called inside a test. */
export function scratch(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = folderOf(files);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with these files, which whoever asked for it removes. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'align-pay-'));
  for (const [name, contents] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  return folder;
}
