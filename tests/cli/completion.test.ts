import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { executable, run, scratch } from './run.ts';

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What bash would offer for words, the last of which is not finished. */
const inBash = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await run(['completion', 'bash']);
  const script = `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _align_pay; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const cwd = scratch({ 'deals.csv': '', 'plan.yaml': '' });
  return execFileSync('bash', ['-c', script, 'bash', 'align-pay', ...words], { encoding: 'utf8', cwd })
    .trim()
    .split('\n');
};

test.runIf(has('bash'))('bash completes commands, options, values and files', async () => {
  expect(await inBash('te')).toEqual(['test']);
  expect(await inBash('test', '--min')).toEqual(['--min-coverage', '--min-noticed']);
  expect(await inBash('test', '--format', 'j')).toEqual(['json', 'junit']);
  expect(await inBash('compute', '--plan', 'pl')).toEqual(['plan.yaml']);
  expect(await inBash('compute', 'de')).toEqual(['deals.csv']);
  expect(await inBash('completion', 'z')).toEqual(['zsh']);
  expect(await inBash('help', 'unknown-col')).toEqual(['unknown-column']);
});

test.runIf(has('fish'))('fish completes commands, options and values', async () => {
  const { stdout } = await run(['completion', 'fish']);
  const offers = (line: string): string[] =>
    execFileSync('fish', ['--no-config', '-c', `${stdout}\ncomplete -C '${line}'`], {
      encoding: 'utf8',
      env: { ...process.env, HOME: scratch({}) },
    })
      .trim()
      .split('\n')
      .map((offer) => offer.split('\t')[0] ?? '');
  expect(offers('align-pay te')).toEqual(['test']);
  expect(offers('align-pay test --format j')).toEqual(['json', 'junit']);
  expect(offers('align-pay completion ')).toEqual(['bash', 'fish', 'zsh']);
});

test.runIf(has('zsh'))('zsh can read its script', async () => {
  const { stdout } = await run(['completion', 'zsh']);
  expect(spawnSync('zsh', ['-n'], { input: stdout }).status).toBe(0);
});

test('a shell that is none of these is wrong usage', async () => {
  expect((await run(['completion', 'tcsh'])).code).toBe(2);
  expect(executable).toContain('align-pay');
});
