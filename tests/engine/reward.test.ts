import { describe, expect, it } from 'vitest';
import { pay } from './pay.ts';

const WON = 'credits:\n  won: { each: deal, when: deal.stage == "won" }\n';
const MEASURES = 'measures:\n  bookings: sum(won.amount)\n';
const deals = (...rows: string[]): string =>
  `deal_id, owner, close_date, amount, stage, type\n${rows.map((row, i) => `d${i + 1}, ${row}`).join('\n')}`;

describe('steps', () => {
  const plan = (rate: string, period = 'quarter'): string => `
period: ${period}
${WON}${MEASURES}rewards:
  commission:
    per: won
${rate}
`;
  const marginal = `    rate:
      method: marginal
      steps:
        - { up_to: 1000 USD, rate: 5% }
        - { rate: 10% }`;

  it('marginal: the part beyond the threshold at the next rate', () => {
    // 800 × 5% = 40; 200 × 5% + 300 × 10% = 40; 100 × 10%
    const { payouts, computation } = pay(plan(marginal), {
      deals: deals('ana, 2026-01-01, 800, won,', 'ana, 2026-01-02, 500, won,', 'ana, 2026-01-03, 100, won,'),
    });
    expect(payouts).toEqual({ '2026-Q1 ana commission': '90.00' });
    expect(computation?.periods[0]?.payouts[0]?.lines.map((line) => line.amount)).toEqual([4000, 4000, 1000]);
  });

  it('marginal: lines go by date, then row', () => {
    const { computation } = pay(plan(marginal), {
      deals: deals('ana, 2026-01-03, 1000, won,', 'ana, 2026-01-01, 600, won,', 'ana, 2026-01-03, 400, won,'),
    });
    expect(computation?.periods[0]?.payouts[0]?.lines.map((line) => line.amount)).toEqual([3000, 8000, 4000]);
  });

  it('marginal: a refund walks back down the same steps', () => {
    const rows = `
deal_id, owner, close_date, amount, stage, refund_of
d1, ana, 2026-01-01, 1500, won,
r1, ana, 2026-02-01, -700, won, d1`;
    // 1000 × 5% + 500 × 10% = 100; back: 500 × 10% + 200 × 5% = 60
    expect(pay(plan(marginal), { deals: rows }).payouts).toEqual({ '2026-Q1 ana commission': '40.00' });
  });

  it('up_to holds its end, below does not', () => {
    const retro = (edge: string): string => `    rate:
      method: retroactive
      steps:
        - { ${edge}: 1000 USD, rate: 5% }
        - { rate: 10% }`;
    const rows = deals('ana, 2026-01-01, 1000, won,');
    expect(pay(plan(retro('up_to')), { deals: rows }).payouts).toEqual({ '2026-Q1 ana commission': '50.00' });
    expect(pay(plan(retro('below')), { deals: rows }).payouts).toEqual({ '2026-Q1 ana commission': '100.00' });
  });

  it('retroactive over a quarter, paid by the month: what earlier months paid is not touched', () => {
    const rate = `    rate:
      method: retroactive
      accumulate: quarter
      steps:
        - { up_to: 1000 USD, rate: 5% }
        - { rate: 10% }`;
    const rows = deals(
      'ana, 2026-01-10, 800, won,',
      'ana, 2026-02-10, 100, won,',
      'ana, 2026-02-11, 200, won,',
      'ana, 2026-04-01, 500, won,',
    );
    expect(pay(plan(rate, 'month'), { deals: rows }).payouts).toEqual({
      '2026-01 ana commission': '40.00',
      '2026-02 ana commission': '30.00',
      '2026-04 ana commission': '25.00',
    });
  });

  it('accumulate: none lets every line stand alone', () => {
    const rate = marginal.replace('method: marginal', 'method: marginal\n      accumulate: none');
    expect(
      pay(plan(rate), { deals: deals('ana, 2026-01-01, 800, won,', 'ana, 2026-01-02, 1500, won,') }).payouts,
    ).toEqual({ '2026-Q1 ana commission': '140.00' });
  });

  it('money a unit: ten dollars for each of the first two deals, fifteen from then on', () => {
    const rate = `    pay:
      method: marginal
      counting: 1
      steps:
        - { up_to: 2, rate: 10 USD }
        - { rate: 15 USD }`;
    const rows = deals('ana, 2026-01-01, 1, won,', 'ana, 2026-01-02, 1, won,', 'ana, 2026-01-03, 1, won,');
    expect(pay(plan(rate), { deals: rows }).payouts).toEqual({ '2026-Q1 ana commission': '35.00' });
  });

  it('pay per credit: taken back by the refund that completes the taking back', () => {
    const rows = `
deal_id, owner, close_date, amount, stage, refund_of
d1, ana, 2026-01-01, 1500, won,
d2, ana, 2026-01-01, 100, won,
r1, ana, 2026-04-01, -700, won, d1
r2, ana, 2026-07-01, -800, won, d1`;
    expect(pay(plan('    pay: 50 USD'), { deals: rows }).payouts).toEqual({
      '2026-Q1 ana commission': '100.00',
      '2026-Q3 ana commission': '-50.00',
    });
  });

  it('thresholds as shares of a quota, and a quota that nobody set', () => {
    const rate = `    rate:
      method: marginal
      of: quota(bookings)
      steps:
        - { up_to: 100%, rate: 5% }
        - { rate: 10% }`;
    const rows = deals('ana, 2026-01-01, 1500, won,');
    const quotas = 'for, period, measure, amount\nana, 2026-Q1, bookings, 1000';
    expect(pay(plan(rate), { deals: rows, quotas }).payouts).toEqual({ '2026-Q1 ana commission': '100.00' });
    expect(pay(plan(rate), { deals: rows, quotas: quotas.replace('ana', 'ben') }).codes).toContain('missing-payout');
    expect(pay(plan(rate), { deals: rows, quotas: quotas.replace('1000', '0') }).codes).toContain('missing-payout');
  });
});

