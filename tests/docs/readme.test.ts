import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run, scratch } from '../cli/run.ts';
import { blocksOf, root } from './blocks.ts';

const blocks = blocksOf('README.md');
const example = (name: string): string => readFileSync(path.join(root, 'examples', name), 'utf8');

test('the transcript is what the program prints', async () => {
  const transcript = blocks.find(({ kind }) => kind === 'console');
  const [command = '', ...output] = (transcript?.text ?? '').split('\n');
  expect(command).toBe('$ align-pay compute examples/first-plan/deals.csv');
  const files = ['align-pay.yaml', 'deals.csv'];
  const cwd = scratch(
    Object.fromEntries(files.map((name) => [`examples/first-plan/${name}`, example(`first-plan/${name}`)])),
  );
  const { code, stdout } = await run(command.split(' ').slice(2), { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe(output.join('\n'));
});

test('so is what it shows of links', async () => {
  const shown = blocks.find(({ kind }) => kind === 'text')?.text ?? 'nothing';
  const deals = path.join(root, 'examples/shared-growth/deals.csv');
  const { stdout } = await run(['compute', deals], { cwd: scratch({}) });
  expect(stdout).toContain(shown);
});

test('the first plan runs as it stands there', async () => {
  const plan = blocks.find(({ kind }) => kind === 'yaml')?.text ?? '';
  const { code, stdout } = await run(['compute', 'deals.csv'], {
    cwd: scratch({ 'align-pay.yaml': plan, 'deals.csv': example('first-plan/deals.csv') }),
  });
  expect(code).toBe(0);
  expect(stdout).toContain('1,227.05');
});

test('the two commands are those of package.json and of .ci/run', () => {
  const commands = blocks.filter(({ kind }) => kind === 'sh').map(({ text }) => text.trim());
  expect(commands).toEqual(['npm ci && npx align-pay compute examples/shared-growth/deals.csv', 'npm ci && npm test']);
  expect(readFileSync(path.join(root, '.ci/run'), 'utf8')).toContain('npm ci && npm test');
});

test('the examples run without a warning', async () => {
  for (const deals of ['first-plan/deals.csv', 'shared-growth/deals.csv', 'salesforce-export/opportunities.csv']) {
    const { code, stderr } = await run(['compute', path.join(root, 'examples', deals)], { cwd: scratch({}) });
    expect({ deals, code, stderr }).toEqual({ deals, code: 0, stderr: '' });
  }
});

test('every page that README names is there', () => {
  const links = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(
    ([, to = '']) => to,
  );
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((to) => !to.startsWith('http') && !existsSync(path.join(root, to)))).toEqual([]);
});
