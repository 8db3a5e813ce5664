import { describe, expect, it } from 'vitest';
import { pay } from '../engine/pay.ts';

const HEAD = `
period: quarter
data: { people: { target_per: quarter }, quotas: { prorate: days } }
groups: { sales: payee.department == "sales", marketing: payee.department == "marketing" }
credits:
  won: { each: deal }
  co: { each: deal, to: company }
measures:
  bookings: sum(won.amount)
  business: sum(co.amount)
  deals_won: count(won)
`;
const deals = (...rows: string[]): string =>
  `deal_id, owner, close_date, amount\n${rows.map((row, i) => `d${i + 1}, ${row}`).join('\n')}`;
const PEOPLE = 'person_id, department, starts_on, ends_on, target_pay\nana, sales, , , 1000\nmia, marketing, , , 1000';
const paid = (rewards: string, rows: Parameters<typeof pay>[1] = {}) =>
  pay(`${HEAD}rewards:\n${rewards}`, { deals: deals('ana, 2026-01-20, 1000'), people: PEOPLE, ...rows });
const linked = (links: string, base = 'pay: 100 USD') =>
  paid(`  r: { who: marketing, ${base}, links: { ${links} } }\n`).payouts['2026-Q1 mia r'] ?? 'nothing';

describe('links', () => {
  it.each([
    ['factor', 'a: { because: x, factor: 93.5% }', '93.50'],
    [
      'a curve: straight between its points',
      'a: { because: x, by: sales.bookings / 1000 USD, curve: { 50%: 0%, 150%: 100% } }',
      '50.00',
    ],
    [
      'flat before the first',
      'a: { because: x, by: sales.bookings / 1000 USD, curve: { 110%: 20%, 150%: 100% } }',
      '20.00',
    ],
    [
      'flat beyond the last',
      'a: { because: x, by: sales.bookings / 1000 USD, curve: { 50%: 20%, 90%: 70% } }',
      '70.00',
    ],
    [
      'beyond: continue',
      'a: { because: x, by: sales.bookings / 1000 USD, curve: { 60%: 20%, 80%: 40% }, beyond: continue }',
      '60.00',
    ],
    [
      'beyond: continue, before the first',
      'a: { because: x, by: sales.bookings / 1000 USD, curve: { 120%: 50%, 140%: 60% }, beyond: continue }',
      '40.00',
    ],
    [
      'shape: step takes the last point reached',
      'a: { because: x, by: sales.bookings / 1000 USD, curve: { 50%: 20%, 100%: 70%, 101%: 90% }, shape: step }',
      '70.00',
    ],
    ['points of money', 'a: { because: x, by: sales.bookings, curve: { 500 USD: 0%, 1500 USD: 100% } }', '50.00'],
    ['a gate that holds', 'a: { because: x, gate: sales.bookings >= 1000 USD }', '100.00'],
    ['a gate that does not', 'a: { because: x, gate: sales.bookings > 1000 USD }', 'nothing'],
    ['otherwise', 'a: { because: x, gate: sales.bookings > 1000 USD, otherwise: 40% }', '40.00'],
    ['when it does not apply: 100%', 'a: { because: x, when: sales.bookings > 1000 USD, factor: 10% }', '100.00'],
    [
      'when it is missing: it does not apply',
      'a: { because: x, when: max(won.amount) > 1000 USD, factor: 10% }',
      '100.00',
    ],
    ['when_missing', 'a: { because: x, by: max(won.amount) / 1 USD, curve: { 1: 1 }, when_missing: 55% }', '55.00'],
    ['at_most, always', 'a: { because: x, factor: 130%, at_most: 110% }', '110.00'],
    ['at_most, unless', 'a: { because: x, factor: 130%, at_most: 110%, unless: sales.bookings >= 1000 USD }', '130.00'],
    [
      'at_most, unless not',
      'a: { because: x, factor: 130%, at_most: 110%, unless: sales.bookings > 1000 USD }',
      '110.00',
    ],
    [
      'at_most holds when_missing down as well',
      'a: { because: x, by: max(won.amount) / 1 USD, curve: { 1: 1 }, when_missing: 155%, at_most: 110% }',
      '110.00',
    ],
    [
      'a missing unless matters only where it would hold',
      'a: { because: x, factor: 90%, at_most: 110%, unless: max(won.amount) > 1 USD }',
      '90.00',
    ],
    ['they multiply', 'a: { because: x, factor: 50% }, b: { because: y, factor: 150% }', '75.00'],
    [
      'weights are blended: 60% × 50% + 40% × 150%',
      'a: { because: x, weight: 60%, factor: 50% }, b: { because: y, weight: 40%, factor: 150% }',
      '90.00',
    ],
    [
      'a link between weighted ones: (60% × 50% + 40% × 150%) × 200%',
      'a: { because: x, weight: 60%, factor: 50% }, c: { because: z, factor: 200% }, b: { because: y, weight: 40%, factor: 150% }',
      '180.00',
    ],
    [
      'a weighted one that does not apply: 60% × 50% + 40% × 100%',
      'a: { because: x, weight: 60%, factor: 50% }, b: { because: y, weight: 40%, factor: 150%, when: false }',
      '70.00',
    ],
  ])('%s', (_, links, amount) => {
    expect(linked(links)).toBe(amount);
  });

  it.each([
    // at (90%, 75%): half-way between the rows 80% and 100%, half-way between the columns 50% and 100%: (0 + 60 + 80 + 110) ÷ 4
    ['straight in both directions', 'sales.bookings / 1000 USD * 0.9', 'sales.bookings / 1000 USD * 0.75', '', '62.50'],
    ['x chooses the row, y the column', '80%', '100%', '', '60.00'],
    ['flat beyond', '5%', '500%', '', '60.00'],
    ['shape: step', '99%', '100%', ', shape: step', '60.00'],
  ])('a matrix: %s', (_, x, y, shape, amount) => {
    expect(
      linked(
        `a: { because: x, by: ['${x}', '${y}'], matrix: { 80%: { 50%: 0%, 100%: 60% }, 100%: { 50%: 80%, 100%: 110% } }${shape} }`,
      ),
    ).toBe(amount);
  });

  it('on a per-credit reward each line is rounded once, after its links', () => {
    const { computation } = paid(
      '  r: { per: won, rate: 1%, links: { a: { because: x, factor: 33% }, b: { because: y, factor: "if(deal.amount > 100 USD, 100%, 300%)" } } }\n',
      {
        deals: deals('ana, 2026-01-01, 50.50', 'ana, 2026-01-02, 1000.10'),
      },
    );
    // 0.505 × 33% × 300% = 0.49995; 10.001 × 33% = 3.30033
    expect(computation?.periods[0]?.payouts[0]?.lines.map(({ amount }) => amount)).toEqual([50, 330]);
  });

  it.each([
    ['a factor below zero', 'a: { because: x, factor: 0 - 1 }', 'factor-out-of-range'],
    ['a payout read by a link', 'a: { because: x, factor: pay(other) / 1 USD }', 'not-allowed-here'],
    ['a column of the payee', 'a: { because: x, factor: payee.target_pay / 1 USD }', 'not-allowed-here'],
  ])('%s is an error', (_, links, code) => {
    expect(paid(`  other: { pay: 1 USD }\n  r: { pay: 1 USD, links: { ${links} } }\n`).codes).toContain(code);
  });
});