describe('tables and curves as rates', () => {
  const plan = (rate: string): string => `
period: quarter
${WON}rewards:
  commission: { per: won, rate: ${rate} }
`;
  const rows = deals(
    'ana, 2026-01-01, 100, won, new',
    'ben, 2026-01-01, 100, won, other',
    'cem, 2026-01-01, 100, won,',
  );

  it('a table, with else for what it lacks and for a missing value', () => {
    expect(pay(plan('{ by: deal.type, table: { new: 4% }, else: 1% }'), { deals: rows }).payouts).toEqual({
      '2026-Q1 ana commission': '4.00',
      '2026-Q1 ben commission': '1.00',
      '2026-Q1 cem commission': '1.00',
    });
  });

  it('without else that is missing', () => {
    expect(pay(plan('{ by: deal.type, table: { new: 4% } }'), { deals: rows }).codes).toContain('missing-payout');
  });

  it('a curve between 100.00 and 300.00', () => {
    const curve = '{ by: deal.amount, curve: { 100 USD: 2%, 300 USD: 6% } }';
    const amounts = deals('ana, 2026-01-01, 50, won,', 'ben, 2026-01-01, 150, won,', 'cem, 2026-01-01, 400, won,');
    expect(pay(plan(curve), { deals: amounts }).payouts).toEqual({
      '2026-Q1 ana commission': '1.00',
      '2026-Q1 ben commission': '4.50',
      '2026-Q1 cem commission': '24.00',
    });
  });
});

