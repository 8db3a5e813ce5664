import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../src/check/check.ts';
import { planOf } from './checking.ts';
import { asSaid, tried } from './counterexamples.ts';

const textOf = (folder: string, file: string): string =>
  readFileSync(path.join(import.meta.dirname, folder, file), 'utf8');
const plansIn = (folder: string): readonly string[] => readdirSync(path.join(import.meta.dirname, folder));

/** The findings that are planted in a plan, each told at the end of its line: `# here: code, code`. */
const planted = (text: string): readonly string[] =>
  text.split('\n').flatMap((line, i) => {
    const [, codes] = /# here: (.*)$/.exec(line) ?? [];
    return codes === undefined ? [] : codes.split(', ').map((code) => `${code} ${i + 1}`);
  });

describe.each(plansIn('planted'))('planted/%s', (file) => {
  const text = textOf('planted', file);
  const plan = planOf(text);
  const { findings } = checkPlan(plan);

  test('has its flaw at the right line, and no other', () =>
    expect(
      findings
        .filter(({ severity }) => severity !== 'note')
        .map(({ code, line }) => `${code} ${line}`)
        .sort(),
    ).toEqual([...planted(text)].sort()));

  test('pays what each counterexample says', () => {
    const cases = findings.flatMap(({ counterexample }) => counterexample?.cases ?? []);
    const tests = asSaid(findings, plan);
    expect(tests === undefined ? { passed: 0, failed: 0 } : tried(tests, text)).toEqual({
      passed: cases.length,
      failed: 0,
    });
  });
});

test.each(plansIn('sound'))('sound/%s raises no warning, and pays what its notes say', (file) => {
  const text = textOf('sound', file);
  const plan = planOf(text);
  const { findings, unexamined } = checkPlan(plan);
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  expect(unexamined).toEqual([]);
  const tests = asSaid(findings, plan);
  expect(tests === undefined ? 0 : tried(tests, text).failed).toBe(0);
});
