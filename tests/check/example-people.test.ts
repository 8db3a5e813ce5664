import { expect, test } from 'vitest';
import { diffPlans } from '../../src/change/diff.ts';
import { examplePeople } from '../../src/check/example-people.ts';
import { formatMinor } from '../../src/values/money.ts';
import { toPercent } from '../../src/values/num.ts';
import { planOf } from '../change/plans.ts';

const PLAN = `plan: Both
currency: USD
period: month
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission: { who: sales, per: won, rate: 5% }
  bonus:
    who: marketing
    pay: 1000 USD
    links: { lands: { because: Sales lands it, by: sales.bookings / sales.quota(bookings), curve: { 50%: 0%, 100%: 100%, 150%: 200% }, when_missing: 100% } }
`;

/** `sales: all at goal 5000.00 → 6000.00` */
const told = (before: string, after: string): readonly string[] | undefined => {
  const diff = diffPlans(planOf(before), planOf(after));
  const money = (amount: Parameters<typeof formatMinor>[0]): string => formatMinor(amount, 2);
  return examplePeople(diff.before, diff.after)?.people.flatMap(({ department, outcomes }) =>
    outcomes.map(({ moved, before: was, after: is }) => {
      const where = moved === undefined ? 'at goal' : `${moved.department} at ${toPercent(moved.to)}`;
      return `${department}, ${where}: ${money(was)} → ${money(is)}`;
    }),
  );
};

test('somebody invented in each department, at goal and where results come out otherwise', () => {
  expect(told(PLAN, PLAN.replace('rate: 5%', 'rate: 6%'))).toEqual([
    'sales, at goal: 5000.00 → 6000.00',
    'sales, sales at 80%: 4000.00 → 4800.00',
    'sales, sales at 120%: 6000.00 → 7200.00',
    'marketing, at goal: 1000.00 → 1000.00',
    'marketing, sales at 80%: 600.00 → 600.00',
    'marketing, sales at 120%: 1400.00 → 1400.00',
  ]);
});

test('whose results move whose pay comes with the plan that links them', () => {
  const unlinked = PLAN.replace(/\n {4}links: .*/, '');
  expect(told(unlinked, PLAN)?.filter((line) => line.startsWith('marketing'))).toEqual([
    'marketing, at goal: 1000.00 → 1000.00',
    // 1000.00 × 60% and × 140%: straight lines from 0% at 50% to 200% at 150%.
    'marketing, sales at 80%: 1000.00 → 600.00',
    'marketing, sales at 120%: 1000.00 → 1400.00',
  ]);
});

test('rows of the old plan where it reads what the new one does not', () => {
  const reads = PLAN.replace('rate: 5%', 'rate: { by: deal.product, table: { pumps: 5% } }');
  expect(told(reads, PLAN)?.[0]).toBe('sales, at goal: 5000.00 → 5000.00');
});
