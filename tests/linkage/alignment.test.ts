import { describe, expect, it } from 'vitest';
import { payCredited } from '../../src/engine/compute.ts';
import { creditTables } from '../../src/engine/credit-tables.ts';
import { Sink } from '../../src/findings/sink.ts';
import { movedBy, movements } from '../../src/linkage/alignment.ts';
import type { TableName } from '../../src/rules/tables.ts';
import { toPercent } from '../../src/values/num.ts';
import { readPlanAndTables } from '../engine/pay.ts';

type Rows = Partial<Record<TableName, string>>;

/** By how much each department's pay moves for ten percent of each department's results: `marketing by sales` → `10%`. */
const moves = (planText: string, rows: Rows): Record<string, string> => {
  const sink = new Sink();
  const { plan, tables } = readPlanAndTables(planText, rows, sink);
  const credited = plan && creditTables(plan, tables, {}, sink);
  if (plan === undefined || credited === undefined) throw new Error(JSON.stringify(sink.all()));
  const found: Record<string, string> = {};
  for (const movement of movements(credited, plan, [['marketing'], ['sales']], {})) {
    if ('findings' in movement) throw new Error(JSON.stringify(movement.findings));
    for (const department of movement.pay.keys()) {
      const moved = movedBy(movement, department);
      found[`${department} by ${movement.of.join()}`] = moved === undefined ? 'unpaid' : toPercent(moved);
    }
  }
  return found;
};

const people = `
person_id, department, target_pay
sue, sales, 0
mia, marketing, 1000`;
const deals = `
deal_id, owner, close_date, amount, stage
d1, sue, 2026-01-10, 60000, won
d2, sue, 2026-02-10, 40000, won
d3, sue, 2026-03-10, 25000, lost
d4, sue, 2026-03-11, 25000, lost`;
const rows = { people, deals };

const HEAD = `
period: quarter
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
`;
const WON = 'credits:\n  won: { each: deal, when: deal.stage == "won" }\n';

describe('how far pay moves for ten percent of results', () => {
  it('a plan without any link moves by own results alone', () => {
    const plan = `${HEAD}${WON}rewards:
  commission: { who: sales, per: won, rate: 6% }
  bonus: { who: marketing, pay: payee.target_pay }`;
    // 6% of 100,000 is 6,000; of 90,000 it is 5,400, of 110,000 6,600: (6,600 − 5,400) ÷ 12,000 = 10%.
    expect(moves(plan, rows)).toEqual({
      'marketing by marketing': '0%',
      'marketing by sales': '0%',
      'sales by marketing': '0%',
      'sales by sales': '10%',
    });
  });

  it('a pure company pool moves both sides alike with either', () => {
    const plan = `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won", to: company }
rewards:
  pool: { pool: 1% * sum(won.amount), share_by: 1 }`;
    expect(moves(plan, rows)).toEqual({
      'marketing by marketing': '10%',
      'marketing by sales': '10%',
      'sales by marketing': '10%',
      'sales by sales': '10%',
    });
  });

  const linked = (sales: string, marketing: string): string => `
period: quarter
data: { people: { target_per: quarter } }
groups:
  sellers: payee.department == "${sales}"
  makers: payee.department == "${marketing}"
${WON}measures:
  bookings: sum(won.amount)
rewards:
  commission: { who: sellers, per: won, rate: 6% }
  bonus:
    who: makers
    pay: payee.target_pay
    links:
      lands: { because: paid when sales lands it, by: sellers.bookings, curve: { 50000 USD: 0%, 150000 USD: 200% } }`;

  it('a curve moves by its slope: 100% at 100,000, 80% at 90,000, 120% at 110,000', () => {
    expect(moves(linked('sales', 'marketing'), rows)).toEqual({
      'marketing by marketing': '0%',
      'marketing by sales': '20%',
      'sales by marketing': '0%',
      'sales by sales': '10%',
    });
  });

  it('names of departments swapped, results are swapped', () => {
    const swapped = people.replace('sales', '?').replace('marketing', 'sales').replace('?', 'marketing');
    expect(moves(linked('marketing', 'sales'), { people: swapped, deals })).toEqual({
      'marketing by marketing': '10%',
      'marketing by sales': '0%',
      'sales by marketing': '20%',
      'sales by sales': '0%',
    });
  });

  const factor = (measure: string, credits = ''): string => `${HEAD}${WON}  closed: { each: deal }
${credits}measures:
  m: ${measure}
rewards:
  commission:
    who: sales
    per: won
    rate: 1%
  bonus: { who: marketing, pay: payee.target_pay, links: { l: { because: b, factor: sales.m } } }`;

  it('a share of wins, a mean, a count of different customers move as a whole', () => {
    const by = (measure: string): string | undefined => moves(factor(measure), rows)['marketing by sales'];
    expect(by('count(won) / count(closed)')).toBe('10%');
    expect(by('avg(won.amount) / 50000 USD')).toBe('10%');
    expect(by('count_distinct(won.deal.deal_id) / 2')).toBe('10%');
    expect(by('max(won.amount) / 50000 USD')).toBe('10%');
  });

  it('leads are handed over by whoever runs the campaign and worked by whoever they are assigned to', () => {
    const plan = `${HEAD}${WON}  handed_over: { each: lead }
  worked: { each: lead, when: lead.followed_up_on is present }
measures:
  follow_up: count(worked) / count(handed_over)
rewards:
  commission: { who: sales, per: won, rate: 1%, links: { l: { because: b, factor: follow_up } } }
  bonus: { who: marketing, pay: payee.target_pay, links: { l: { because: b, factor: sales.follow_up } } }
  thanks: { who: marketing, pay: 10 USD * everyone.count(handed_over) }`;
    const leads = `
lead_id, campaign_id, assigned_to, assigned_on, followed_up_on
l1, c1, sue, 2026-01-05, 2026-01-06
l2, c1, sue, 2026-01-05,`;
    const campaigns = 'campaign_id, owner\nc1, mia';
    // Half is worked. Commission is 1% of 100,000 × 50% = 500; a tenth more worked is 55%, and a tenth more sold: 605 and 405.
    // Marketing has 1,000 × 50% + 20 = 520: by sales 570 and 470; by its own, which hands over more to be worked, 522 and 518.
    expect(moves(plan, { ...rows, leads, campaigns })).toEqual({
      'sales by sales': '20%',
      'sales by marketing': '0%',
      'marketing by sales': '9.6153846154%',
      'marketing by marketing': '0.3846153846%',
    });
  });

  it('results that no row shows move with whom they are for, the company’s with each', () => {
    const plan = `${HEAD}${WON}rewards:
  commission: { who: sales, per: won, rate: 1%, links: { l: { because: b, factor: 'result("nps")' } } }
  bonus: { who: marketing, pay: payee.target_pay, links: { l: { because: b, factor: 'sales.result("csat")' } } }`;
    const results = `
result, period, value, for
nps, 2026-Q1, 1,
csat, 2026-Q1, 0.5, sales`;
    expect(moves(plan, { ...rows, results })).toEqual({
      'sales by sales': '20%',
      'sales by marketing': '10%',
      'marketing by sales': '10%',
      'marketing by marketing': '0%',
    });
  });
});

