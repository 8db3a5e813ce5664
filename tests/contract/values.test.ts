import { describe, expect, it } from 'vitest';
import { pay } from '../engine/pay.ts';

/** What an expression of money comes to on one deal of 100.00 that ana won on 15 January 2026, `margin` and `note` empty. */
const paid = (expression: string, more = ''): string | undefined => {
  const { payouts, codes } = pay(
    `
period: month
${more}
data: { deals: { columns: { margin: { type: money }, units: { type: number }, note: { type: text } } } }
credits:
  won: { each: deal }
rewards:
  r: { per: won, pay: '${expression}' }
`,
    { deals: 'deal_id, owner, close_date, amount, margin, units, note\nd1, ana, 2026-01-15, 100.00, , 3, ' },
  );
  return payouts['2026-01 ana r'] ?? (codes.includes('missing-payout') ? 'missing' : codes[0]);
};

describe('three answers: yes, no, missing', () => {
  const YES = '(deal.amount > 1 USD)';
  const NO = '(deal.amount < 1 USD)';
  const NOT_KNOWN = '(deal.margin > 1 USD)';
  const answer = (condition: string): string | undefined =>
    paid(`if((${condition}) is missing, 3 USD, if(${condition}, 1 USD, 2 USD))`);

  it.each([
    [YES, YES, 'yes', 'yes'],
    [YES, NO, 'no', 'yes'],
    [NO, YES, 'no', 'yes'],
    [NO, NO, 'no', 'no'],
    [YES, NOT_KNOWN, 'missing', 'yes'],
    [NOT_KNOWN, YES, 'missing', 'yes'],
    [NO, NOT_KNOWN, 'no', 'missing'],
    [NOT_KNOWN, NO, 'no', 'missing'],
    [NOT_KNOWN, NOT_KNOWN, 'missing', 'missing'],
  ])('%s with %s: and %s, or %s', (a, b, both, either) => {
    const word = { '1.00': 'yes', '2.00': 'no', '3.00': 'missing' } as Record<string, string>;
    expect(word[answer(`${a} and ${b}`) ?? '']).toBe(both);
    expect(word[answer(`${a} or ${b}`) ?? '']).toBe(either);
  });

  it('not missing is missing', () => {
    expect([answer(`not ${YES}`), answer(`not ${NO}`), answer(`not ${NOT_KNOWN}`)]).toEqual(['2.00', '1.00', '3.00']);
  });
});

describe('missing is contagious', () => {
  it.each([
    'deal.margin + 1 USD',
    'deal.margin * 2',
    'deal.amount / (deal.margin / deal.margin)',
    'deal.amount / 0',
    'deal.amount * (deal.amount / 0 USD)',
    'min(deal.amount, deal.margin)',
    'max(deal.amount, deal.margin)',
    'round(deal.margin)',
    'if(deal.margin > 0 USD, 1 USD, 2 USD)',
    'if(deal.note == "x", 1 USD, 2 USD)',
    'if(deal.note in ["x"], 1 USD, 2 USD)',
    'if(deal.type in ["x", deal.note], 1 USD, 2 USD)',
    'if(lower(deal.note) == "x", 1 USD, 2 USD)',
    'if(contains(deal.note, "x"), 1 USD, 2 USD)',
  ])('%s', (expression) => {
    expect(paid(expression)).toBe('missing');
  });

  it.each([
    ['coalesce(deal.margin, 7 USD)', '7.00'],
    ['coalesce(deal.margin, deal.margin, 8 USD)', '8.00'],
    ['if(deal.margin is missing, 1 USD, 2 USD)', '1.00'],
    ['if(deal.margin is present, 1 USD, 2 USD)', '2.00'],
    ['if(deal.amount > 0 USD, 1 USD, deal.margin)', '1.00'],
    ['if(deal.owner in ["x", deal.note, "ana"], 1 USD, 2 USD)', '1.00'],
  ])('%s is %s', (expression, amount) => {
    expect(paid(expression)).toBe(amount);
  });
});

