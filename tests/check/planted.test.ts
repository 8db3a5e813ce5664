import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../src/check/check.ts';
import { counterexampleData } from '../../src/report/check/check-example.ts';
import { run, scratch } from '../cli/run.ts';
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

  test('pays what each counterexample says, of files with its rows', async () => {
    for (const { counterexample } of findings) {
      const { cases } = counterexample === undefined ? { cases: [] } : counterexampleData(counterexample, plan);
      for (const { name, period, tables, heads, paid } of cases) {
        const files: Record<string, string> = { 'align-pay.yaml': asCanonical(text), 'deals.csv': NO_DEALS };
        for (const [table, head] of Object.entries(heads)) {
          const lines = (tables[table] ?? []).map((row) => head.map((column) => row[column] ?? '').join());
          files[`${table}.csv`] = [head.join(), ...lines, ''].join('\n');
        }
        const { stdout } = await run(['compute', 'deals.csv', '--period', period, '--format', 'json'], {
          cwd: scratch(files),
        });
        const { payouts = [] } = JSON.parse(stdout) as { payouts?: Payout[] };
        const got = paid.map(({ person, reward }) => ({
          person,
          reward,
          amount: payouts.find((one) => one.person_id === person && one.reward === reward)?.amount ?? '0.00',
        }));
        expect(got, name).toEqual(paid);
      }
    }
  });
});

interface Payout {
  readonly person_id: string;
  readonly reward: string;
  readonly amount: string;
}

const NO_DEALS = 'deal_id,owner,close_date,amount,stage\n';

/** Counterexamples have the language's own columns, whatever file a plan reads. */
const asCanonical = (text: string): string => text.replace(/^ {2}deals: .*preset: salesforce.*\n/m, '');

test.each(plansIn('sound'))('sound/%s raises no warning, and pays what its notes say', (file) => {
  const text = textOf('sound', file);
  const plan = planOf(text);
  const { findings, unexamined } = checkPlan(plan);
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  expect(unexamined).toEqual([]);
  const tests = asSaid(findings, plan);
  expect(tests === undefined ? 0 : tried(tests, text).failed).toBe(0);
});
