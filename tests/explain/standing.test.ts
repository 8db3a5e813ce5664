import { expect, test } from 'vitest';
import type { Computed } from '../../src/engine/compute.ts';
import type { PeriodResult, Person } from '../../src/engine/result.ts';
import { nextDealOf } from '../../src/explain/next-deal.ts';
import { isNearNextStep, standingOf } from '../../src/explain/standing.ts';
import { formatMinor } from '../../src/values/money.ts';
import { toPercent } from '../../src/values/num.ts';
import { pay } from '../engine/pay.ts';

const compute = (rate: string, deals: string, more = ''): { computed: Computed; last: PeriodResult; ana: Person } => {
  const { computation, findings } = pay(
    `
period: month
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
  attainment: bookings / quota(bookings)
rewards:
  commission:
    who: sales
    per: won
    rate: ${rate}
${more}
`,
    {
      people: `
        person_id,department
        ana,sales
        mo,marketing`,
      quotas: `
        for,period,measure,amount
        ana,2025,bookings,90000
        ana,2026-Q1,bookings,90000`,
      deals: `deal_id,owner,close_date,amount,stage,refund_of\n${deals}`,
    },
  );
  const last = computation?.periods.at(-1);
  const ana = computation?.people.find(({ id }) => id === 'ana');
  if (computation === undefined || last === undefined || ana === undefined) throw new Error(JSON.stringify(findings));
  return { computed: computation, last, ana };
};

const STEPS =
  '{ method: marginal, of: quota(bookings), accumulate: quarter, steps: [ { up_to: 50%, rate: 5% }, { up_to: 100%, rate: 8% }, { rate: 10% } ] }';

test('steps reached are counted over the time in which they accumulate, attainment over the reward’s period', () => {
  const { computed, last, ana } = compute(
    STEPS,
    'd1,ana,2026-01-10,60000,won,\nd2,ana,2026-02-10,25000,won,\nd3,mo,2026-02-11,9,lost,',
  );
  const { attainments, steps } = standingOf(computed, last, ana);
  expect(attainments.map(({ measure, share, period }) => `${measure} ${period.label} ${toPercent(share, 4)}`)).toEqual([
    'bookings 2026-02 83.3333%',
  ]);
  const [reached] = steps;
  if (reached === undefined) throw new Error('no steps');
  expect([formatMinor(reached.accumulated, 2), reached.step, formatMinor(reached.next?.missing ?? 0, 2)]).toEqual([
    '85000.00',
    1,
    '5000.00',
  ]);
  expect(isNearNextStep(reached)).toBe(true);
});

test('whoever has no line yet stands at the foot of the steps', () => {
  const { computed, last, ana } = compute(STEPS, 'd3,mo,2026-02-11,9,won,');
  const [reached] = standingOf(computed, last, ana).steps;
  expect(reached?.accumulated).toBe(0);
  expect(reached && isNearNextStep(reached)).toBe(false);
});

const next = (rate: string, deals: string, more = '') => {
  const { computed, last, ana } = compute(rate, deals, more);
  const deal = nextDealOf(computed, last, ana);
  return deal && `${formatMinor(deal.amount, 2)} of ${deal.of} pays ${formatMinor(deal.pays, 2)}`;
};

// The last four quarters end with the first of 2026: d0 is too old, and r2 takes d2 back.
const DEALS = `d0,ana,2025-03-31,1000,won,
d1,ana,2025-04-01,10000,won,
d2,ana,2025-10-10,20000,won,
r2,ana,2025-10-12,-20000,won,d2
d3,ana,2026-01-10,35000,won,
d4,ana,2026-02-10,45000,won,
d5,ana,2026-02-11,900,lost,`;

test.each([
  // 35,000 is the median; 80,000 has accumulated: 10,000 × 8% + 25,000 × 10%
  ['marginal steps, on top of what has accumulated', STEPS, '', '35000.00 of 3 pays 3300.00'],
  // 45,000 in February is on the first step; 80,000 is on the second, for all of it: 80,000 × 6% − 45,000 × 5%
  [
    'retroactive steps lift what is there',
    '{ method: retroactive, of: 90000 USD, steps: [ { up_to: 50%, rate: 5% }, { rate: 6% } ] }',
    '',
    '35000.00 of 3 pays 2550.00',
  ],
  ['links as they stand', '10%', '    links: { half: { because: so, factor: 50% } }', '35000.00 of 3 pays 1750.00'],
  ['what the cap leaves', '10%', '    cap: 5000 USD', '35000.00 of 3 pays 500.00'],
])('the next deal: %s', (_, rate, more, pays) => {
  expect(next(rate, DEALS, more)).toBe(pays);
});

test('of an even number of deals the smaller of the two in the middle; nothing without any', () => {
  expect(next('10%', 'd1,ana,2026-02-01,100,won,\nd2,ana,2026-02-01,300,won,')).toBe('100.00 of 2 pays 10.00');
  expect(next('10%', 'd1,mo,2026-02-01,100,won,')).toBeUndefined();
});