describe('exact arithmetic', () => {
  it.each([
    ['three thirds are one', 'deal.amount * (1 / 3) * 3', '100.00'],
    ['a tenth and two tenths are three tenths', 'if(0.1 + 0.2 == 0.3, 1 USD, 2 USD)', '1.00'],
    ['a half cent goes up', '0.005 * 1 USD', '0.01'],
    ['just below a half cent does not', '0.00499999999999999999999999999999 * 1 USD', 'reward-pays-nobody'],
    [
      'a literal of thirty digits is kept',
      '(123456789012345678901234567890 - 123456789012345678901234567889) * 1 USD',
      '1.00',
    ],
    ['percent', '6% * 100 USD', '6.00'],
    ['halves below zero go away from zero', '-0.005 * 1 USD', '-0.01'],
  ])('%s', (_, expression, amount) => {
    expect(paid(expression)).toBe(amount);
  });

  it('half_even goes to the even neighbour', () => {
    expect([paid('0.005 * 1 USD', 'rounding: half_even'), paid('0.015 * 1 USD', 'rounding: half_even')]).toEqual([
      'reward-pays-nobody',
      '0.02',
    ]);
  });

  it('params keep their text, not a float', () => {
    expect(paid('(share * 1 USD - 0.1 USD) * 100000000000000000000', 'params: { share: 0.10000000000000000001 }')).toBe(
      '1.00',
    );
  });

  it('money is rounded once for each line, and a payout is the sum of its rounded lines', () => {
    const plan = `
period: month
credits:
  won: { each: deal }
rewards:
  r: { per: won, rate: 10%, links: { half: { because: x, factor: 50% }, double: { because: y, factor: 200% } } }
`;
    // 0.05 × 10% = 0.005 each, halved and doubled again: 0.01 for each of three
    const deals =
      'deal_id, owner, close_date, amount\nd1, ana, 2026-01-01, 0.05\nd2, ana, 2026-01-01, 0.05\nd3, ana, 2026-01-01, 0.05';
    expect(pay(plan, { deals }).payouts).toEqual({ '2026-01 ana r': '0.03' });
  });
});

describe('functions', () => {
  it.each([
    ['round(2.5) * 1 USD', '3.00'],
    ['round(-2.5) * 1 USD', '-3.00'],
    ['round(1.005, 2) * 1 USD', '1.01'],
    ['round(1234.5, -2) * 1 USD', '1200.00'],
    ['round(10 USD / 3)', '3.33'],
    ['round(10.5 USD, 0)', '11.00'],
    ['floor(-0.5) * 1 USD', '-1.00'],
    ['ceil(10 USD / 3)', '3.34'],
    ['floor(10 USD / 3)', '3.33'],
    ['abs(-5 USD)', '5.00'],
    ['min(3, 1, 2) * 1 USD', '1.00'],
    ['year(deal.close_date) * 1 USD', '2026.00'],
    ['quarter(deal.close_date) * 1 USD', '1.00'],
    ['month(deal.close_date) * 1 USD', '1.00'],
    ['((deal.close_date + 20 days) - period.start) / 1 day * 1 USD', '34.00'],
    ['(period.end - period.start) / 1 day * 1 USD', '30.00'],
    ['if(starts_with(deal.owner, "an") and ends_with(deal.owner, "a"), 1 USD, 2 USD)', '1.00'],
    ['if(upper(deal.owner) == "ANA" and lower("ANA") == deal.owner, 1 USD, 2 USD)', '1.00'],
    ['if(deal.owner == "Ana", 1 USD, 2 USD)', '2.00'],
    ['if(deal.close_date == 2026-01-15, 1 USD, 2 USD)', '1.00'],
    ['deal.units * 1.5 USD', '4.50'],
  ])('%s is %s', (expression, amount) => {
    expect(paid(expression)).toBe(amount);
  });

  it('the calendar’s, whenever the fiscal year starts', () => {
    expect(paid('(year(deal.close_date) + quarter(deal.close_date)) * 1 USD', 'fiscal_year_starts: 10')).toBe(
      '2027.00',
    );
  });
});
