import { expect, test } from 'vitest';
import { run } from './run.ts';

test('help CODE prints the page of a finding', async () => {
  const { code, stdout, stderr } = await run(['help', 'unknown-column']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^unknown-column\n/);
  expect(stdout).toContain('\nMended\n');
  expect(stdout).not.toContain('```');
});

test('a misspelt code is wrong usage, and the nearest is named', async () => {
  const { code, stdout, stderr } = await run(['help', 'unknwon-column']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('did you mean `align-pay help unknown-column`?');
});

test('help COMMAND is what COMMAND --help prints', async () => {
  const help = await run(['help', 'compute']);
  expect(help).toEqual(await run(['compute', '--help']));
  expect(help.stdout).toContain('--skip-bad-rows');
  expect(help.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('help alone lists commands and codes', async () => {
  const { code, stdout } = await run(['help']);
  expect(code).toBe(0);
  expect(stdout).toContain('compute');
  expect(stdout).toContain('too-many-periods');
});
