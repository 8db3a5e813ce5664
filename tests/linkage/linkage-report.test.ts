import { expect, test } from 'vitest';
import { paidWithout } from '../../src/linkage/left-out.ts';
import { linkageDocument } from '../../src/report/linkage/linkage-document.ts';
import { linkageReport } from '../../src/report/linkage/linkage-report.ts';
import { formatMinor } from '../../src/values/money.ts';
import { add, type Num } from '../../src/values/num.ts';
import { pay } from '../engine/pay.ts';
import { pageOf, rowsOf } from '../report/reading.ts';

const PLAN = `
period: quarter
campaign_notice: 10 days
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal }
  touched: { each: attribution, share: linear }
  carried: { each: attribution, share: linear, when: deal.owner == campaign.originator, to: campaign.originator }
  handed_over: { each: lead, announced_only: true }
  worked: { each: lead, announced_only: true, when: lead.followed_up_on <= lead.assigned_on + 2 days }
measures:
  bookings: sum(won.amount)
  follow_up: count(worked) / count(handed_over)
rewards:
  commission:
    who: sales
    per: won
    rate: 10%
    links:
      hand_over: { because: leads are worked, by: follow_up, curve: { 0%: 50%, 100%: 100% }, when_missing: 100% }
  idea: { per: carried, rate: 1% }
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      lands: { because: sales lands it, by: sales.bookings / 100000 USD, curve: { 0%: 0%, 100%: 100% } }
`;

const TABLES = {
  people: `
    person_id,name,department,team,starts_on,ends_on,target_pay
    ana,Ana,sales,North,,,
    ben,Ben,sales,South,,,
    mo,Mo,marketing,,,,10000
    pat,Pat,marketing,,,2026-01-31,9000
    pat,Pat,sales,North,2026-02-01,,`,
  deals: `
    deal_id,owner,close_date,amount,refund_of
    d1,ana,2026-02-01,40000,
    d2,ben,2026-02-02,30000,
    d3,pat,2026-02-10,10000,
    d4,ben,2026-02-11,9000,
    r2,ben,2026-03-01,-6000,d2`,
  campaigns: `
    campaign_id,name,owner,originator,announced_on,acknowledged_on,starts_on,ends_on,cost
    forum,Forum,mo,,2026-01-01,2026-01-04,2026-01-15,2026-02-01,2000
    guide,Guide,mo,pat,2026-01-02,2026-01-12,2026-01-20,,500
    flash,Flash,mo,,2026-01-14,,2026-01-15,2026-01-20,
    play,Renewal play,ana,,2026-01-05,2026-01-06,2026-01-20,,1000
    old,Old one,mo,,2025-06-01,2025-06-02,2025-07-01,2025-08-01,700`,
  attributions: `
    deal_id,campaign_id
    d1,forum
    d1,play
    d2,forum
    d3,guide
    d3,forum`,
  leads: `
    lead_id,campaign_id,assigned_to,assigned_on,followed_up_on
    l1,forum,ana,2026-01-20,2026-01-21
    l2,forum,ana,2026-01-20,
    l3,forum,ben,2026-01-20,2026-01-22
    l4,flash,ben,2026-01-16,2026-01-17
    l5,flash,ben,2026-01-17,
    l6,guide,pat,2026-02-03,2026-02-04`,
};

const made = () => {
  const { computation, findings } = pay(PLAN, TABLES);
  const result = computation?.periods[0];
  if (computation === undefined || result === undefined) throw new Error(JSON.stringify(findings));
  const report = linkageReport(computation, result, new Set(), paidWithout(computation, 'crossing'));
  return { report, result, document: pageOf(linkageDocument(report)) };
};

// Sales has booked 40,000 + 30,000 − 6,000 + 10,000 + 9,000 = 83,000.00.
// Follow-up: Ana 1 of 2, a factor of 75%; Ben 1 of 1 (Flash was announced a day before its first day, its leads do not
// count); Pat 1 of 1. Commissions: d1 4,000.00 × 75% = 3,000.00; Ben 3,000.00 − 600.00 + 900.00 = 3,300.00; Pat 1,000.00.
// Bonus: 83% of 10,000.00 for Mo, and of Pat's 9,000.00 the part of 31 of 90 days: 3,100.00 × 83% = 2,573.00.
// Pat carried d3: half of it is the guide's, 5,000.00 × 1% = 50.00.
// The mean factor is weighed by what it was applied to, a refund as much as its deal: (4,000 × 75% + 3,000 + 600 + 900 + 1,000) ÷ 9,500.
test('links: money that moved, per link and direction', () => {
  const { document, report } = made();
  expect(rowsOf(document, 'links')).toEqual([
    [
      'Hand over',
      'Commission',
      'leads are worked',
      'marketing',
      'sales',
      '3',
      '89.4%',
      '0.00',
      '−1,000.00',
      '−1,000.00',
    ],
    // The mean is of what the link was applied to: 10,000.00 and 3,100.00.
    ['Lands', 'Bonus', 'sales lands it', 'sales', 'marketing', '2', '83.0%', '0.00', '−2,227.00', '−2,227.00'],
  ]);
  expect(
    report.departments.map(({ department, paid, without }) => [
      department,
      formatMinor(paid, 2),
      without && formatMinor(without, 2),
    ]),
  ).toEqual([
    ['marketing', '10873.00', '13100.00'],
    ['sales', '7350.00', '8350.00'],
  ]);
  expect(document.querySelector('svg desc')?.textContent).toBe(
    'Results of marketing moved the pay of sales by −1,000.00 through Hand over on Commission. Results of sales moved the pay of marketing by −2,227.00 through Lands on Bonus.',
  );
  expect(document.querySelectorAll('svg .flow.to-0, svg .flow.to-1')).toHaveLength(2);
});

