import { describe, expect, it } from 'vitest';
import { pay } from '../engine/pay.ts';

const deals = (...rows: string[]): string =>
  `deal_id, owner, close_date, amount, type\n${rows.map((row, i) => `d${i + 1}, ${row}`).join('\n')}`;
const PEOPLE = `
person_id, department, team, manager, starts_on, ends_on
ana, sales, north, mia, , 2026-02-14
ana, marketing, south, mia, 2026-02-15,
ben, sales, south, ana, ,
mia, lead, , , ,`;
const DEALS = deals(
  'ana, 2026-01-10, 1000, new',
  'ana, 2026-02-20, 500, new',
  'ben, 2026-03-01, 200, old',
  'mia, 2026-03-02, 40, new',
);
const plan = (measure: string, reward: string, more = ''): string => `
period: quarter
data: { quotas: { prorate: days } }
groups: { sales: payee.department == "sales", marketing: payee.department == "marketing" }
credits:
  won: { each: deal }
  co: { each: deal, to: company }
measures:
  bookings: sum(won.amount)
  m: ${measure}
${more}
rewards:
  r: { ${reward} }
`;
/** What each person is paid by a link that reads a number, as percent of 100.00. */
const factors = (measure: string, factor: string, who = 'everyone', rows: Parameters<typeof pay>[1] = {}) =>
  pay(plan(measure, `who: ${who}, pay: 100 USD, prorate: none, links: { a: { because: b, factor: '${factor}' } }`), {
    deals: DEALS,
    people: PEOPLE,
    ...rows,
  });
const of = (result: ReturnType<typeof pay>, person: string): string | undefined =>
  result.payouts[`2026-Q1 ${person} r`];

describe('aggregates', () => {
  it.each([
    ['sum(won.amount)', 'bookings / 1000 USD', '150.00'],
    ['sum(won.amount where deal.type == "new")', 'm / 1000 USD', '150.00'],
    ['count(won)', 'm', '200.00'],
    ['count(won where deal.amount > 500 USD)', 'm', '100.00'],
    ['min(won.amount)', 'm / 1000 USD', '50.00'],
    ['max(won.amount)', 'm / 1000 USD', '100.00'],
    ['avg(won.amount)', 'm / 1000 USD', '75.00'],
    ['count_distinct(won.deal.type)', 'm', '100.00'],
    ['sum(co.amount)', 'm / 1000 USD', '174.00'],
  ])('%s, as %s', (measure, factor, amount) => {
    expect(of(factors(measure, factor), 'ana')).toBe(amount);
  });

  it.each([
    ['sum', 'm / 1 USD', 'sum(won.amount where deal.type == "old")', '0'],
    ['count', 'm', 'count(won where deal.type == "old")', '0'],
    ['count_distinct', 'm', 'count_distinct(won.deal.type where deal.type == "old")', '0'],
  ])('%s over nothing is zero', (_, factor, measure) => {
    expect(factors(measure, factor).codes).toEqual([]);
  });

  it.each(['min', 'max', 'avg'])('%s over nothing is missing', (name) => {
    expect(factors(`${name}(won.amount where deal.type == "none")`, 'm / 1 USD').codes).toContain('missing-payout');
  });

  it('a sum over a missing amount is missing, and one that leaves it out is not', () => {
    const margins =
      'deal_id, owner, close_date, amount, margin\nd1, ana, 2026-01-10, 1000, 10\nd2, ana, 2026-01-11, 1000,';
    const text = (measure: string): string =>
      plan(measure, 'pay: m').replace('data: {', 'data: { deals: { columns: { margin: { type: money } } },');
    expect(pay(text('sum(won.deal.margin)'), { deals: margins }).codes).toContain('missing-payout');
    expect(pay(text('sum(won.deal.margin where deal.margin is present)'), { deals: margins }).payouts).toEqual({
      '2026-Q1 ana r': '10.00',
    });
  });
});

