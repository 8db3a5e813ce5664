import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { run, scratch } from '../cli/run.ts';
import { blocksOf } from './blocks.ts';

/** An example begins with its plan and ends with its payouts. */
const examples: { line: number; files: Record<string, string>; payouts: string }[] = [];
for (const { name, text, line } of blocksOf('docs/language.md')) {
  if (name === 'align-pay.yaml') examples.push({ line, files: {}, payouts: '' });
  const last = examples.at(-1);
  if (last === undefined) continue;
  if (name === 'payouts') last.payouts = text;
  else last.files[name] = text;
}

describe('every example of the language reference pays what it says', () => {
  test('there are examples', () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  test.each(examples.map((example) => [example.line, example] as const))('line %i', async (_, { files, payouts }) => {
    const cwd = scratch(files);
    const deals = Object.keys(files).filter((name) => name === 'deals.csv');
    const { code, stderr } = await run(['compute', ...deals, '--quiet'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (files['align-pay.test.yaml'] !== undefined) expect((await run(['test'], { cwd })).code).toBe(0);
    if (files['align-pay.yaml']?.includes('\nchecks:')) {
      expect((await run(['check'], { cwd })).stdout).not.toContain('unused-exception');
    }
    const paid = readdirSync(path.join(cwd, 'payouts')).flatMap((period) => {
      const rows: Record<string, string>[] = parse(readFileSync(path.join(cwd, 'payouts', period, 'payouts.csv')), {
        columns: true,
      });
      return rows
        .filter(({ amount }) => Number(amount) !== 0)
        .map(({ person_id, reward, amount }) => [period, person_id, reward, amount].join(','));
    });
    expect(paid.sort()).toEqual(payouts.trim().split('\n').sort());
  });
});