describe('cap and guarantee', () => {
  it('the cap holds for the reward’s sum of the period, not for each line', () => {
    const rows = { deals: deals('ana, 2026-01-01, 600', 'ana, 2026-02-01, 600', 'ana, 2026-04-01, 600') };
    expect(paid('  r: { per: won, rate: 10%, cap: 100 USD }\n', rows).payouts).toEqual({
      '2026-Q1 ana r': '100.00',
      '2026-Q2 ana r': '60.00',
    });
  });

  it('the guarantee lifts a sum below zero, too, and holds for everyone in who', () => {
    const rows = {
      deals: 'deal_id, owner, close_date, amount, refund_of\nd1, ana, 2026-01-01, 100,\nr1, ana, 2026-04-01, -100, d1',
    };
    expect(paid('  r: { per: won, rate: 10%, guarantee: 30 USD }\n', rows).payouts).toEqual({
      '2026-Q1 ana r': '30.00',
      '2026-Q1 mia r': '30.00',
      '2026-Q2 ana r': '30.00',
      '2026-Q2 mia r': '30.00',
    });
  });

  it('is read with the columns of the last stay in who, and worth its part by days, rounded', () => {
    const people =
      'person_id, department, starts_on, ends_on, target_pay\nana, sales, 2026-01-16, 2026-02-28, 500\nana, sales, 2026-03-01, , 100.01';
    // 75 of 90 days of 100.01: 83.3416… is 83.34
    expect(paid('  r: { per: won, rate: 100%, cap: payee.target_pay }\n', { people }).payouts).toEqual({
      '2026-Q1 ana r': '83.34',
    });
  });

  it('of half a working time half', () => {
    const people = 'person_id, department, share\nana, sales, 50%';
    expect(paid('  r: { per: won, rate: 100%, cap: 100 USD }\n', { people }).payouts).toEqual({
      '2026-Q1 ana r': '50.00',
    });
  });

  it('a guarantee above the cap is an error', () => {
    expect(paid('  r: { per: won, rate: 1%, cap: 10 USD, guarantee: "bookings * 2" }\n').codes).toContain(
      'guarantee-above-cap',
    );
  });
});

