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

  it('nobody is below themselves, though an export may have it so', () => {
    // mia is her own manager, and ana and ben each other's
    const round = 'person_id, department, manager\nmia, lead, mia\nana, sales, ben\nben, sales, ana';
    const own = deals(
      'mia, 2026-01-10, 1, won, new',
      'ana, 2026-01-10, 10, won, new',
      'ben, 2026-01-10, 100, won, new',
    );
    const paid = (scope: string) => pay(plan(`${scope}.bookings`), { deals: own, people: round }).payouts;
    const each = { '2026-Q1 ana bonus': '100.00', '2026-Q1 ben bonus': '10.00' };
    expect(paid('direct_reports')).toEqual(each);
    expect(paid('all_reports')).toEqual(each);
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

  it('a measure that asks for the period’s days reads those of the reward’s, for a group as for oneself', () => {
    const plan = (scope: string): string => `
period: month
${WON}measures:
  a_day: sum(won.amount) / ((period.end - period.start) / 1 days)
groups:
  sales: payee.department == "sales"
rewards:
  bonus: { pay: '${scope}a_day.quarter', prorate: none }
`;
    const tables = {
      people: 'person_id, department\nana, sales',
      deals: deals(
        'ana, 2026-01-10, 9000, won, new',
        'ana, 2026-02-10, 9000, won, new',
        'ana, 2026-03-10, 9000, won, new',
      ),
    };
    // 27,000 in the quarter, over the 30 days between the ends of January and of March, and the 27 of February.
    const expected = { '2026-01 ana bonus': '900.00', '2026-02 ana bonus': '1000.00', '2026-03 ana bonus': '900.00' };
    expect(pay(plan(''), tables).payouts).toEqual(expected);
    expect(pay(plan('sales.'), tables).payouts).toEqual(expected);
  });
});

describe('the team of a line is that of the stay it is paid for', () => {
  const people = `
person_id, department, team, starts_on, ends_on
ana, sales, north, , 2026-02-14
ana, sales, south, 2026-02-15,
ben, sales, north, ,
cem, sales, south, ,`;
  const rows = deals(
    'ana, 2026-01-10, 100, won, new',
    'ana, 2026-03-10, 100, won, new',
    'ben, 2026-01-20, 300, won, new',
    'cem, 2026-01-20, 900, won, new',
  );
  const plan = (reward: string): string => `
period: quarter
groups: { sales: payee.department == "sales" }
${WON}measures: { bookings: sum(won.amount) }
rewards: { bonus: { who: sales, ${reward} } }
`;

  it.each([
    // north came to 400, south to 1000: ana's first deal at 40%, her second at 100%
    ['per: won, rate: 10%, links: { team: { because: b, factor: team.bookings / 1000 USD } }', '14.00'],
    // 45 of 90 days in each
    ['pay: 100 USD, links: { team: { because: b, factor: team.bookings / 1000 USD } }', '70.00'],
    // north's goal is met to 50%, south's to 80%
    ['per: won, rate: 10%, links: { goal: { because: b, factor: result("goal") } }', '13.00'],
  ])('%s', (reward, amount) => {
    const results = 'result, period, value, for\ngoal, 2026-Q1, 50%, north\ngoal, 2026-Q1, 80%, south';
    const { payouts } = pay(plan(reward), { deals: rows, people, results });
    expect(payouts['2026-Q1 ana bonus']).toBe(amount);
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

describe('quotas of a group', () => {
  const people = `
person_id, department, starts_on
ana, sales,
ben, sales, 2026-03-01`;
  const rows = deals('ana, 2026-01-10, 500, won, new', 'ben, 2026-03-10, 100, won, new');
  const plan = (expression: string): string => `
period: month
data: { quotas: { prorate: days } }
groups: { sales: payee.department == "sales" }
${WON}measures: { bookings: sum(won.amount), attainment: bookings / quota(bookings) }
rewards: { bonus: { who: sales, pay: 100 USD, prorate: none, links: { goal: { because: b, factor: ${expression} } } } }
`;
  const quotas = (...lines: string[]): string => `for, period, measure, amount\n${lines.join('\n')}`;

  it('to date: whoever joined later counts from then on', () => {
    // January 500 of ana's 1000; February 500 of 2000; March 600 of 3000 and of ben's 31 of 90 days of 900, which is 310.
    const some = quotas('ana, 2026-Q1, bookings, 3000', 'ben, 2026-Q1, bookings, 900');
    const { payouts } = pay(plan('sales.attainment.ytd'), { deals: rows, people, quotas: some });
    expect(payouts).toEqual({
      '2026-01 ana bonus': '50.00',
      '2026-02 ana bonus': '25.00',
      '2026-03 ana bonus': '18.13',
      '2026-03 ben bonus': '18.13',
    });
  });

  it('its own row lacks for a part: missing, and not the members’ sum', () => {
    const some = quotas(
      'ana, 2026-Q1, bookings, 3000',
      'sales, 2026-01, bookings, 1000',
      'sales, 2026-03, bookings, 1000',
    );
    const { codes, findings } = pay(plan('sales.attainment.quarter'), { deals: rows, people, quotas: some });
    expect(codes).toContain('missing-payout');
    expect(findings[0]?.message).toContain('the quotas of bookings for sales do not cover all of 2026-Q1');
  });
});

describe('quotas to date, for somebody who came later', () => {
  it('each row is reduced by the days in its own period', () => {
    // Here since 16 January. To the end of May: the quarter's row by its own days, 75 of 90 of 900 is 750; then a third of
    // the second quarter's 600 for April and for May. January to March by themselves are 900 by 75 of 90, too.
    const { payouts } = pay(
      `
period: month
data: { quotas: { prorate: days } }
groups: { sales: payee.department == "sales" }
${WON}measures: { bookings: sum(won.amount), target: quota(bookings) }
rewards: { bonus: { who: sales, per: won, rate: 100%, links: { so_far: { because: b, factor: bookings.ytd / target.ytd } } } }
`,
      {
        deals: deals('ana, 2026-03-31, 75, won, new', 'ana, 2026-05-10, 40, won, new'),
        people: 'person_id, department, starts_on\nana, sales, 2026-01-16',
        quotas: 'for, period, measure, amount\nana, 2026-Q1, bookings, 900\nana, 2026-Q2, bookings, 600',
      },
    );
    // March: 75 × 75/750; May: 40 × 115/1150
    expect(payouts).toEqual({ '2026-03 ana bonus': '7.50', '2026-05 ana bonus': '4.00' });
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
