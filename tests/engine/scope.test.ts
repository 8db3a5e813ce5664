import { describe, expect, it } from 'vitest';
import { pay } from './pay.ts';

const WON = 'credits:\n  won: { each: deal, when: deal.stage == "won" }\n';
const deals = (...rows: string[]): string =>
  `deal_id, owner, close_date, amount, stage, type\n${rows.map((row, i) => `d${i + 1}, ${row}`).join('\n')}`;

describe('scopes', () => {
  const people = `
person_id, department, team, manager, starts_on, ends_on
ana, sales, north, mia, , 2026-02-14
ana, sales, south, mia, 2026-02-15,
ben, sales, south, ana, ,
mia, lead, , , ,`;
  const rows = deals(
    'ana, 2026-01-10, 1000, won, new',
    'ana, 2026-02-20, 500, won, new',
    'ben, 2026-03-01, 200, won, new',
  );
  const plan = (expression: string, who = 'everyone'): string => `
period: quarter
${WON}measures:
  bookings: sum(won.amount)
groups:
  sales: payee.department == "sales"
  north: payee.team == "north"
rewards:
  bonus: { who: ${who}, pay: '${expression} * 100%', prorate: none }
`;

  it.each([
    ['sales.bookings', { ana: '1700.00', ben: '1700.00', mia: '1700.00' }],
    ['north.bookings', { ana: '1000.00', ben: '1000.00', mia: '1000.00' }],
    ['everyone.bookings', { ana: '1700.00', ben: '1700.00', mia: '1700.00' }],
    // By the stay on the period's last day everyone but mia is in the south, where 500 + 200 were credited.
    ['coalesce(team.bookings, 0 USD)', { ana: '700.00', ben: '700.00' }],
    ['direct_reports.bookings', { ana: '200.00', mia: '1500.00' }],
    ['all_reports.bookings', { ana: '200.00', mia: '1700.00' }],
    ['bookings', { ana: '1500.00', ben: '200.00' }],
  ])('%s', (expression, expected) => {
    const { payouts } = pay(plan(expression), { deals: rows, people });
    expect(payouts).toEqual(
      Object.fromEntries(Object.entries(expected).map(([who, amount]) => [`2026-Q1 ${who} bonus`, amount])),
    );
  });

  it('team of somebody without one is missing, and the run fails rather than pay zero', () => {
    const { codes } = pay(plan('team.bookings'), { deals: rows, people });
    expect(codes).toEqual(['missing-payout']);
  });
});

describe('stretches of time', () => {
  const rows = deals(
    'ana, 2025-12-10, 1, won, new',
    'ana, 2026-01-10, 10, won, new',
    'ana, 2026-02-10, 100, won, new',
    'ana, 2026-04-10, 1000, won, new',
  );
  const plan = (expression: string): string => `
period: month
${WON}measures:
  bookings: sum(won.amount)
rewards:
  bonus: { pay: '${expression} * 100%' }
`;

  it.each([
    ['bookings', { '2025-12': '1.00', '2026-01': '10.00', '2026-02': '100.00', '2026-04': '1000.00' }],
    [
      'bookings.qtd',
      { '2025-12': '1.00', '2026-01': '10.00', '2026-02': '110.00', '2026-03': '110.00', '2026-04': '1000.00' },
    ],
    [
      'bookings.ytd',
      { '2025-12': '1.00', '2026-01': '10.00', '2026-02': '110.00', '2026-03': '110.00', '2026-04': '1110.00' },
    ],
    [
      'bookings.quarter',
      { '2025-12': '1.00', '2026-01': '110.00', '2026-02': '110.00', '2026-03': '110.00', '2026-04': '1000.00' },
    ],
    [
      'bookings.year',
      { '2025-12': '1.00', '2026-01': '1110.00', '2026-02': '1110.00', '2026-03': '1110.00', '2026-04': '1110.00' },
    ],
    ['bookings.previous', { '2026-01': '1.00', '2026-02': '10.00', '2026-03': '100.00' }],
  ])('%s', (expression, expected) => {
    const { payouts } = pay(plan(expression), { deals: rows });
    expect(payouts).toEqual(
      Object.fromEntries(Object.entries(expected).map(([period, amount]) => [`${period} ana bonus`, amount])),
    );
  });

  it('a quota to date is the sum of its periods', () => {
    const text = `
period: month
${WON}measures:
  bookings: sum(won.amount)
  attainment: bookings / quota(bookings)
rewards:
  bonus: { pay: 1000 USD * attainment.ytd }
`;
    const { payouts } = pay(text, {
      deals: rows,
      quotas:
        'for, period, measure, amount\nana, 2025, bookings, 12\nana, 2026-Q1, bookings, 330\nana, 2026-04, bookings, 70',
    });
    // 2025-12: 1 of 12 over twelve months; January 10 of 110, February 110 of 220, March 110 of 330, April 1110 of 400.
    expect(payouts).toEqual({
      '2025-12 ana bonus': '83.33',
      '2026-01 ana bonus': '90.91',
      '2026-02 ana bonus': '500.00',
      '2026-03 ana bonus': '333.33',
      '2026-04 ana bonus': '2775.00',
    });
  });
});