describe('links', () => {
  const plan = (links: string): string => `
period: quarter
${WON}rewards:
  bonus:
    pay: 1000 USD
    links:
${links}
`;
  const rows = deals(
    'ana, 2026-01-01, 100, won, new',
    'ana, 2026-01-02, 100, won, new',
    'ana, 2026-01-03, 100, won, old',
  );
  // ana: three deals, two of them new
  const count = 'count(won)';
  const fresh = 'count(won where deal.type == "new")';
  const paid = (links: string) => pay(plan(links), { deals: rows }).payouts['2026-Q1 ana bonus'] ?? '0';

  it.each([
    ['a factor', `      a: { because: x, factor: 110% }`, '1100.00'],
    ['links multiply', `      a: { because: x, factor: 110% }\n      b: { because: y, factor: 50% }`, '550.00'],
    ['a gate', `      a: { because: x, gate: ${count} >= 4 }`, '0'],
    ['a gate with otherwise', `      a: { because: x, gate: ${count} >= 4, otherwise: 25% }`, '250.00'],
    ['a curve', `      a: { because: x, by: ${count}, curve: { 1: 0%, 5: 100% } }`, '500.00'],
    [
      'a curve in steps takes the last point reached',
      `      a: { because: x, by: ${count}, curve: { 1: 10%, 3: 60%, 4: 100% }, shape: step }`,
      '600.00',
    ],
    ['flat beyond the last point', `      a: { because: x, by: ${count}, curve: { 1: 50%, 2: 80% } }`, '800.00'],
    ['or continued', `      a: { because: x, by: ${count}, curve: { 1: 50%, 2: 80% }, beyond: continue }`, '1100.00'],
    [
      'a matrix at its points',
      `      a: { because: x, by: ['${count}', '${fresh}'], matrix: { 1: { 1: 0%, 2: 50% }, 3: { 1: 80%, 2: 90% } } }`,
      '900.00',
    ],
    [
      'a matrix between them',
      `      a: { because: x, by: ['${count}', '${fresh}'], matrix: { 1: { 1: 0%, 3: 50% }, 5: { 1: 80%, 3: 100% } } }`,
      '575.00',
    ],
    [
      'a matrix in steps',
      `      a: { because: x, by: ['${count}', '${fresh}'], matrix: { 1: { 1: 0%, 3: 50% }, 5: { 1: 80%, 3: 100% } }, shape: step }`,
      '0',
    ],
    ['when false: it does not apply', `      a: { because: x, when: ${count} > 10, factor: 10% }`, '1000.00'],
    ['held down', `      a: { because: x, factor: 150%, at_most: 100% }`, '1000.00'],
    [
      'unless the other side has reached its goal',
      `      a: { because: x, factor: 150%, at_most: 100%, unless: ${count} >= 3 }`,
      '1500.00',
    ],
    [
      'weights blend',
      `      a: { because: x, weight: 60%, factor: 50% }\n      b: { because: y, weight: 40%, factor: 200% }`,
      '1100.00',
    ],
    [
      'a blend stands at the place of its first',
      `      a: { because: x, weight: 50%, factor: 0% }\n      c: { because: z, factor: 50% }\n      b: { because: y, weight: 50%, factor: 100% }`,
      '250.00',
    ],
  ])('%s', (_, links, amount) => {
    expect(paid(links)).toBe(amount);
  });

  it('when_missing says what then; without it the run fails', () => {
    const link = `      a: { because: x, by: ${fresh} / count(won where deal.type == "gone"), curve: { 0%: 0%, 100%: 100% }`;
    expect(paid(`${link}, when_missing: 90% }`)).toBe('900.00');
    expect(pay(plan(`${link} }`), { deals: rows }).codes).toContain('missing-payout');
  });

  it('an unless that is missing matters only where the factor would be held', () => {
    const unless = `count(won) / count(won where deal.type == "gone") > 1`;
    expect(paid(`      a: { because: x, factor: 90%, at_most: 100%, unless: '${unless}' }`)).toBe('900.00');
    expect(
      pay(plan(`      a: { because: x, factor: 110%, at_most: 100%, unless: '${unless}' }`), { deals: rows }).codes,
    ).toContain('missing-payout');
  });

  it('a factor below zero is an error', () => {
    expect(pay(plan(`      a: { because: x, factor: ${count} - 5 }`), { deals: rows }).codes).toContain(
      'factor-out-of-range',
    );
  });

  it('base + effects = the line, whatever the roundings', () => {
    const links = `      a: { because: x, weight: 33%, factor: 1 / 3 }\n      b: { because: y, weight: 67%, factor: 2 / 7 }\n      c: { because: z, factor: 1 / 9 }`;
    const line = pay(plan(links), { deals: rows }).computation?.periods[0]?.payouts[0]?.lines[0];
    const effects = (line?.links ?? []).reduce((sum, link) => sum + Number(link.effect), 0);
    expect(Number(line?.base) + effects).toBe(line?.amount);
  });
});

