import { describe, expect, it } from 'vitest';
import type { FairnessOf } from '../../src/pilot/fairness.ts';
import type { PilotAsk } from '../../src/pilot/pilot.ts';
import { partText } from '../../src/report/pilot/pilot-figure.ts';
import { toFixed } from '../../src/values/num.ts';
import { figuresOf, pilotOf, type Rows, tried } from './piloting.ts';

/** `bookings: 2 standings, tau 1.00, spread 10.0%`, then groups. */
const told = (plan: string, rows: Rows, ask: Partial<PilotAsk> = {}): readonly string[] => {
  const { depth } = figuresOf(tried(pilotOf(plan, rows, { deep: true, ...ask })));
  return (depth?.fairness ?? []).flatMap(({ measure, people, tau, spread, groups }: FairnessOf) => [
    `${measure}: ${people}, tau ${tau === undefined ? '–' : toFixed(tau, 2)}, spread ${partText(spread?.part)}`,
    ...groups.map(({ group, part, people: of }) => `  ${group}: ${partText(part)} of ${of}`),
  ]);
};

const HEAD = `
period: quarter
data: { people: { target_per: quarter }, quotas: { prorate: days } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
  found: { each: deal, when: deal.stage == "found" }
measures:
  bookings: sum(won.amount)
  found_bookings: sum(found.amount)
`;
/** 10% of what is won, half of it below quota; a target that moves with what is found. */
const PLAN = `${HEAD}rewards:
  commission:
    who: sales
    per: won
    rate: 10%
    links: { quota: { because: b, factor: 'if(bookings >= quota(bookings), 100%, 50%)' } }
  bonus:
    who: marketing
    pay: payee.target_pay
    links: { found: { because: b, factor: 'found_bookings / quota(found_bookings)' } }`;

// Of the quarter's 90 days Bob is 45 in sales and 45 in marketing; half of each quota is his, and half of his target.
const people = `
person_id, department, team, starts_on, ends_on, target_pay
ann, sales, north, , , 0
bob, sales, north, , 2026-02-14, 0
bob, marketing, makers, 2026-02-15, , 1000
mia, marketing, makers, , , 1000`;
const deals = `
deal_id, owner, close_date, amount, stage
d1, ann, 2026-01-10, 60000, won
d2, bob, 2026-01-20, 30000, won
d3, bob, 2026-03-01, 10000, found
d4, mia, 2026-03-10, 20000, found`;
const quotas = `
for, period, measure, amount
ann, 2026-Q1, bookings, 60000
bob, 2026-Q1, bookings, 60000
bob, 2026-Q1, found_bookings, 20000
mia, 2026-Q1, found_bookings, 20000`;

// Ann and Bob are paid 6,000 for 60,000 and 3,000 for 30,000, 10% of quota; Mia 1,000 for 20,000 and Bob, in half of the time, 500
// for 10,000, 5% of quota. All stand at 100%.
const EVEN = [
  'bookings: 2, tau –, spread 0.0%',
  '  crossed over: 0.0% of 1',
  '  team north: 0.0% of 2',
  'found_bookings: 2, tau –, spread 0.0%',
  '  crossed over: 0.0% of 1',
  '  team makers: 0.0% of 2',
];

