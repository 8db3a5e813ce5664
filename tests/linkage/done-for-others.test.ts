import { expect, test } from 'vitest';
import { doneForOthers } from '../../src/linkage/done-for-others.ts';
import { paidWithout } from '../../src/linkage/left-out.ts';
import { formatMinor } from '../../src/values/money.ts';
import { pay } from '../engine/pay.ts';

const PLAN = `
period: quarter
data: { people: { target_per: quarter }, quotas: { prorate: days } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal }
  influenced: { each: attribution, share: linear }
  handed_over: { each: lead }
  worked: { each: lead, when: lead.followed_up_on is present }
measures:
  bookings: sum(won.amount)
  attainment: bookings / quota(bookings)
  follow_up: count(worked) / count(handed_over)
rewards:
  commission:
    who: sales
    per: won
    rate: 10%
    links:
      follow_up: { because: leads are worked, by: follow_up, curve: { 0%: 50%, 100%: 100% }, when_missing: 90% }
      together: { because: won together, when: count(influenced for deal) > 0, factor: 110% }
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      lands: { because: sales lands it, by: sales.attainment, curve: { 50%: 0%, 100%: 100% } }
`;

const TABLES = {
  people: `
    person_id,department,starts_on,ends_on,target_pay
    ana,sales,,,
    ben,sales,,,
    mo,marketing,,,10000
    nia,marketing,,,6000
    pat,sales,,2026-01-31,
    pat,marketing,2026-02-01,,9000`,
  quotas: `
    for,period,measure,amount
    sales,2026-Q1,bookings,100000`,
  deals: `
    deal_id,owner,close_date,amount
    d1,ana,2026-02-01,60000
    d2,ben,2026-02-02,30000
    d3,pat,2026-01-10,10000`,
  campaigns: `
    campaign_id,owner
    c1,mo
    c2,nia`,
  attributions: `
    deal_id,campaign_id
    d1,c1
    d2,c1
    d2,c2`,
  leads: `
    lead_id,campaign_id,assigned_to,assigned_on,followed_up_on
    l1,c1,ana,2026-01-02,2026-01-03
    l2,c1,ana,2026-01-02,
    l3,c2,ben,2026-01-02,2026-01-03`,
};

const told = () => {
  const { computation, findings } = pay(PLAN, TABLES);
  const result = computation?.periods[0];
  if (computation === undefined || result === undefined) throw new Error(JSON.stringify(findings));
  return Object.fromEntries(
    [...doneForOthers(computation, result)].map(([{ id }, { amount, through }]) => [
      id,
      [
        formatMinor(amount, 2),
        ...through.map((each) => `${each.link.name} ${each.department} ${each.people} ${formatMinor(each.amount, 2)}`),
      ],
    ]),
  );
};

test('what one did for the others is what their links would pay less without it', () => {
  // Sales is at 100%, so that marketing has all of 16,000.00, and of Pat's 9,000.00 the part of 59 of 90 days: 5,900.00.
  // Without Ana 40%: nothing. Without Ben 70%, a factor of 40%. Without Pat 90%, 80%; her own bonus is not for others.
  // Mo's campaign opened d1: 10% of its commission of 6,000.00 × 75%. Without it l1 and l2 would not have been handed over,
  // and Ana's follow-up is missing: 90% instead of 75%, 6,000.00 × 110% × 15% less. d2 has another touch, Nia's.
  // Nia handed l3 over, which Ben worked: 100% instead of 90%, of 3,000.00 × 110%.
  expect(told()).toEqual({
    ana: ['21900.00', 'lands marketing 3 21900.00'],
    ben: ['13140.00', 'lands marketing 3 13140.00'],
    pat: ['3200.00', 'lands marketing 2 3200.00'],
    mo: ['-540.00', 'follow_up sales 1 -990.00', 'together sales 1 450.00'],
    nia: ['330.00', 'follow_up sales 1 330.00'],
  });
});

test('what is paid without links is what the same plan pays without them', () => {
  const { computation } = pay(PLAN, TABLES);
  const result = computation?.periods[0];
  if (computation === undefined || result === undefined) throw new Error('nothing was computed');
  const text = (left: 'crossing' | 'all', person: string, reward: string) => {
    const amount = paidWithout(computation, left).amount(result.period, person, reward);
    return amount === undefined ? undefined : formatMinor(amount, 2);
  };
  expect(text('all', 'ana', 'commission')).toBe('6000.00');
  expect(text('crossing', 'ana', 'commission')).toBe('6000.00');
  expect(text('all', 'mo', 'bonus')).toBe('10000.00');
  expect(text('crossing', 'nia', 'bonus')).toBe('6000.00');
});