describe('money for time', () => {
  const plan = (reward: string): string => `
period: quarter
data: { people: { target_per: year } }
groups: { sales: payee.department == "sales" }
${WON}${MEASURES}rewards:
  bonus: { who: sales, ${reward} }
`;
  const people = (...rows: string[]): string =>
    `person_id, department, starts_on, ends_on, share, target_pay\n${rows.join('\n')}`;
  const rows = deals('ana, 2026-01-10, 1000, won,', 'ana, 2026-03-20, 500, won,');

  it('is worth its part of the period’s days, stay by stay', () => {
    // Q1 has 90 days: 30 at 36,500 a year, 60 at 73,000; a quarter of a year is 9,125 and 18,250.
    const stays = people('ana, sales, , 2026-01-30, , 36500', 'ana, sales, 2026-01-31, , , 73000');
    const { payouts, computation } = pay(plan('pay: payee.target_pay'), { deals: rows, people: stays });
    expect(payouts).toEqual({ '2026-Q1 ana bonus': '15208.34' });
    expect(computation?.periods[0]?.payouts[0]?.lines.map((line) => line.amount)).toEqual([304167, 1216667]);
  });

  it('prorate: none pays whoever is there on the last day in full', () => {
    const stays = people('ana, sales, 2026-03-31, , , 36500');
    expect(
      pay(plan('pay: payee.target_pay, prorate: none'), {
        deals: 'deal_id, owner, close_date, amount, stage\nd1, ana, 2026-03-31, 1, won',
        people: stays,
      }).payouts,
    ).toEqual({ '2026-Q1 ana bonus': '9125.00' });
  });

  it('a share of working time counts as such, also where the stay stands alone', () => {
    const stays = people('ana, sales, , , 50%, 36500');
    expect(pay(plan('pay: payee.target_pay'), { deals: rows, people: stays }).payouts).toEqual({
      '2026-Q1 ana bonus': '4562.50',
    });
  });

  it('money for what was done is not multiplied: it reads what is dated in the stay', () => {
    const stays = people('ana, sales, , 2026-02-28, , 1', 'ana, marketing, 2026-03-01, , , 1');
    expect(pay(plan('pay: bookings * 10%'), { deals: rows, people: stays }).payouts).toEqual({
      '2026-Q1 ana bonus': '100.00',
    });
  });

  it('of two stays that hold at once a credit belongs to the first', () => {
    const stays = people('ana, sales, , , 50%, 1', 'ana, sales, , , 50%, 1');
    const { computation } = pay(plan('pay: bookings * 10%'), { deals: rows, people: stays });
    expect(computation?.periods[0]?.payouts[0]?.lines.map((line) => line.amount)).toEqual([15000, 0]);
  });

  it('both at once must say prorate', () => {
    const stays = people('ana, sales, , , , 36500');
    expect(pay(plan('pay: payee.target_pay * (bookings / 1000 USD)'), { deals: rows, people: stays }).codes).toContain(
      'missing-prorate',
    );
  });

  it('cap and guarantee are worth their part of the days, rounded', () => {
    const stays = people('ana, sales, 2026-03-02, , , 1');
    // 30 of 90 days: a cap of 100 is 33.33, a guarantee of 50 is 16.67.
    const some = 'deal_id, owner, close_date, amount, stage\nd1, ana, 2026-03-10, 1000, won';
    expect(pay(plan('per: won, rate: 10%, cap: 100 USD'), { deals: some, people: stays }).payouts).toEqual({
      '2026-Q1 ana bonus': '33.33',
    });
    expect(pay(plan('per: won, rate: 1%, guarantee: 50 USD'), { deals: some, people: stays }).payouts).toEqual({
      '2026-Q1 ana bonus': '16.67',
    });
  });
});