describe('fairness judges each job by its own pay and quota', () => {
  it('whoever crosses over and is paid like everybody in both jobs is neither above nor below', () => {
    expect(told(PLAN, { people, deals, quotas })).toEqual(EVEN);
  });

  it('in whatever order rows stand', () => {
    const shuffled = (text: string): string => {
      const [head, ...rows] = text.trim().split('\n');
      return ['', head, ...rows.reverse()].join('\n');
    };
    for (const rows of [{ quotas: shuffled(quotas) }, { people: shuffled(people) }, { deals: shuffled(deals) }]) {
      expect(told(PLAN, { people, deals, quotas, ...rows })).toEqual(EVEN);
    }
    const all = { people: shuffled(people), deals: shuffled(deals), quotas: shuffled(quotas) };
    expect(told(PLAN, all)).toEqual(EVEN);
  });

  it('and where no rule reads a quota, by those of the department’s other people', () => {
    const plan = `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 10% }
  bonus: { who: marketing, pay: payee.target_pay }`;
    // The same figures: everybody has reached 100%.
    expect(told(plan, { people, deals, quotas })).toEqual(EVEN);
  });

  it('tells jobs of one department apart by the rules that read their quotas', () => {
    const roles = (text: string): string => text.replaceAll('payee.department', 'payee.role');
    const [head, ...rest] = people.replace('department', 'role').trim().split('\n');
    const same = [`${head}, department`, ...rest.map((row) => `${row}, growth`)].join('\n');
    expect(told(roles(PLAN), { people: same, deals, quotas })).toEqual(
      EVEN.filter((line) => !line.includes('crossed')),
    );
  });

  it('a quota that both departments’ rules read is that of the department that has such quotas', () => {
    // A pool of everybody's asks each for both quotas, and pays nothing.
    const pool = `
  pool:
    who: sales or marketing
    pool: 0 USD
    share_by: coalesce(bookings / quota(bookings), 0) + coalesce(found_bookings / quota(found_bookings), 0)`;
    expect(told(`${PLAN}${pool}`, { people, deals, quotas })).toEqual(EVEN);
  });

  it('where it is paid less, this is seen in that job alone', () => {
    // Bob finds 5,000 of his 10,000: he is paid 250, 2.5% of quota, for half of it, and stands alone below 80%.
    // With 9,500: 95%, and 475, 4.75%, alone again. Mia at 19,000 is paid 950: at 95% both, 4.75% both.
    const less = deals
      .replace('d3, bob, 2026-03-01, 10000', 'd3, bob, 2026-03-01, 9500')
      .replace('20000, f', '19000, f');
    expect(told(PLAN, { people, deals: less, quotas })).toEqual(EVEN);
    // Bob's target of 800 instead: 4% of quota against Mia's 5%, of which the middle is 4.5%; 0.5 ÷ 4.5 above and below.
    const poor = people.replace('2026-02-15, , 1000', '2026-02-15, , 800');
    expect(told(PLAN, { people: poor, deals, quotas })).toEqual([
      ...EVEN.slice(0, 3),
      'found_bookings: 2, tau –, spread 22.2%',
      '  crossed over: −11.1% of 1',
      '  team makers: 0.0% of 2',
    ]);
  });

  it('crossed over has whoever changed departments within the periods that are paid', () => {
    // Bob is in marketing all quarter: 500 for the 10,000 of 20,000 that he found, half of what Mia has for each unit of quota.
    const before = people.replace('2026-02-14', '2025-12-31').replace('2026-02-15', '2026-01-01');
    expect(told(PLAN, { people: before, deals, quotas })).toEqual([
      'bookings: 1, tau –, spread –',
      'found_bookings: 2, tau 1.00, spread –',
    ]);
  });

  it('sets people side by side over the periods that have a quota in both', () => {
    const more = `
deal_id, owner, close_date, amount, stage
d1, ann, 2026-01-10, 30000, won
d2, bob, 2026-01-20, 60000, won
d5, ann, 2026-04-10, 60000, won
d6, bob, 2026-04-20, 60000, won`;
    const plan = `${PLAN.slice(0, PLAN.indexOf('  bonus:'))}`;
    const two = `
person_id, department, team
ann, sales, north
bob, sales, south`;
    const rows = `
for, period, measure, amount
ann, 2026-Q1, bookings, 60000
ann, 2026-Q2, bookings, 60000
bob, 2026-Q1, bookings, 60000
bob, 2026-Q2, bookings, 60000`;
    const periods = { from: '2026-Q1', to: '2026-Q2', fiscalYearStarts: 1 };
    // Ann has 1,500 and 6,000 for 120,000, 6.25% at 75%; Bob 12,000, 10% at 100%.
    const both = told(plan, { people: two, deals: more, quotas: rows }, { periods });
    expect(both).toEqual(['bookings: 2, tau 1.00, spread –']);
    // Where Bob has no quota in the first quarter (a rule that reads it would not pay him then), the second alone tells: 6,000 for
    // 60,000, as Ann's.
    const flat = `${HEAD}rewards:\n  commission: { who: sales, per: won, rate: 10% }`;
    const less = rows.replace('bob, 2026-Q1, bookings, 60000\n', '');
    expect(told(flat, { people: two, deals: more, quotas: less }, { periods })).toEqual([
      'bookings: 2, tau –, spread 0.0%',
      '  team south: 0.0% of 1',
    ]);
  });

  it('of pay for a longer time the days of the periods with a quota count', () => {
    const plan = `${HEAD.replace('target_per: quarter', 'target_per: year')}rewards:
  bonus: { who: sales, every: year, pay: payee.target_pay }`;
    const two = `
person_id, department, team, target_pay
ann, sales, north, 3650
bob, sales, south, 4380`;
    const rows = `
for, period, measure, amount
ann, 2026, bookings, 36000
bob, 2026-Q1, bookings, 9000`;
    const periods = { from: '2026-Q1', to: '2026-Q4', fiscalYearStarts: 1 };
    const sold = `
deal_id, owner, close_date, amount, stage
d1, ann, 2026-01-10, 9000, won
d2, bob, 2026-01-20, 9000, won`;
    // The first quarter, which both have a quota for, is 90 of 365 days: 900 of Ann's 3,650 for 9,000, 10%, and 1,080 of Bob's 4,380,
    // 12%: 2 ÷ 11 apart, and Bob 1 ÷ 11 above the middle.
    expect(told(plan, { people: two, deals: sold, quotas: rows }, { periods })).toEqual([
      'bookings: 2, tau –, spread 18.2%',
      '  team south: 9.1% of 1',
    ]);
  });

  it('of a negative middle nothing is a part', () => {
    const plan = `${HEAD}rewards:\n  commission: { who: sales, per: won, rate: 10% }`;
    const two = `
person_id, department, team
ann, sales, north
bob, sales, south`;
    const rows = `
for, period, measure, amount
ann, 2026-Q1, bookings, 60000
bob, 2026-Q1, bookings, 60000`;
    const taken = `
deal_id, owner, close_date, amount, stage, refund_of
d1, ann, 2025-12-10, 60000, won,
d2, bob, 2025-12-20, 60000, won,
d3, ann, 2026-01-10, -60000, won, d1
d4, bob, 2026-01-20, -50000, won, d2`;
    const periods = { from: '2026-Q1', to: '2026-Q1', fiscalYearStarts: 1 };
    // −6,000 and −5,000 of 60,000: in the order of attainment, but no part of −5,500.
    expect(told(plan, { people: two, deals: taken, quotas: rows }, { periods })).toEqual([
      'bookings: 2, tau 1.00, spread –',
    ]);
  });
});
