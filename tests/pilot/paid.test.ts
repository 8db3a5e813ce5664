import { describe, expect, it } from 'vitest';
import type { Variable } from '../../src/pilot/paid.ts';
import { toText } from '../../src/values/num.ts';
import { figuresOf, pilotOf, tried } from './piloting.ts';

const people = `
person_id, department, target_pay, ends_on
sue, sales, 0,
mia, marketing, 1000,`;
const deals = `
deal_id, owner, close_date, amount, stage
d1, sue, 2026-01-10, 40000, won
d2, sue, 2026-02-10, 10000, won`;

/** 10% of each deal; of those from 20,000 on three quarters of it, since marketing has sold nothing. */
const plan = (more: string): string => `
period: quarter
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    who: sales
    per: won
    rate: 10%
    links:
      team:
        because: b
        when: deal.amount >= 20000 USD
        factor: 'if(marketing.bookings > 0 USD, 100%, 75%)'
${more}
  salary: { who: marketing, pay: payee.target_pay }`;

const variable = (more: string, rows: { people: string; deals: string } = { people, deals }): Variable =>
  figuresOf(tried(pilotOf(plan(more), rows))).variable;

describe('of variable pay, what is linked', () => {
  // Of 40,000 Sue has 10% × 75% = 3,000, which is linked, and of 10,000 she has 1,000, which is not.
  it('is the part on lines that a crossing link touched', () => {
    expect(variable('')).toEqual({ variable: 4000_00, linked: 3000_00 });
  });

  it('is held down by a cap as all lines are, in proportion', () => {
    // The cap halves 4,000: 2,000, of which 1,500 are linked, as before three quarters.
    expect(variable('    cap: 2000 USD')).toEqual({ variable: 2000_00, linked: 1500_00 });
    // 1,000 is a quarter: 750 of it.
    expect(variable('    cap: 1000 USD')).toEqual({ variable: 1000_00, linked: 750_00 });
    // 3,999.99 of 4,000 is no whole number of cents: 3,000 × 399,999 ÷ 400,000 = 2,999.9925.
    expect(toText(variable('    cap: 3999.99 USD').linked)).toBe('299999.25');
    expect(variable('    cap: 0 USD')).toEqual({ variable: 0, linked: 0 });
  });

  it('is not what a guarantee adds, which no result decides', () => {
    expect(variable('    guarantee: 5000 USD')).toEqual({ variable: 4000_00, linked: 3000_00 });
  });

  it('keeps what a tail pays beside the cap', () => {
    // Sue leaves on January 31: the second deal, of 10,000, is paid by the tail and meets no cap. 3,000 are held down to 1,500.
    const rows = { people: people.replace('sales, 0,', 'sales, 0, 2026-01-31'), deals };
    // A cap is that of the days in the job, 31 of 90: 4,354.84 × 31 ÷ 90 = 1,500.00.
    expect(variable('    tail: 60 days\n    cap: 4354.84 USD', rows)).toEqual({ variable: 2500_00, linked: 1500_00 });
  });
});
