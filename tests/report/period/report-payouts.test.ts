import { expect, test } from 'vitest';
import type { Report } from '../../../src/report/period/report.ts';
import { heldReport } from '../../../src/report/period/report-held.ts';
import { REPORTS } from '../../../src/report/period/reports.ts';
import { context, creditReward, line, type Parts, payout, periodResult, person, rowsOf, stayOf } from '../builder.ts';

const commission = creditReward('sales_commission');

const rows = (name: string, payouts: Parameters<typeof periodResult>[1], parts: Parts = {}) => {
  const report = REPORTS.find((each: Report) => each.name === name);
  const result = periodResult('2026-Q1', payouts);
  if (report?.kind !== 'table') throw new Error(`no table ${name}`);
  return rowsOf(report.of(context([result], { rewards: [commission], ...parts }), result));
};

test('someone without a line is paid 0.00 in the department of the last stay', () => {
  const ana = person('ana', 'Ana', 'sales', 'marketing');
  expect(rows('payouts.csv', [payout(ana, commission, [])])).toEqual([
    {
      period: '2026-Q1',
      person_id: 'ana',
      payroll_id: 'p-ana',
      name: 'Ana',
      department: 'marketing',
      team: 'marketing team',
      cost_center: '',
      reward: 'sales_commission',
      amount: '0.00',
      currency: 'USD',
    },
  ]);
});

test('a payout is split by department of its lines, in order of their names', () => {
  const ana = person('ana', 'Ana', 'sales', 'marketing');
  const lines = [line(ana, { base: 100 }), line(ana, { base: 250, stay: stayOf(ana, 1) }), line(ana, { base: -25 })];
  expect(rows('payouts.csv', [payout(ana, commission, lines)]).map((row) => [row.department, row.amount])).toEqual([
    ['marketing', '2.50'],
    ['sales', '0.75'],
  ]);
});

test('amounts have the digits of the currency', () => {
  const ana = person('ana', undefined, 'sales');
  const paid = [payout(ana, commission, [line(ana, { base: 1234567 })])];
  expect(rows('payouts.csv', paid, { digits: 0, currency: 'JPY' })[0]).toMatchObject({ amount: '1234567', name: '' });
  expect(rows('payouts.csv', paid, { digits: 3, currency: 'KWD' })[0]).toMatchObject({ amount: '1234.567' });
});

test('who is held leaves the files of the period and stands in held.csv', () => {
  const ana = person('ana', 'Ana', 'sales');
  const ben = person('ben', 'Ben', 'sales');
  const paid = [ana, ben].map((who) => payout(who, commission, [line(who, { base: 500 })]));
  for (const name of ['payouts.csv', 'lines.csv']) {
    expect(rows(name, paid, { held: ['ana'] }).map((row) => row.person_id)).toEqual(['ben']);
  }
  const held = heldReport(context([periodResult('2026-Q1', paid)], { held: ['ana'] }));
  expect(rowsOf(held)).toEqual([
    { period: '2026-Q1', person_id: 'ana', name: 'Ana', reward: 'sales_commission', amount: '5.00', currency: 'USD' },
  ]);
});
