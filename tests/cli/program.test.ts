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

/** Loaded before the program: makes it fail where none of its own code expects that. */
const sabotage = "process.stdout.write = () => { throw new Error('a bug for the test') }";
const sabotaged = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(sabotage)}` };

test.each(['--help', '--version'])('a bug exits 3 and asks for a report (%s)', async (option) => {
  const { code, stderr } = await run([option], { env: sabotaged });
  expect(code).toBe(3);
  expect(stderr).toBe(
    "align-pay itself failed: a bug for the test; please report it at the project's issue page " +
      '(--verbose shows where it happened)\n',
  );
});

test('--verbose shows where a bug happened', async () => {
  const { code, stderr } = await run(['--verbose', '--help'], { env: sabotaged });
  expect(code).toBe(3);
  const [first, ...stack] = stderr.split('\n');
  expect(first).toBe("align-pay itself failed: a bug for the test; please report it at the project's issue page");
  expect(stack.slice(0, 2)).toEqual(['Error: a bug for the test', expect.stringMatching(/^ {4}at /)]);
});

test('a reader that closes the pipe early is no failure', async () => {
  const child = spawn(process.execPath, [executable, '--help']);
  child.stdout.destroy(); // long before the program has started to write
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr: Buffer.concat(stderr).toString() }).toEqual({ code: 0, stderr: '' });
});
