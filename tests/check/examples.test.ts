import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkPlan } from '../../src/check/check.ts';
import { Sink } from '../../src/findings/sink.ts';
import { loadPlan } from '../../src/rules/load/load.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const resolvePath = (from: string, file: string): string => path.posix.join(path.posix.dirname(from), file);

test.each([
  'examples/first-plan/align-pay.yaml',
  'examples/salesforce-export/align-pay.yaml',
  'examples/shared-growth/align-pay.yaml',
  'examples/shared-growth/pilot/both-ways.yaml',
  'examples/shared-growth/pilot/one-pool.yaml',
])('%s raises no warning', (file) => {
  const sink = new Sink();
  const plan = loadPlan(file, read(file), read, { resolvePath }, sink);
  expect(sink.all()).toEqual([]);
  if (plan === undefined) throw new Error('no plan');
  const { findings, unexamined } = checkPlan(plan);
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  expect(unexamined).toEqual([]);
});