describe('tail', () => {
  const plan = `
period: month
groups: { sales: payee.department == "sales" }
${WON}rewards:
  commission:
    who: sales
    per: won
    tail: 60 days
    cap: 100 USD
    rate:
      method: marginal
      accumulate: quarter
      steps:
        - { up_to: 1000 USD, rate: 5% }
        - { rate: 10% }
`;
  const people = 'person_id, department, starts_on, ends_on\nana, sales, , 2026-02-15\nana, marketing, 2026-02-16,';

  it('pays what closes within 60 days, at the step of the last day, outside of the cap', () => {
    const rows = deals(
      'ana, 2026-01-10, 1200, won,',
      'ana, 2026-02-20, 3000, won,',
      'ana, 2026-04-16, 100, won,',
      'ana, 2026-04-17, 100, won,',
    );
    // January: 50 + 20. On 15 February 1,200 had accumulated, so 10%; 16 April is day 60, 17 April day 61.
    expect(pay(plan, { deals: rows, people }).payouts).toEqual({
      '2026-01 ana commission': '70.00',
      '2026-02 ana commission': '300.00',
      '2026-04 ana commission': '10.00',
    });
  });

  it('at exactly the threshold the step that holds it', () => {
    const rows = deals('ana, 2026-01-10, 1000, won,', 'ana, 2026-02-20, 100, won,');
    expect(pay(plan, { deals: rows, people }).payouts['2026-02 ana commission']).toBe('5.00');
  });

  it.each([
    ['marginal', '150.00'],
    ['retroactive', '200.00'],
  ])('where every line stands alone, at its own step: %s', (method, amount) => {
    // 2000 alone: 1000 × 5% + 1000 × 10%, or all of it at 10%
    const alone = plan.replace('accumulate: quarter', 'accumulate: none').replace('marginal', method);
    const rows = deals('ana, 2026-02-20, 2000, won,');
    expect(pay(alone, { deals: rows, people }).payouts).toEqual({ '2026-02 ana commission': amount });
  });
});