test('campaigns from launch to cash, and what each department’s actions returned', () => {
  const { document, report, result } = made();
  // Forum: half of d1, all of d2 less its refund, half of d3: 20,000 + 24,000 + 5,000. Paid: half of d1's 3,000.00, Ben's
  // 2,400.00 and half of Pat's 1,000.00. 49,000 ÷ (2,000 + 4,400) = 7.656…
  // Guide: 5,000; half of Pat's 1,000.00 and the 50.00 for the idea. 5,000 ÷ (500 + 550) = 4.761…
  // Play: 20,000; half of d1's 3,000.00, to its own side. 20,000 ÷ (1,000 + 1,500) = 8.
  expect(rowsOf(document, 'campaigns')).toEqual([
    ['Forumforum', 'marketingMo', '2,000.00', '3', '2', '3', '49,000.00', '0.00', '4,400.00', '7.65'],
    ['Guideguide', 'marketingMo', '500.00', '1', '1', '1', '5,000.00', '0.00', '550.00', '4.76'],
    [
      'Flashflash',
      'marketingMo',
      'missingno cost is given',
      '0',
      '0',
      '0',
      '0.00',
      '0.00',
      '0.00',
      'missingthe cost is missing',
    ],
    ['Renewal playplay', 'salesAna', '1,000.00', '0', '0', '1', '20,000.00', '1,500.00', '0.00', '8.00'],
  ]);
  expect(rowsOf(document, 'returns')).toEqual([
    ['marketing', '3', 'missing1 of 3 have none', '54,000.00', '4,950.00', 'missingthe cost is missing'],
    ['sales', '1', '1,000.00', '20,000.00', '1,500.00', '8.00'],
  ]);
  // Nothing is lost: what was paid for campaigns and for none adds up to the payouts. Ben's d4 no campaign touched.
  const { actions, tiedToNone } = report.actions;
  expect([...tiedToNone].map(([department, amount]) => [department, formatMinor(amount, 2)])).toEqual([
    ['sales', '900.00'],
    ['marketing', '10873.00'],
  ]);
  const total = (amounts: readonly Num[]): Num => amounts.reduce<Num>(add, 0);
  expect(add(total(actions.map(({ paid }) => paid)), total([...tiedToNone.values()]))).toBe(
    total(result.payouts.map(({ amount }) => amount)),
  );
});

test('days to acknowledge, what was not worked, what came without notice and what that cost', () => {
  const { document } = made();
  expect(
    rowsOf(document, 'notice').map(([name, , announced, , acknowledged, days]) => [
      name,
      announced,
      acknowledged,
      days,
    ]),
  ).toEqual([
    ['Forumforum', '1 Jan 2026', '4 Jan 2026', '3'],
    ['Guideguide', '2 Jan 2026', '12 Jan 2026', '10'],
    ['Flashflash', '14 Jan 2026', 'missingnot acknowledged', 'missingnot acknowledged'],
    ['Renewal playplay', '5 Jan 2026', '6 Jan 2026', '1'],
  ]);
  expect(document.body.textContent).toContain(
    '3 of the 4 that were announced were acknowledged, the middle one after 3 days.',
  );
  expect(rowsOf(document, 'not_worked')).toEqual([['Forumforum', 'North', '2', '1', '1']]);
  expect(rowsOf(document, 'without_notice')).toEqual([['Flashflash', 'South', '2', '1']]);
  // Had Flash counted, Ben had worked 2 of 3: a factor of 83.33…%. 3,000.00 − 600.00 + 900.00 would be 2,500.00, 500.00 back and
  // 750.00: 2,750.00 rather than 3,300.00.
  const cost = [...document.querySelectorAll('.card')].map((card) => card.textContent ?? '').slice(2);
  expect(cost).toEqual([expect.stringMatching(/^The lack of notice brought sales\+550\.00/)]);
});

test('crossovers: who carried an idea through, who moved, what they brought in and earned', () => {
  const { document } = made();
  // 50.00 for the idea, and the guide's half of the commission of d3.
  expect(rowsOf(document, 'carried_through')).toEqual([['Patpat', 'sales', 'Guideguide', '1', '5,000.00', '550.00']]);
  expect(rowsOf(document, 'moved')).toEqual([
    ['Patpat', 'marketing', '', '0.00', '0.00', '2,573.00'],
    ['Patpat', 'sales', '2026-02-01', '10,000.00', '0.00', '1,050.00'],
    ['Patpat', 'both', '', '10,000.00', '0.00', '3,623.00'],
  ]);
});