describe('aggregates', () => {
  const rows = `
deal_id, owner, close_date, amount, stage, type, account, refund_of
d1, ana, 2026-01-10, 100, won, new, Acme,
d2, ana, 2026-01-11, 300, won, new, Acme,
d3, ana, 2026-01-12, 50, won, renewal, Bolt,
r1, ana, 2026-02-01, -20, won, renewal, Bolt, d3
r2, ana, 2026-02-02, -30, won, renewal, Bolt, d3`;
  const plan = (expression: string): string => `
period: quarter
${WON}rewards:
  bonus: { pay: '${expression}' }
`;

  it.each([
    ['sum(won.amount)', '400.00'],
    ['1 USD * count(won)', '2.00'],
    ['avg(won.amount)', '150.00'],
    ['min(won.amount)', '50.00'],
    ['max(won.amount)', '300.00'],
    ['1 USD * count_distinct(won.deal.account)', '1.00'],
    ['sum(won.amount where deal.type == "renewal") + 1 USD', '1.00'],
  ])('%s', (expression, amount) => {
    expect(pay(plan(expression), { deals: rows }).payouts).toEqual({ '2026-Q1 ana bonus': amount });
  });

  it('an average over nothing is missing, a sum is zero', () => {
    expect(pay(plan('avg(won.amount where deal.type == "none")'), { deals: rows }).codes).toContain('missing-payout');
    expect(pay(plan('sum(won.amount where deal.type == "none")'), { deals: rows }).payouts).toEqual({});
  });
});

describe('quotas', () => {
  const plan = `
period: quarter
${WON}measures:
  bookings: sum(won.amount)
rewards:
  bonus: { pay: quota(bookings) * 1% }
`;
  const rows = deals('ana, 2026-01-10, 1000, won, new');
  const quota = (...lines: string[]) =>
    pay(plan, {
      deals: rows,
      quotas: `for, period, measure, amount\n${lines.map((line) => `ana, ${line}`).join('\n')}`,
    });

  it.each([
    ['the row for exactly that period', ['2026-Q1, bookings, 90000', '2026, bookings, 1'], '900.00'],
    [
      'the sum of shorter ones',
      ['2026-01, bookings, 10000', '2026-02, bookings, 20000', '2026-03, bookings, 30000'],
      '600.00',
    ],
    ['its part of the smallest around', ['2026-H1, bookings, 200000', '2026, bookings, 1'], '1000.00'],
    ['its part of the year', ['2026, bookings, 400000'], '1000.00'],
  ])('%s', (_, lines, amount) => {
    expect(quota(...lines).payouts).toEqual({ '2026-Q1 ana bonus': amount });
  });

  it('with one of the shorter rows lacking it is missing', () => {
    expect(quota('2026-01, bookings, 10000', '2026-03, bookings, 30000').codes).toEqual(['missing-payout']);
  });
});

describe('results', () => {
  const people = 'person_id, department, team\nana, sales, north\nben, sales, south\ncem, sales, ';
  const plan = (expression: string): string => `
period: quarter
groups: { sales: payee.department == "sales" }
${WON}rewards:
  bonus: { who: sales, pay: '1000 USD * ${expression}' }
`;
  const rows = deals('ana, 2026-01-10, 1000, won, new');

  it('the payee’s own, else the team’s, else the company’s', () => {
    const results = 'result, period, value, for\nmbo, 2026-Q1, 0.9, ana\nmbo, 2026-Q1, 80%, south\nmbo, 2026-Q1, 0.5,';
    expect(pay(plan('result("mbo")'), { deals: rows, people, results }).payouts).toEqual({
      '2026-Q1 ana bonus': '900.00',
      '2026-Q1 ben bonus': '800.00',
      '2026-Q1 cem bonus': '500.00',
    });
  });

  it('is missing for any other period', () => {
    const results = 'result, period, value, for\nmbo, 2026, 0.9,';
    expect(pay(plan('result("mbo")'), { deals: rows, people, results }).codes).toContain('missing-payout');
  });

  it('in a scope the group’s row, else the company’s', () => {
    const results = 'result, period, value, for\nmbo, 2026-Q1, 0.25, sales\nmbo, 2026-Q1, 0.5,';
    expect(pay(plan('sales.result("mbo")'), { deals: rows, people, results }).payouts['2026-Q1 cem bonus']).toBe(
      '250.00',
    );
    expect(pay(plan('everyone.result("mbo")'), { deals: rows, people, results }).payouts['2026-Q1 cem bonus']).toBe(
      '500.00',
    );
  });
});
