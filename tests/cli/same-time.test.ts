import { describe, expect, it, test } from 'vitest';
import { run, scratch } from './run.ts';

// 10% of what was won: 1,000 and 2,000 in the first quarter, 500 and 800 in the second. By the half it is all paid in the
// second: over 2026-Q2 alone 4,300 would stand against 1,300, +231%, for the same pay.
const FILES = {
  'align-pay.yaml': `plan: Hand
currency: USD
period: quarter
credits: { won: { each: deal, when: deal.stage == "won" } }
rewards:
  commission: { per: won, rate: 10% }
`,
  'half.yaml': 'extends: align-pay.yaml\nperiod: half\n',
  'month.yaml': 'extends: align-pay.yaml\nperiod: month\n',
  'yearly.yaml': 'extends: align-pay.yaml\nrewards: { commission: { every: year } }\n',
  'spring.yaml': 'extends: align-pay.yaml\nfiscal_year_starts: 02\n',
  'eur.yaml': 'extends: align-pay.yaml\ncurrency: EUR\n',
  'deals.csv': `deal_id,owner,close_date,amount,stage
d1,sam,2026-01-10,10000.00,won
d2,sue,2026-02-10,20000.00,won
d3,sam,2026-04-10,5000.00,won
d4,sue,2026-05-10,8000.00,won
`,
};

const pilot = (...args: string[]) => run(['pilot', 'align-pay.yaml', ...args, '--draws', '0'], { cwd: scratch(FILES) });

describe('variants are paid for the same time as the plan as it is', () => {
  it.each([
    [
      ['half.yaml', '--period', '2026-Q2'],
      'half.yaml pays by the half, and 2026-Q2 is not made of whole ones: the two would be paid for different times; ask for --period 2026-H1',
    ],
    [['half.yaml', '--period', '2026-Q2..2026-Q3'], 'ask for --period 2026-H1..2026-H2'],
    [['yearly.yaml'], 'yearly.yaml pays commission by the year, and 2026-Q1..2026-Q2 is not made of whole ones'],
    [['--vary', 'commission.every=half,year'], 'commission.every=year pays commission by the year'],
    [['spring.yaml'], 'the fiscal years of the two begin in different months'],
    [['eur.yaml'], "eur.yaml pays in EUR, today's plan in USD"],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await pilot(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it.each([
    [['half.yaml', '--period', '2026-H1']],
    [['half.yaml']],
    [['month.yaml', '--period', '2026-Q1']],
    [['yearly.yaml', '--period', '2026']],
    [['--vary', 'commission.every=half']],
  ])('%j pays the same, and nobody gains or loses', async (args) => {
    const { code, stdout } = await pilot(...args, '--format', 'json');
    const { today, variants } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(variants[0].figures.paid.people).toEqual(today.figures.paid.people);
  });
});

test('a difference is of the same time and money, too', async () => {
  const diff = (file: string, ...args: string[]) =>
    run(['diff', 'align-pay.yaml', file, '--with-data', ...args], { cwd: scratch(FILES) });
  const half = await diff('half.yaml', '--period', '2026-Q2');
  expect(half).toMatchObject({ code: 2, stdout: '' });
  expect(half.stderr).toContain('the new plan pays by the half, and 2026-Q2 is not made of whole ones');
  const yearly = await diff('yearly.yaml');
  expect(yearly.stderr).toContain('the new plan pays commission by the year, and 2026-Q1..2026-Q2');
  expect((await diff('eur.yaml')).stderr).toContain('the new plan pays in EUR, the old plan in USD');
  expect(await diff('half.yaml')).toMatchObject({ code: 0, stderr: '' });
});