describe('scopes', () => {
  it.each([
    ['sales.bookings / 1000 USD', '120.00'],
    ['marketing.bookings / 1000 USD', '50.00'],
    ['everyone.bookings / 1000 USD', '174.00'],
    ['all_reports.bookings / 1000 USD', '20.00'],
  ])('%s', (factor, amount) => {
    expect(of(factors('count(won)', factor), 'ana')).toBe(amount);
  });

  it('a ratio in a group is the ratio of the sums, not the mean of ratios', () => {
    const quotas = 'for, period, measure, amount\nana, 2026-Q1, bookings, 2000\nben, 2026-Q1, bookings, 1000';
    const two = 'person_id, department\nana, sales\nben, sales';
    const rows = { people: two, quotas, deals: deals('ana, 2026-01-10, 1000, x', 'ben, 2026-01-10, 2000, x') };
    // 3000 of 3000, while 50% and 200% would be 125% on the average
    expect(of(factors('bookings / quota(bookings)', 'sales.m', 'everyone', rows), 'ana')).toBe('100.00');
  });

  it('the group’s own quota comes before its members’; members without one are left out; with none it is missing', () => {
    const rows = (...lines: string[]) => ({ quotas: `for, period, measure, amount\n${lines.join('\n')}` });
    const m = (...lines: string[]) => factors('bookings / quota(bookings)', 'sales.m', 'everyone', rows(...lines));
    expect(of(m('sales, 2026-Q1, bookings, 2400', 'ben, 2026-Q1, bookings, 1'), 'mia')).toBe('50.00');
    expect(of(m('ben, 2026-Q1, bookings, 2400'), 'mia')).toBe('50.00');
    // ana has 45 of 90 days in sales
    expect(of(m('ana, 2026-Q1, bookings, 2400', 'ben, 2026-Q1, bookings, 1200'), 'mia')).toBe('50.00');
    expect(m('mia, 2026-Q1, bookings, 1').codes).toContain('missing-payout');
  });

  it('what a reward reads of its payee it reads for the days on which who held', () => {
    const quotas = 'for, period, measure, amount\nana, 2026-Q1, bookings, 2000';
    const people = PEOPLE.replace('ben, sales', 'ben, other');
    const steps = (who: string) =>
      pay(
        plan('bookings / quota(bookings)', `who: ${who}, per: won, rate: 10%, links: { a: { because: b, factor: m } }`),
        { deals: DEALS, people, quotas },
      ).payouts;
    // in sales 1000 of 45/90 of 2000, in marketing 500 of it
    expect(steps('sales')).toEqual({ '2026-Q1 ana r': '100.00' });
    expect(steps('marketing')).toEqual({ '2026-Q1 ana r': '25.00' });
  });

  it('a measure in a scope cannot read the payee’s columns', () => {
    const text = plan(
      'bookings / payee.target_pay',
      'pay: 1 USD, links: { a: { because: b, factor: sales.m } }',
    ).replace('data: {', 'data: { people: { target_per: quarter },');
    expect(pay(text, { deals: DEALS, people: PEOPLE }).codes).toContain('not-allowed-here');
  });
});

describe('stretches of time', () => {
  const yearly = (expression: string, starts = '01') =>
    pay(
      `
period: month
fiscal_year_starts: ${starts}
credits: { won: { each: deal } }
measures: { bookings: sum(won.amount) }
rewards: { r: { pay: 100% * ${expression} } }
`,
      {
        deals: deals(
          'ana, 2025-12-31, 1, x',
          'ana, 2026-01-01, 10, x',
          'ana, 2026-02-28, 100, x',
          'ana, 2026-03-31, 1000, x',
          'ana, 2026-04-01, 10000, x',
        ),
      },
    ).payouts;

  it.each([
    ['bookings.qtd', '01', ['1.00', '10.00', '110.00', '1110.00', '10000.00']],
    ['bookings.ytd', '01', ['1.00', '10.00', '110.00', '1110.00', '11110.00']],
    ['bookings.quarter', '01', ['1.00', '1110.00', '1110.00', '1110.00', '10000.00']],
    ['bookings.year', '01', ['1.00', '11110.00', '11110.00', '11110.00', '11110.00']],
    ['bookings.previous', '01', [undefined, '1.00', '10.00', '100.00', '1000.00']],
    // the fiscal year from February: its quarters are Feb–Apr, ..., Nov–Jan
    ['bookings.qtd', '02', ['1.00', '11.00', '100.00', '1100.00', '11100.00']],
    ['bookings.ytd', '02', ['1.00', '11.00', '100.00', '1100.00', '11100.00']],
    ['bookings.quarter', '02', ['11.00', '11.00', '11100.00', '11100.00', '11100.00']],
    ['bookings.year', '04', ['1111.00', '1111.00', '1111.00', '1111.00', '10000.00']],
  ])('%s in a year from %s', (expression, starts, amounts) => {
    const payouts = yearly(expression, starts);
    expect(['2025-12', '2026-01', '2026-02', '2026-03', '2026-04'].map((month) => payouts[`${month} ana r`])).toEqual(
      amounts,
    );
  });

  it('fiscal periods carry the year they end in', () => {
    const { payouts } = pay(
      `
period: quarter
fiscal_year_starts: 10
credits: { won: { each: deal } }
rewards: { r: { per: won, rate: 100% } }
`,
      { deals: deals('ana, 2025-09-30, 1, x', 'ana, 2025-10-01, 2, x', 'ana, 2026-09-30, 3, x') },
    );
    expect(payouts).toEqual({ '2025-Q4 ana r': '1.00', '2026-Q1 ana r': '2.00', '2026-Q4 ana r': '3.00' });
  });
});

