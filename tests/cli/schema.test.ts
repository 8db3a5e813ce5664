import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import YAML from 'yaml';
import { root } from '../docs/blocks.ts';
import { run } from './run.ts';

const validator = async (kind: 'plan' | 'test') => {
  const { code, stdout } = await run(['schema', '--for', kind]);
  expect(code).toBe(0);
  return new Ajv2020({ allowUnionTypes: true, strict: true, strictRequired: false }).compile(JSON.parse(stdout));
};

const example = (name: string): string => readFileSync(path.join(root, 'examples', name), 'utf8');
const NAMES = ['first-plan', 'shared-growth', 'salesforce-export'];

test('every example is valid, and a misspelt key is not, wherever it stands', async () => {
  const plan = await validator('plan');
  const tests = await validator('test');
  for (const name of NAMES) {
    expect([name, plan(YAML.parse(example(`${name}/align-pay.yaml`))), plan.errors]).toEqual([name, true, null]);
    expect([name, tests(YAML.parse(example(`${name}/align-pay.test.yaml`))), tests.errors]).toEqual([name, true, null]);
  }
  const growth = example('shared-growth/align-pay.yaml');
  const slips = [
    ['fiscal_year_starts', 'fiscal_year_start'],
    ['target_per: year', 'target_per: week'],
    ['share_among', 'share_amongst'],
    ['method: marginal', 'method: margin'],
    ['up_to: 100%', 'upto: 100%'],
    ['because: Sales works', 'becuase: Sales works'],
    ['curve: { 50%: 90%', 'curves: { 50%: 90%'],
    ['share_by:', 'shared_by:'],
    ['share: linear', 'share: { positions: [40%, 20%, 40%] }'],
    ['currency: USD', 'currency: US$'],
  ] as const;
  for (const [right, wrong] of slips) {
    expect(growth).toContain(right);
    expect([wrong, plan(YAML.parse(growth.replace(right, wrong)))]).toEqual([wrong, false]);
  }
  const first = example('first-plan/align-pay.test.yaml');
  for (const [right, wrong] of [
    ['expect:', 'expects:'],
    ['deals:', 'deal:'],
    ['period:', 'periods:'],
  ] as const) {
    expect([wrong, tests(YAML.parse(first.replace(right, wrong)))]).toEqual([wrong, false]);
  }
});

test('a variant needs no key, and null takes one away; a plan of its own needs its own', async () => {
  const plan = await validator('plan');
  expect(plan({ extends: 'align-pay.yaml', rewards: { commission: { cap: '5 USD', guarantee: null } } })).toBe(true);
  expect(plan({ extends: 'align-pay.yaml', rewards: { commission: { capp: '5 USD' } } })).toBe(false);
  expect(plan({ plan: 'First' })).toBe(false);
});

test('what YAML makes a number of is valid where a text is meant', async () => {
  const plan = await validator('plan');
  const text =
    'plan: 2026\ncurrency: USD\nperiod: month\nfiscal_year_starts: 04\ncredits: { won: { each: deal, when: true } }\nrewards: { a: { per: won, rate: 0.06 } }\n';
  expect([plan(YAML.parse(text)), plan.errors]).toEqual([true, null]);
  expect(plan(YAML.parse(text.replace('04', '"13"')))).toBe(false);
});

test('keys have their meaning for hover texts', async () => {
  const { stdout } = await run(['schema']);
  const { $defs } = JSON.parse(stdout);
  expect($defs.file.properties.period).toMatchObject({
    description: 'how often people are paid',
    enum: ['month', 'quarter', 'half', 'year'],
  });
});

test('another kind of file is wrong usage', async () => {
  expect((await run(['schema', '--for', 'deals'])).code).toBe(2);
});