describe('what the same plan pays without links', () => {
  const plan = `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      other: { because: b, weight: 60%, factor: 'sales.bookings / 200000 USD' }
      own: { because: b, weight: 40%, factor: 'marketing.bookings / 200000 USD' }`;
  // Sales has 100,000, marketing nothing: 1,000 × (60% × 50% + 40% × 0%) = 300.
  it.each([
    [undefined, 300_00],
    ['crossing', 600_00],
    ['all', 1000_00],
  ] as const)('%s left out', (leftOut, expected) => {
    const sink = new Sink();
    const read = readPlanAndTables(plan, rows, sink);
    const credited = read.plan && creditTables(read.plan, read.tables, {}, sink);
    const paid = credited && read.plan && payCredited(credited, read.plan, { leftOut }, sink);
    expect(paid?.periods[0]?.payouts.map(({ amount }) => amount)).toEqual([expected]);
  });

  it('whether a deal was touched does not move with a part of a touch: every tenth deal lacks them', () => {
    const plan = `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
  influenced: { each: attribution, when: deal.stage == "won", share: linear }
rewards:
  commission:
    who: sales
    per: won
    rate: 10%
    links:
      together: { because: won together, when: count(influenced for deal) > 0, factor: 110% }
  bonus: { who: marketing, pay: payee.target_pay }`;
    const ten = Array.from({ length: 10 }, (_, i) => `d${i}, sue, 2026-01-10, 1000, won`).join('\n');
    const touches = Array.from({ length: 10 }, (_, i) => `d${i}, c1, 2026-01-05`).join('\n');
    const touched = {
      people,
      deals: `deal_id, owner, close_date, amount, stage\n${ten}`,
      campaigns: 'campaign_id, owner\nc1, mia',
      attributions: `deal_id, campaign_id, touched_on\n${touches}`,
    };
    // Ten deals pay 110.00 each, 1,100.00; one without its touch pays 100.00: 1,090.00. 10 ÷ (2 × 1,100) = 0.4545…%
    expect(moves(plan, touched)['sales by marketing']).toBe('0.4545454545%');
    expect(moves(plan, touched)['sales by sales']).toBe('10%');
  });
});
