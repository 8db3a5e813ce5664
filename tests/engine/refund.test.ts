import { describe, expect, it } from 'vitest';
import { pay } from './pay.ts';

const WON = 'credits:\n  won: { each: deal, when: deal.stage == "won" }\n';
const deals = (...rows: string[]): string =>
  `deal_id, owner, close_date, amount, stage, type, refund_of\n${rows.join('\n')}`;

describe('what a refund takes back', () => {
  const spiff = `
period: month
${WON}rewards:
  spiff: { per: won, pay: "if(deal.amount >= 10000 USD, 100 USD, 20 USD)" }
`;

  it('a pay that depends on the size of the deal is taken back as it was paid', () => {
    // 12000 earns 100. What is taken back is −12000, which is not 10000 or more; the pay was 100 all the same.
    const rows = deals('d1, ana, 2026-01-10, 12000, won, new,', 'r1, ana, 2026-02-10, -12000, won, new, d1');
    expect(pay(spiff, { deals: rows }).payouts).toEqual({
      '2026-01 ana spiff': '100.00',
      '2026-02 ana spiff': '-100.00',
    });
  });

  it('in parts: only the one that completes the taking back counts', () => {
    const rows = deals(
      'r2, ana, 2026-03-10, -2000, won, new, d1',
      'd1, ana, 2026-01-10, 12000, won, new,',
      'r1, ana, 2026-02-10, -10000, won, new, d1',
    );
    expect(pay(spiff, { deals: rows }).payouts).toEqual({
      '2026-01 ana spiff': '100.00',
      '2026-03 ana spiff': '-100.00',
    });
  });

  it('a counting that says more than 1 for some deals goes back by as much', () => {
    // New deals count 2: the first fills the first two steps' units at 10, the second counts units 3 and 4 at 30.
    const plan = `
period: month
${WON}rewards:
  units:
    per: won
    pay: { method: marginal, counting: 'if(deal.type == "new", 2, 1)', steps: [ { up_to: 2, rate: 10 USD }, { rate: 30 USD } ] }
`;
    const rows = deals(
      'd1, ana, 2026-01-10, 100, won, new,',
      'd2, ana, 2026-01-11, 100, won, new,',
      'r1, ana, 2026-01-12, -40, won, new, d1',
      'r2, ana, 2026-01-13, -60, won, new, d1',
    );
    const { payouts, computation } = pay(plan, { deals: rows });
    expect(computation?.periods[0]?.payouts[0]?.lines.map(({ amount }) => amount)).toEqual([2000, 6000, 0, -6000]);
    expect(payouts).toEqual({ '2026-01 ana units': '20.00' });
  });

  it('of a customer whose deal was taken back whole nothing is left to be counted', () => {
    const plan = `
period: month
${WON}measures:
  customers: count_distinct(won.type_of)
rewards:
  bonus: { pay: customers.ytd * 10 USD }
`.replace('won.type_of', 'won.deal.type');
    const rows = deals(
      'd1, ana, 2026-01-10, 100, won, new,',
      'd2, ana, 2026-01-10, 100, won, old,',
      'r1, ana, 2026-02-12, -40, won, new, d1',
      'r2, ana, 2026-03-13, -60, won, new, d1',
    );
    expect(pay(plan, { deals: rows }).payouts).toEqual({
      '2026-01 ana bonus': '20.00',
      '2026-02 ana bonus': '20.00',
      '2026-03 ana bonus': '10.00',
    });
  });

  it('is shared out as its deal is: by that deal’s dates, touches and splits', () => {
    // d1 closes on 31 January; the touch of 2 February came after, and has no part of what is taken back on 1 March either.
    const plan = `
period: month
credits:
  touched: { each: attribution, when: deal.stage == "won", share: { time_decay: { half_life: 10 days } }, share_among: attribution.touched_on <= deal.close_date }
  part: { each: split, when: deal.stage == "won" }
rewards:
  bonus: { per: touched, rate: 100% }
  commission: { per: part, rate: 100% }
`;
    const rows = deals('d1, ana, 2026-01-31, 300, won, new,', 'r1, ana, 2026-03-01, -150, won, new, d1');
    const { payouts } = pay(plan, {
      deals: rows,
      campaigns: 'campaign_id, owner\nc1, mia\nc2, noa\nc3, ola',
      attributions: 'deal_id, campaign_id, touched_on\nd1, c1, 2026-01-31\nd1, c2, 2026-01-21\nd1, c3, 2026-02-02',
      splits: 'deal_id, person_id, share\nd1, ana, 70%\nd1, ben, 30%',
    });
    expect(payouts).toEqual({
      '2026-01 mia bonus': '200.00',
      '2026-01 noa bonus': '100.00',
      '2026-01 ana commission': '210.00',
      '2026-01 ben commission': '90.00',
      '2026-03 mia bonus': '-100.00',
      '2026-03 noa bonus': '-50.00',
      '2026-03 ana commission': '-105.00',
      '2026-03 ben commission': '-45.00',
    });
  });

  it('a refund whose row the credit does not take is said: what was paid would stay paid', () => {
    const plan = `
period: month
${WON}  large: { each: deal, when: deal.amount > 500 USD }
rewards:
  commission: { per: won, rate: 10% }
  spiff: { per: large, pay: 10 USD }
`;
    const rows = deals(
      'd1, ana, 2026-01-10, 1000, won, new,',
      'r1, ana, 2026-02-10, -400, won, new, d1',
      'r2, ana, 2026-03-10, -600, refunded, new, d1',
      'd2, ana, 2026-01-10, 100, lost, new,',
      'r3, ana, 2026-02-10, -100, lost, new, d2',
    );
    const { findings } = pay(plan, { deals: rows });
    const said = findings.filter(({ code }) => code === 'refund-not-credited');
    expect(said.map(({ message }) => message)).toEqual([
      'r1 takes back d1, which is credited as large; large takes nothing back',
      'r2 takes back d1, which is credited as won; won takes nothing back',
      'r2 takes back d1, which is credited as large; large takes nothing back',
    ]);
  });
});