describe('per payee', () => {
  const halves =
    'person_id, department, starts_on, ends_on, target_pay\nana, sales, , 2026-02-14, 1000\nana, marketing, 2026-02-15, , 1000';

  it('money for time: the stay’s part of the period’s days', () => {
    expect(paid('  r: { who: sales, pay: payee.target_pay + 100 USD }\n', { people: halves }).payouts).toEqual({
      '2026-Q1 ana r': '550.00',
    });
  });

  it('a result counts as money for time', () => {
    const results = 'result, period, value, for\nmbo, 2026-Q1, 50%,';
    expect(
      paid('  r: { who: sales, pay: payee.target_pay * result("mbo") }\n', { people: halves, results }).payouts,
    ).toEqual({ '2026-Q1 ana r': '250.00' });
  });

  it('money for what was done, in whatever scope, reads what is dated in the stay, and nothing is multiplied', () => {
    const rows = { people: halves, deals: deals('ana, 2026-01-20, 1000', 'ana, 2026-03-20, 500') };
    expect(
      paid(
        '  a: { who: sales, pay: 1% * bookings }\n  b: { who: marketing, pay: 1% * everyone.bookings }\n  c: { who: sales, pay: 1% * business }\n',
        rows,
      ).payouts,
    ).toEqual({
      '2026-Q1 ana a': '10.00',
      '2026-Q1 ana b': '5.00',
      '2026-Q1 ana c': '10.00',
    });
  });

  it('both at once must say prorate: by days it is the stay’s results times the stay’s part, or in full by the whole period', () => {
    const rows = { people: halves, deals: deals('ana, 2026-01-20, 1000', 'ana, 2026-03-20, 500') };
    const both = (prorate: string): string =>
      `  r: { who: marketing, pay: payee.target_pay * (bookings / 1000 USD)${prorate} }\n`;
    expect(paid(both(''), rows).codes).toContain('missing-prorate');
    // 1000 × 50% × 45/90
    expect(paid(both(', prorate: days'), rows).payouts).toEqual({ '2026-Q1 ana r': '250.00' });
    expect(paid(both(', prorate: none'), rows).payouts).toEqual({ '2026-Q1 ana r': '1500.00' });
    // whoever is in who on the last day: nobody of sales
    expect(paid(both(', prorate: none').replace('marketing', 'sales'), rows).payouts).toEqual({});
  });

  it('when decides whether a payee takes part, and who does not has no guarantee', () => {
    expect(paid('  r: { pay: 10 USD, when: bookings > 0 USD, guarantee: 20 USD }\n').payouts).toEqual({
      '2026-Q1 ana r': '20.00',
    });
  });
});

