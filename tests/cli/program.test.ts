import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { version } from '../../package.json';
import { executable, run } from './run.ts';

test.each(['--version', '-V'])('%s prints the version and nothing else', async (option) => {
  expect(await run([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each(['--help', '-h'])('%s goes to standard output and fits a terminal of 80 columns', async (option) => {
  const { code, stdout, stderr } = await run([option]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: align-pay /);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('without arguments, the help stands on standard error and the usage was wrong', async () => {
  const { code, stdout, stderr } = await run([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: align-pay /);
});

test('an unknown option is wrong usage, and the nearest one is named', async () => {
  const { code, stdout, stderr } = await run(['--verson']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain("unknown option '--verson'");
  expect(stderr).toContain('Did you mean --version?');
});

test('an unknown command is wrong usage', async () => {
  const { code, stdout } = await run(['no-such-command']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

/** Loaded before the program: makes it fail where none of its own code expects that, the first time it sets its exit code. */
const sabotage = `
  let code;
  let failed = false;
  Object.defineProperty(process, 'exitCode', {
    get: () => code,
    set(value) {
      code = value;
      if (failed) return;
      failed = true;
      throw new Error('a bug for the test');
    },
  });`;

test('a bug exits 3, asks for a report and keeps the stack for --verbose', async () => {
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(sabotage)}` };
  const plain = await run([], { env });
  expect(plain.code).toBe(3);
  expect(plain.stderr).toContain(
    "align-pay itself failed: a bug for the test; please report it at the project's issue page",
  );
  expect(plain.stderr).not.toMatch(/^ {4}at /m);
  const verbose = await run(['--verbose', '--no-such-option'], { env });
  expect(verbose.code).toBe(3);
  expect(verbose.stderr).toMatch(/^ {4}at /m);
});

test('a reader that closes the pipe early is no failure', async () => {
  const child = spawn(process.execPath, [executable, '--help']);
  child.stdout.destroy(); // long before the program has started to write
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr: Buffer.concat(stderr).toString() }).toEqual({ code: 0, stderr: '' });
});
