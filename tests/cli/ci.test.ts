import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import YAML from 'yaml';
import { blocksOf, root } from '../docs/blocks.ts';
import { executable, scratch } from './run.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const example = (name: string): string => read(`examples/first-plan/${name}`);
const project = (plan = example('align-pay.yaml')): string =>
  scratch({ 'align-pay.yaml': plan, 'align-pay.test.yaml': example('align-pay.test.yaml') });
const broken = example('align-pay.yaml').replace('rate: 6%', 'rate: 7%');

/** A PATH on which `align-pay` is the program as built. */
const withProgram = (): NodeJS.ProcessEnv => {
  const bin = scratch({ 'align-pay': `#!/bin/sh\nexec "${process.execPath}" "${executable}" "$@"\n` });
  chmodSync(path.join(bin, 'align-pay'), 0o755);
  return {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
};

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a step of the action as the runner would: its inputs put in, then bash that stops at the first error. */
const runStep = (name: string, inputs: Readonly<Record<string, string>>, cwd: string) => {
  const action = YAML.parse(read('action.yml'));
  const step: Step | undefined = action.runs.steps.find((each: Step) => each.name === name);
  const values: Record<string, string> = {};
  for (const [input, { default: standard }] of Object.entries<{ default?: string }>(action.inputs))
    values[input] = inputs[input] ?? standard ?? '';
  const put = (text: string): string =>
    text
      .replace(/\$\{\{ github\.action_path \}\}/g, root)
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => values[input] ?? '');
  const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([key, value]) => [key, put(value)]));
  return spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step?.run ?? 'exit 99'], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
};

test('the action’s tests pass or fail with the plan, and annotate the line', () => {
  const good = runStep('Test the plans', { 'min-coverage': '100%' }, project());
  expect({ status: good.status, stdout: good.stdout }).toEqual({ status: 0, stdout: '2 of 2 cases passed\n' });
  const bad = runStep('Test the plans', { tests: 'align-pay.test.yaml\n' }, project(broken));
  expect(bad.status).toBe(1);
  expect(bad.stdout).toContain('::error file=align-pay.test.yaml,line=10,');
});

test('the hook’s entry, run by git, lets a good commit through and stops a bad one', async () => {
  const hooks: readonly { id: string; entry: string; language: string }[] = YAML.parse(read('.pre-commit-hooks.yaml'));
  const hook = hooks.find(({ id }) => id === 'align-pay-test');
  expect(hook?.language).toBe('node');
  const cwd = project();
  const env = withProgram();
  const git = (...args: readonly string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, env, encoding: 'utf8' });
  git('init', '-q');
  mkdirSync(path.join(cwd, '.git/hooks'), { recursive: true });
  writeFileSync(path.join(cwd, '.git/hooks/pre-commit'), `#!/bin/sh\nexec ${hook?.entry}\n`, { mode: 0o755 });
  git('add', '-A');
  expect(git('commit', '-q', '-m', 'good').status).toBe(0);
  writeFileSync(path.join(cwd, 'align-pay.yaml'), broken);
  git('add', '-A');
  const stopped = git('commit', '-q', '-m', 'bad');
  expect(stopped.status).toBe(1);
  expect(`${stopped.stdout}${stopped.stderr}`).toContain('expected 720.00, got 840.00');
  expect(git('log', '--format=%s').stdout).toBe('good\n');
});

test('what pre-commit takes for the name of the package is only that', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(packed.trim()).toMatch(/^align-pay-[\d.]+\.tgz$/);
});

test('every hook and input that docs/ci.md names is there', () => {
  const block = (name: string): string => blocksOf('docs/ci.md').find((each) => each.name === name)?.text ?? '';
  const hooks: readonly { id: string }[] = YAML.parse(read('.pre-commit-hooks.yaml'));
  const used: readonly { id: string }[] = YAML.parse(block('.pre-commit-config.yaml')).repos[0].hooks;
  expect(hooks.map(({ id }) => id)).toEqual(expect.arrayContaining(used.map(({ id }) => id)));
  const { inputs } = YAML.parse(read('action.yml'));
  const step = YAML.parse(block('.github/workflows/plans.yml')).jobs.plans.steps[1];
  for (const input of Object.keys(step.with)) expect(Object.keys(inputs)).toContain(input);
  for (const input of Object.keys(inputs)) expect(read('docs/ci.md')).toContain(`\`${input}\``);
});

test('the hook and the GitLab job of docs/ci.md run as they stand there', () => {
  const block = (name: string): string => blocksOf('docs/ci.md').find((each) => each.name === name)?.text ?? '';
  const env = withProgram();
  expect(spawnSync('sh', ['-c', block('pre-commit')], { cwd: project(), env }).status).toBe(0);
  const script: readonly string[] = YAML.parse(block('.gitlab-ci.yml')).plans.script;
  expect(script[0]).toBe('npm install --global align-pay');
  const cwd = project();
  for (const line of script.slice(1))
    expect([line, spawnSync('sh', ['-e', '-c', line], { cwd, env }).status]).toEqual([line, 0]);
  expect(readFileSync(path.join(cwd, 'reports/plans.xml'), 'utf8')).toContain(
    '<testsuites name="align-pay test" tests="2" failures="0"',
  );
  expect(readFileSync(path.join(cwd, 'reports/plans.info'), 'utf8')).toContain('SF:align-pay.yaml');
});

test('the hooks and the action call check and test', async () => {
  const called = [
    ...read('.pre-commit-hooks.yaml').matchAll(/entry: align-pay (\w+)$/gm),
    ...read('action.yml').matchAll(/args=\((\w+) /g),
  ].map(([, name]) => name);
  expect(called).toEqual(['check', 'test', 'check', 'test']);
});