describe('per credit', () => {
  it('who is paid what is dated while who held', () => {
    const people = 'person_id, department, starts_on, ends_on\nana, sales, , 2026-01-31\nana, marketing, 2026-02-01,';
    const rows = { people, deals: deals('ana, 2026-01-31, 100', 'ana, 2026-02-01, 100') };
    expect(
      paid('  a: { who: sales, per: won, rate: 10% }\n  b: { who: marketing, per: won, rate: 1% }\n', rows).payouts,
    ).toEqual({ '2026-Q1 ana a': '10.00', '2026-Q1 ana b': '1.00' });
  });

  it('of two jobs at once a credit is paid for the first that may be paid for it', () => {
    const people = 'person_id, department, share, target_pay\nana, marketing, 50%, 1\nana, sales, 50%, 2';
    expect(
      paid(
        '  a: { per: won, rate: payee.target_pay / 100 USD }\n  b: { who: sales, per: won, rate: payee.target_pay / 100 USD }\n',
        { people },
      ).payouts,
    ).toEqual({
      '2026-Q1 ana a': '10.00',
      '2026-Q1 ana b': '20.00',
    });
  });

  it('the company’s credits are nobody’s', () => {
    expect(paid('  r: { per: co, rate: 10% }\n').codes).toEqual(['invalid-value']);
  });

  it('every: a longer period, paid at its end', () => {
    const plan = HEAD.replace('period: quarter', 'period: month');
    const { payouts } = pay(
      `${plan}rewards:\n  a: { per: won, rate: 10% }\n  b: { every: quarter, per: won, rate: 1% }\n  c: { every: half, pay: 1% * bookings }\n`,
      {
        deals: deals('ana, 2026-02-20, 1000', 'ana, 2026-06-20, 2000'),
        people: PEOPLE,
      },
    );
    expect(payouts).toEqual({
      '2026-02 ana a': '100.00',
      '2026-03 ana b': '10.00',
      '2026-06 ana a': '200.00',
      '2026-06 ana b': '20.00',
      '2026-06 ana c': '30.00',
    });
  });
});

describe('pools', () => {
  it('the rest goes to the largest remainders, ties in the order of people', () => {
    const people = 'person_id, department\nzoe, x\nana, x\nben, x';
    expect(
      paid('  r: { pool: 100 USD, share_by: 1 }\n', { people, deals: deals('ana, 2026-01-20, 1') }).payouts,
    ).toEqual({
      '2026-Q1 zoe r': '33.34',
      '2026-Q1 ana r': '33.33',
      '2026-Q1 ben r': '33.33',
    });
  });

  it('is rounded before it is shared out', () => {
    expect(paid('  r: { pool: 0.005 * business * 0.001, share_by: bookings }\n').payouts).toEqual({
      '2026-Q1 ana r': '0.01',
    });
  });

  it('with money of the payee and results, share_by must say prorate', () => {
    expect(paid('  r: { pool: 100 USD, share_by: payee.target_pay * (bookings / 1 USD) }\n').codes).toContain(
      'missing-prorate',
    );
  });

  it('has no payee in its expression', () => {
    expect(paid('  r: { pool: bookings * 1%, share_by: 1 }\n').codes).toContain('not-allowed-here');
    expect(paid('  r: { pool: payee.target_pay, share_by: 1 }\n').codes).toContain('not-allowed-here');
  });

  it('when says who takes part: the others’ parts go to those who do', () => {
    expect(paid('  r: { pool: 100 USD, share_by: 1, when: bookings > 0 USD }\n').payouts).toEqual({
      '2026-Q1 ana r': '100.00',
    });
  });
});

describe('rewards that read rewards', () => {
  const PAID = '  base: { who: sales, per: won, rate: 10%, cap: 80 USD }\n';

  it('with their caps; of its own period, or of all shorter ones that end in it', () => {
    const plan = HEAD.replace('period: quarter', 'period: month');
    const rows = { deals: deals('ana, 2026-01-20, 1000', 'ana, 2026-03-20, 500'), people: PEOPLE };
    expect(
      pay(`${plan}rewards:\n${PAID}  more: { who: sales, every: quarter, pay: 10% * pay(base) }\n`, rows).payouts,
    ).toMatchObject({ '2026-03 ana more': '13.00' });
  });

  it('of a longer period it cannot be read', () => {
    const plan = HEAD.replace('period: quarter', 'period: month');
    expect(
      pay(`${plan}rewards:\n  base: { every: quarter, pay: 1 USD }\n  more: { pay: pay(base) }\n`, {
        deals: deals('ana, 2026-01-20, 1'),
      }).codes,
    ).toEqual(['not-allowed-here']);
  });
});

