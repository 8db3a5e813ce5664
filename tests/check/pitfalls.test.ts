import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../src/check/check.ts';
import type { CheckFinding } from '../../src/check/levels.ts';
import { counterexampleLines } from '../../src/report/check/check-example.ts';
import { counterexampleTests } from '../../src/report/check/check-tests.ts';
import { findingsText } from '../../src/report/findings/findings-text.ts';
import { PLAIN } from '../../src/report/terminal/style.ts';
import type { Plan } from '../../src/rules/plan.ts';
import { planOf } from './checking.ts';
import { asSaid, tried } from './counterexamples.ts';

const folder = path.join(import.meta.dirname, 'pitfalls');
const read = (name: string, file: string): string => readFileSync(path.join(folder, name, file), 'utf8');

const shownAs = (findings: readonly CheckFinding[], plan: Plan, text: string): string =>
  findingsText(findings, {
    style: PLAIN,
    width: 100,
    textOf: () => text,
    below: (finding: CheckFinding) =>
      finding.counterexample === undefined ? [] : counterexampleLines(finding.counterexample, plan, 100),
  });

describe.each(readdirSync(folder))('%s', (name) => {
  const text = read(name, 'plan.yaml');
  const plan = planOf(text);
  const [, code = ''] = /# here: (\S+)/.exec(text) ?? [];
  const line = text.slice(0, text.indexOf('# here:')).split('\n').length;
  const { findings } = checkPlan(plan);
  const found = findings.filter((finding) => finding.code === code);

  test('is found at its line, and is the only warning', async () => {
    const serious = findings.filter(({ severity }) => severity !== 'note');
    expect(serious.map((finding) => `${finding.code} ${finding.line}`)).toEqual([`${code} ${line}`]);
    await expect(shownAs(found, plan, text)).toMatchFileSnapshot(path.join(folder, name, 'finding.txt'));
  });

  test('what is said to be paid is paid', () => {
    const tests = asSaid(found, plan);
    const cases = found.flatMap(({ counterexample }) => counterexample?.cases ?? []);
    expect(tests === undefined ? undefined : tried(tests, text)).toEqual({ passed: cases.length, failed: 0 });
  });

  test('its tests fail, and pass when the plan is mended as the finding says', () => {
    const tests = counterexampleTests(found, plan, { planPath: 'align-pay.yaml', shown: (file) => file }) ?? '';
    const mended = read(name, 'mended.yaml');
    expect(tried(tests, text)).toMatchObject({ passed: 0 });
    expect(tried(tests, mended)).toMatchObject({ failed: 0 });
    expect(checkPlan(planOf(mended)).findings.filter((finding) => finding.severity !== 'note')).toEqual([]);
  });
});
