import { expect, test } from 'vitest';
import { managementDocument } from '../../../src/report/management/management-document.ts';
import { pay } from '../../engine/pay.ts';
import { pageOf, rowsOf } from '../reading.ts';

const PLAN = `
period: quarter
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  new_deals: { each: deal, when: deal.type == "new" }
  won: { each: deal }
measures:
  bookings: sum(won.amount)
rewards:
  commission: { who: sales, per: won, rate: 10% }
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      lands: { because: sales lands it, by: sales.bookings / 20000 USD, curve: { 0%: 0%, 100%: 100% } }
`;

const page = (campaigns: string | undefined) => {
  const tables = {
    people: `
      person_id,department,team,target_pay
      ana,sales,North,
      mo,marketing,,3000`,
    // d1 is a new deal and a won one: it is counted once.
    deals: `
      deal_id,owner,close_date,amount,type,refund_of
      d1,ana,2026-01-10,10000,new,
      d2,ana,2026-04-11,8000,old,
      r1,ana,2026-05-01,-2000,new,d1`,
    ...(campaigns === undefined ? {} : { campaigns }),
  };
  const { computation, findings } = pay(PLAN, tables);
  const result = computation?.periods[1];
  if (computation === undefined || result === undefined) throw new Error(JSON.stringify(findings));
  return pageOf(managementDocument(computation, result, new Set()));
};

const CAMPAIGNS = `
  campaign_id,owner,starts_on,announced_on,cost
  c1,mo,2026-01-05,,500
  c2,mo,,2026-04-02,120
  c3,mo,2026-07-01,,`;

test('what was spent, and what it bought', () => {
  // Q1: 1,000.00 and 50% of 3,000.00; 2,500 of 10,000. Q2: 600.00 and 30%, 900.00; 1,500 of 6,000, with the campaign 1,620 of 6,000.
  expect(rowsOf(page(CAMPAIGNS), 'spent')).toEqual([
    ['2026-Q1', '2,500.00', '500.00', '10,000.00', '25.00%', '30.00%'],
    ['2026-Q2', '1,500.00', '120.00', '6,000.00', '25.00%', '27.00%'],
  ]);
  const unknown = CAMPAIGNS.replace(',120', ',');
  expect(rowsOf(page(unknown), 'spent')[1]).toEqual([
    '2026-Q2',
    '1,500.00',
    'missing1 campaign has no cost',
    '6,000.00',
    '25.00%',
    'missing1 campaign has no cost',
  ]);
  expect(rowsOf(page(undefined), 'spent')[0]?.[2]).toBe('missingthere is no campaigns.csv');
});

test('pay by reward and department, teams, and what links did', () => {
  const shown = page(CAMPAIGNS);
  expect(rowsOf(shown, 'pay')).toEqual([
    ['Commission', '', '600.00', '600.00'],
    ['Bonus', '900.00', '', '900.00'],
    ['Total', '900.00', '600.00', '1,500.00'],
  ]);
  expect(rowsOf(shown, 'teams')).toEqual([
    ['marketing', '', '900.00'],
    ['sales', 'North', '600.00'],
    ['Total', '2 departments', '1,500.00'],
  ]);
  expect(rowsOf(shown, 'links')).toEqual([
    ['Lands', 'Bonus', 'yes', 'marketing', '1', '30.0%', '0.00', '−2,100.00', '−2,100.00'],
  ]);
});