describe('steps', () => {
  const steps = (more: string, list = '[ { up_to: 100%, rate: 5% }, { rate: 10% } ]'): string =>
    `  r: { per: won, rate: { method: marginal, of: quota(bookings), ${more}steps: ${list} } }\n`;
  const quotas = 'for, period, measure, amount\nana, 2026-Q1, bookings, 400';

  it('of must be above zero, else it is missing', () => {
    expect(paid(steps(''), { quotas: quotas.replace('400', '0') }).codes).toContain('missing-payout');
  });

  it('what earlier periods have paid accumulates, and only what the reward pays', () => {
    const plan = HEAD.replace('period: quarter', 'period: month');
    const rows = {
      deals: deals('ana, 2026-01-20, 300', 'ana, 2026-02-20, 300', 'ana, 2026-02-21, 0.01'),
      people: PEOPLE,
      quotas,
    };
    // 300 × 5%; then 100 × 5% + 200 × 10%; and 0.01 × 10%
    expect(pay(`${plan}rewards:\n${steps('accumulate: quarter, ')}`, rows).payouts).toEqual({
      '2026-01 ana r': '15.00',
      '2026-02 ana r': '25.00',
    });
    const some = steps('accumulate: quarter, ').replace('per: won,', 'per: won, when: deal.close_date > 2026-01-31,');
    expect(pay(`${plan}rewards:\n${some}`, rows).payouts).toEqual({ '2026-02 ana r': '15.00' });
  });

  it('below zero, the first step’s rate', () => {
    const rows = {
      deals:
        'deal_id, owner, close_date, amount, refund_of\nd1, ana, 2025-12-20, 1000,\nr1, ana, 2026-01-10, -1000, d1',
      quotas: `${quotas}\nana, 2025-Q4, bookings, 400`,
    };
    // 400 × 5% + 600 × 10% = 80; taken back in another quarter: −1000 × 5%
    expect(paid(steps(''), rows).payouts).toEqual({ '2025-Q4 ana r': '80.00', '2026-Q1 ana r': '-50.00' });
  });

  it('a line that counts nothing has the rate of the step it stands in', () => {
    const plan = `${HEAD.replace('quotas: { prorate: days }', 'quotas: { prorate: days }, deals: { columns: { units: { type: number } } }')}rewards:
  r: { per: won, rate: { method: marginal, counting: deal.units, steps: [ { up_to: 2, rate: 5% }, { rate: 10% } ] } }\n`;
    const rows =
      'deal_id, owner, close_date, amount, units\nd1, ana, 2026-01-01, 100, 2\nd2, ana, 2026-01-02, 100, 0\nd3, ana, 2026-01-03, 100, 1\nd4, ana, 2026-01-04, 100, 0';
    const lines = pay(plan, { deals: rows, people: PEOPLE }).computation?.periods[0]?.payouts[0]?.lines;
    // 5%; at exactly two units still 5%; 10%; 10%
    expect(lines?.map(({ amount }) => amount)).toEqual([500, 500, 1000, 1000]);
  });

  it('retroactive over a year, paid by the quarter: what earlier quarters paid is not touched', () => {
    const rows = {
      deals: deals('ana, 2026-01-20, 300', 'ana, 2026-04-20, 300'),
      quotas: 'for, period, measure, amount\nana, 2026, bookings, 400',
    };
    expect(paid(steps('accumulate: year, ').replace('marginal', 'retroactive'), rows).payouts).toEqual({
      '2026-Q1 ana r': '15.00',
      '2026-Q2 ana r': '30.00',
    });
  });

  it('counting must measure what of measures', () => {
    expect(paid(steps('counting: 1, ')).codes).toContain('counting-mismatch');
  });
});