describe('pools', () => {
  const people =
    'person_id, department, team, starts_on, ends_on\nana, sales, north, , 2026-01-30\nana, sales, south, 2026-01-31,\nben, sales, south, , \ncem, sales, north, ,';
  const rows = deals(
    'ana, 2026-01-10, 100, won,',
    'ana, 2026-02-10, 300, won,',
    'ben, 2026-02-11, 100, won,',
    'cem, 2026-02-12, 900, won,',
  );
  const plan = (reward: string): string => `
period: quarter
groups: { sales: payee.department == "sales" }
${WON}${MEASURES}rewards:
  pool: { who: sales, ${reward} }
`;

  it('one for each team, from the team’s own results', () => {
    // north: 1000 (100 of ana's, 900 of cem's) → 100.00; south: 400 (300 of ana's) → 40.00
    expect(
      pay(plan('each: payee.team, pool: 10% * team.bookings, share_by: bookings'), { deals: rows, people }).payouts,
    ).toEqual({
      '2026-Q1 ana pool': '40.00',
      '2026-Q1 ben pool': '10.00',
      '2026-Q1 cem pool': '90.00',
    });
  });

  it('by heads, weighed by the days of each stay', () => {
    const half = 'person_id, department, starts_on, ends_on, share\nana, sales, 2026-01-31, , \nben, sales, , , 50%';
    // 60 of 90 days against half of 90: 2/3 to 1/2 of 70.00 is 40.00 to 30.00
    const some = deals('ana, 2026-02-10, 700, won,');
    expect(pay(plan('pool: 10% * everyone.bookings, share_by: 1'), { deals: some, people: half }).payouts).toEqual({
      '2026-Q1 ana pool': '40.00',
      '2026-Q1 ben pool': '30.00',
    });
  });

  it('in full, by whoever is in the team on the last day: a second job counts as well', () => {
    const two =
      'person_id, department, team, share\nana, sales, north, 50%\nana, sales, south, 50%\nben, sales, south,';
    // north: 100.00 to ana alone; south: 100.00 by two heads
    expect(
      pay(plan('each: payee.team, pool: 100 USD, share_by: 1, prorate: none'), {
        deals: rows.split('\n').slice(0, 2).join('\n'),
        people: two,
      }).payouts,
    ).toEqual({ '2026-Q1 ana pool': '150.00', '2026-Q1 ben pool': '50.00' });
  });

  it('links scale each part, and what they take goes to nobody', () => {
    const link = 'links: { own: { because: x, by: bookings, curve: { 100 USD: 50%, 900 USD: 100% } } }';
    // 140.00 by 400 : 100 : 900; ana at 68.75%, ben at 50%
    expect(
      pay(plan(`pool: 10% * everyone.bookings, share_by: bookings, ${link}`), { deals: rows, people }).payouts,
    ).toEqual({ '2026-Q1 ana pool': '27.50', '2026-Q1 ben pool': '5.00', '2026-Q1 cem pool': '90.00' });
  });

  it('a factor above 100%, a negative pool and a negative share are errors; a pool for nobody a warning', () => {
    expect(
      pay(plan('pool: 10 USD, share_by: bookings, links: { a: { because: x, factor: 110% } }'), { deals: rows, people })
        .codes,
    ).toContain('factor-out-of-range');
    expect(pay(plan('pool: 0 USD - 1 USD, share_by: bookings'), { deals: rows, people }).codes).toContain(
      'negative-pool',
    );
    expect(pay(plan('pool: 10 USD, share_by: bookings - 200 USD'), { deals: rows, people }).codes).toContain(
      'negative-pool',
    );
    expect(pay(plan('pool: 10 USD, share_by: bookings * 0'), { deals: rows, people }).codes).toContain('pool-unpaid');
  });
});

describe('rewards that read rewards', () => {
  const people = 'person_id, department, manager\nana, sales, mia\nben, sales, ana\nmia, lead, ';
  const rows = deals('ana, 2026-01-10, 1000, won,', 'ben, 2026-02-10, 500, won,', 'ben, 2026-03-10, 300, won,');
  const plan = (override: string): string => `
period: month
groups: { sales: payee.department == "sales", heads: payee.department == "lead" }
${WON}rewards:
  override: { who: heads, every: quarter, pay: ${override} }
  commission: { who: sales, per: won, rate: 10% }
`;

  it.each([
    ['10% * all_reports.pay(commission)', '18.00'],
    ['10% * direct_reports.pay(commission)', '10.00'],
    ['10% * sales.pay(commission)', '18.00'],
  ])('%s', (override, amount) => {
    expect(pay(plan(override), { deals: rows, people }).payouts['2026-03 mia override']).toBe(amount);
  });
});

describe('adjustments', () => {
  const plan = `
period: quarter
${WON}rewards:
  commission: { per: won, rate: 10%, cap: 5 USD }
`;
  const rows = deals('ana, 2026-01-10, 1000, won,');

  it('are paid as lines of their own, outside of caps', () => {
    const adjustments =
      'person_id, period, amount, reason, approved_by\nana, 2026-Q1, -2.50, double payment in 2025, fay\nana, 2026-Q1, 10, spot award, fay';
    expect(pay(plan, { deals: rows, adjustments }).payouts).toEqual({
      '2026-Q1 ana commission': '5.00',
      '2026-Q1 ana adjustments': '7.50',
    });
  });

  it('are approved by somebody else, for a period of the plan', () => {
    const adjustments =
      'person_id, period, amount, reason, approved_by\nana, 2026-Q1, 1, x, ana\nana, 2026-01, 1, x, fay\nana, 2026-Q1, , , ';
    expect(new Set(pay(plan, { deals: rows, adjustments }).codes)).toEqual(new Set(['invalid-adjustment']));
    expect(pay(plan, { deals: rows, adjustments }).codes).toHaveLength(5);
  });
});