describe('for deal', () => {
  const text = (link: string): string => `
period: month
credits:
  won: { each: deal, when: deal.type != "lost" }
  touched: { each: attribution, share: linear }
  handed: { each: lead }
rewards:
  r: { per: won, rate: 10%, links: { a: { because: b, ${link} } } }
`;
  const rows = {
    deals:
      'deal_id, owner, close_date, amount, type, refund_of\nd1, ana, 2026-01-10, 1000, new, \nd2, ana, 2026-01-11, 1000, new, \nr1, ana, 2026-02-10, -500, new, d1',
    campaigns: 'campaign_id, owner\nc1, mia\nc2, noa',
    attributions: 'deal_id, campaign_id\nd1, c1\nd1, c2',
    leads: 'lead_id, deal_id, assigned_to, assigned_on\nl1, d1, ben, 2027-05-05',
  };

  it.each([
    // two touches make d1's lines worth double, also the one that takes it back; d2 has none
    ['factor: count(touched for deal)', { '2026-01 ana r': '200.00', '2026-02 ana r': '-100.00' }],
    // 1000 was touched, refunds aside
    ['factor: sum(touched.amount for deal) / 1000 USD', { '2026-01 ana r': '100.00', '2026-02 ana r': '-50.00' }],
    [
      'factor: count(touched where campaign.owner == "mia" for deal)',
      { '2026-01 ana r': '100.00', '2026-02 ana r': '-50.00' },
    ],
    // whoever it belongs to and whenever it is dated
    ['factor: count(handed for deal)', { '2026-01 ana r': '100.00', '2026-02 ana r': '-50.00' }],
  ])('%s', (link, payouts) => {
    const found = pay(text(link), rows);
    expect(Object.fromEntries(Object.entries(found.payouts).filter(([key]) => !key.startsWith('2027')))).toEqual(
      payouts,
    );
  });
});

describe('sharing', () => {
  it('a share of 0% is no credit', () => {
    const { payouts } = pay(
      `
period: month
credits: { touched: { each: attribution, share: { position: [100%, 0%, 0%] } } }
rewards: { r: { per: touched, pay: 1 USD } }
`,
      {
        deals: deals('ana, 2026-01-10, 1000, x'),
        campaigns: 'campaign_id, owner\nc1, mia\nc2, noa',
        attributions: 'deal_id, campaign_id, touched_on\nd1, c1, 2026-01-01\nd1, c2, 2026-01-02',
      },
    );
    expect(payouts).toEqual({ '2026-01 mia r': '1.00' });
  });

  it('of an open deal nothing need be known: neither its day nor what share_among makes of it', () => {
    const { payouts, codes } = pay(
      `
period: month
credits: { touched: { each: attribution, when: deal.type == "won", share: first_touch, share_among: attribution.touched_on <= deal.close_date } }
rewards: { r: { per: touched, rate: 100% } }
`,
      {
        deals: deals('ana, 2026-01-10, 1000, won', 'ana, , , open'),
        campaigns: 'campaign_id, owner\nc1, mia',
        attributions: 'deal_id, campaign_id, touched_on\nd1, c1, 2026-01-01\nd2, c1, ',
      },
    );
    expect(codes).toEqual([]);
    expect(payouts).toEqual({ '2026-01 mia r': '1000.00' });
  });

  it('shares that come to less than the whole leave the rest to nobody, rounded as a whole', () => {
    // 3 × 33% of 0.50 is 0.495, so 0.50 in all: 0.165 each, the cents to the first in order
    const { payouts } = pay(
      `
period: month
credits: { touched: { each: attribution, share: attribution.weight } }
rewards: { r: { per: touched, rate: 100% } }
`,
      {
        deals: deals('ana, 2026-01-10, 0.50, x'),
        campaigns: 'campaign_id, owner\nc1, mia\nc2, noa\nc3, ola',
        attributions: 'deal_id, campaign_id, weight\nd1, c1, 33%\nd1, c2, 33%\nd1, c3, 33%',
      },
    );
    expect(payouts).toEqual({ '2026-01 mia r': '0.17', '2026-01 noa r': '0.17', '2026-01 ola r': '0.16' });
  });
});
