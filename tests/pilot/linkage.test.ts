import { describe, expect, it } from 'vitest';
import { widestGap } from '../../src/pilot/linkage.ts';
import { failingDepartments, lostCell, movedDepartments } from '../../src/report/pilot/pilot-cells.ts';
import { partText } from '../../src/report/pilot/pilot-figure.ts';
import { formatMinor } from '../../src/values/money.ts';
import { type Num, toPercent } from '../../src/values/num.ts';
import { figuresOf, pilotOf, type Rows, tried } from './piloting.ts';

const people = `
person_id, department, target_pay
sue, sales, 0
mia, marketing, 1000`;
const deals = `
deal_id, owner, close_date, amount, stage
d1, sue, 2026-01-10, 60000, won
d2, sue, 2026-02-10, 40000, won`;
const rows = { people, deals };

const HEAD = `
period: quarter
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
  all_won: { each: deal, when: deal.stage == "won", to: company }
measures:
  bookings: sum(won.amount)
`;

const shown = (value: Num | undefined): string => (value === undefined ? 'none' : toPercent(value));

/** `marketing` → [own, others], as things are and without crossing links; then who loses what where each fails. */
const linkage = (planText: string, tables: Rows = rows) => {
  const {
    linkage: own,
    uncrossed: { linkage: without },
  } = figuresOf(tried(pilotOf(planText, tables)));
  const alignment = Object.fromEntries(
    own.alignment.map(({ department, others, own: itself }, i) => [
      department,
      [itself, others, without.alignment[i]?.own, without.alignment[i]?.others].map(shown).join(' '),
    ]),
  );
  const failing = Object.fromEntries(
    own.failing.map(({ department, ownPart, othersPart, gap }) => [
      department,
      [ownPart, othersPart, gap].map(shown).join(' '),
    ]),
  );
  return { alignment, failing };
};

describe('what binds departments', () => {
  it('a plan without any link: alignment is 0, and each fails alone', () => {
    const plan = `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 6% }
  bonus: { who: marketing, pay: payee.target_pay }`;
    // Sales has 6,000 and loses 600 with a tenth of its deals; marketing's 1,000 stay 1,000.
    expect(linkage(plan)).toEqual({
      alignment: { marketing: '0% 0% 0% 0%', sales: '10% 0% 10% 0%' },
      failing: { marketing: '0% 0% 0%', sales: '10% 0% 10%' },
    });
  });

  it('a pure company pool gives both sides the same', () => {
    const plan = `${HEAD}rewards:
  pool: { pool: 1% * sum(all_won.amount), share_by: 1 }`;
    expect(linkage(plan)).toEqual({
      alignment: { marketing: '10% 10% 10% 10%', sales: '10% 10% 10% 10%' },
      failing: { marketing: '10% 10% 0%', sales: '10% 10% 0%' },
    });
  });

  const linked = (curve: string): string => `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 6% }
  bonus:
    who: marketing
    pay: payee.target_pay
    links:
      lands: { because: paid when sales lands it, by: sales.bookings, curve: { ${curve} } }`;

  it('a crossing link: how far it moves pay, and that without it nothing does', () => {
    // The factor at 100,000 is 100%; at 90,000 it is 80%, at 110,000 120%: 20% for ten. Sales failing costs marketing 20% of
    // its pay and sales 10% of its own: 10 points more than the side that failed.
    expect(linkage(linked('50000 USD: 0%, 150000 USD: 200%'))).toEqual({
      alignment: { marketing: '0% 20% 0% 0%', sales: '10% 0% 10% 0%' },
      failing: { marketing: '0% 0% 0%', sales: '10% 20% -10%' },
    });
  });

  it('a link at its top moves down but not up: half of the way counts', () => {
    // 100% from 100,000 on; at 90,000 it is 80%: (1,000 − 800) ÷ 2,000 = 10%.
    expect(linkage(linked('50000 USD: 0%, 100000 USD: 100%')).alignment.marketing).toBe('0% 10% 0% 0%');
  });

  it('swapping the names of the departments swaps the results', () => {
    const swap = (text: string): string =>
      text.replaceAll('sales', '?').replaceAll('marketing', 'sales').replaceAll('?', 'marketing');
    const plan = linked('50000 USD: 0%, 150000 USD: 200%');
    const { alignment, failing } = linkage(plan);
    const swapped = linkage(swap(plan), { people: swap(people), deals });
    expect(swapped.alignment).toEqual({ marketing: alignment.sales, sales: alignment.marketing });
    expect(swapped.failing).toEqual({ marketing: failing.sales, sales: failing.marketing });
  });

  it('quarter by quarter: how the loss falls where one side fails in it alone', () => {
    const more = `${deals}\nd3, sue, 2026-05-10, 150000, won`;
    const periods = { from: '2026-Q1', to: '2026-Q2', fiscalYearStarts: 1 };
    const pilot = pilotOf(linked('50000 USD: 0%, 150000 USD: 200%'), { people, deals: more }, { deep: true, periods });
    const { depth, uncrossed } = figuresOf(tried(pilot));
    const told = (quarters: NonNullable<typeof depth>['quarters']) =>
      quarters?.map(({ quarter, failing }) => [
        quarter,
        ...failing.map(({ department, ownPart, othersPart, gap }) =>
          [department, ...[ownPart, othersPart, gap].map((part) => partText(part))].join(' '),
        ),
      ]);
    // Sales has 6,000 and 9,000, marketing 1,000 and 2,000. In the first, a tenth less costs sales 600 and marketing 200 (a factor
    // of 80%); in the second 900 and 300 (170% for 200%).
    expect(told(depth?.quarters)).toEqual([
      ['2026-Q1', 'marketing 0.0% 0.0% 0.0%', 'sales 10.0% 20.0% −10.0%'],
      ['2026-Q2', 'marketing 0.0% 0.0% 0.0%', 'sales 10.0% 15.0% −5.0%'],
    ]);
    expect(depth?.quarters && widestGap(depth.quarters, 'sales')?.quarter).toBe('2026-Q1');
    // Without the link marketing does not answer for it.
    expect(told(uncrossed.depth?.quarters)?.[1]).toEqual([
      '2026-Q2',
      'marketing 0.0% 0.0% 0.0%',
      'sales 10.0% 0.0% 10.0%',
    ]);
    // What moves Mia's pay is sales' alone; without the link nothing is.
    const mia = ({ sight }: NonNullable<typeof depth>) => shown(sight?.people.find(({ id }) => id === 'mia')?.sight);
    expect([depth && mia(depth), uncrossed.depth && mia(uncrossed.depth)]).toEqual(['0%', 'none']);
  });

  it('of pay that is owed back no part is told: it would call a gain a loss', () => {
    // 40,000 given back at 6%: sales owes 2,400 in the second quarter, with a tenth less 2,160. It gains 240, of no pay at all.
    const back = 'deal_id, owner, close_date, amount, stage, refund_of\nd1, sue, 2026-02-10, 100000, won,';
    const rows = { people, deals: `${back}\nr1, sue, 2026-05-10, -40000, won, d1` };
    const plan = `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 6% }
  bonus: { who: marketing, pay: payee.target_pay }`;
    const periods = { from: '2026-Q2', to: '2026-Q2', fiscalYearStarts: 1 };
    const figures = figuresOf(tried(pilotOf(plan, rows, { periods, deep: true })));
    const [, sales] = figures.linkage.failing;
    expect([sales?.own, sales?.ownPart, sales?.others, sales?.othersPart, sales?.gap]).toEqual([
      -240_00,
      undefined,
      0,
      0,
      undefined,
    ]);
    expect(figures.linkage.alignment[1]).toEqual({ department: 'sales', own: undefined, others: undefined });
    expect(figures.depth?.sight?.people.map(({ id, ownLoss }) => [id, ownLoss])).toEqual([
      ['sue', undefined],
      ['mia', 0],
    ]);
    // It is shown that there is nothing to say, and what the others lose all the same.
    expect([movedDepartments([figures]), failingDepartments([figures])]).toEqual([
      ['marketing', 'sales'],
      ['marketing', 'sales'],
    ]);
    expect(lostCell('sales', 'ownPart')(figures, true)).toBe('–');
    expect(lostCell('sales', 'othersPart')(figures, true)).toBe('0.0%');
  });

  /** `2026-Q1 sales 10.0% 20.0% −10.0%`: own, others, gap. */
  const byQuarter = (planText: string, tables: Rows): readonly string[] => {
    const periods = { from: '2026-Q1', to: '2026-Q2', fiscalYearStarts: 1 };
    const { depth } = figuresOf(tried(pilotOf(planText, tables, { deep: true, periods })));
    return (depth?.quarters ?? []).flatMap(({ quarter, failing }) =>
      failing.map(({ department, ownPart, othersPart, gap }) =>
        [quarter, department, ...[ownPart, othersPart, gap].map((part) => partText(part))].join(' '),
      ),
    );
  };
  const twoQuarters = `${deals}\nd3, sue, 2026-05-10, 150000, won`;
  const swapped = (text: string): string =>
    text.replaceAll('sales', '?').replaceAll('marketing', 'sales').replaceAll('?', 'marketing');

  it('a pure company pool has no gap in any quarter, whoever joins', () => {
    // 1,000 in the first quarter, 500 for Sue and 500 for Mia; 1,500 in the second, 500 for each of three. A tenth less costs
    // everybody a tenth of what that quarter pays them. Sales has 500 and then 1,000: that is no blame.
    const joined = 'person_id, department, starts_on\nsue, sales,\nmia, marketing,\ntom, sales, 2026-04-01';
    const plan = `${HEAD.replace('data: { people: { target_per: quarter } }\n', '')}rewards:
  pool: { pool: 1% * sum(all_won.amount), share_by: 1 }`;
    const even = [
      '2026-Q1 marketing 10.0% 10.0% 0.0%',
      '2026-Q1 sales 10.0% 10.0% 0.0%',
      '2026-Q2 marketing 10.0% 10.0% 0.0%',
      '2026-Q2 sales 10.0% 10.0% 0.0%',
    ];
    expect(byQuarter(plan, { people: joined, deals: twoQuarters })).toEqual(even);
    expect(byQuarter(swapped(plan), { people: swapped(joined), deals: twoQuarters })).toEqual(even);
  });

  it('what is lost of a reward for longer is lost of what is paid in the period in which that falls', () => {
    // Sales: 6,000 and 9,000, and half of the half-year's pool of 2,500, paid in the second quarter; marketing the other 1,250.
    // 10% less in the first: sales loses 600 and 50 of 6,000 + 10,250, marketing 50 of 1,250. In the second: 900 and 75 of
    // 10,250, and 75 of 1,250; nothing of the first quarter's pay.
    const plan = `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 6% }
  pool: { every: half, pool: 1% * sum(all_won.amount), share_by: 1 }`;
    const found = byQuarter(plan, { people, deals: twoQuarters });
    expect(found.filter((one) => one.includes('sales'))).toEqual([
      '2026-Q1 sales 4.0% 4.0% 0.0%',
      '2026-Q2 sales 9.5% 6.0% 3.5%',
    ]);
    const other = byQuarter(swapped(plan), { people: swapped(people), deals: twoQuarters });
    expect(other.map(swapped).sort()).toEqual([...found].sort());
  });

  it('one department alone is bound to nobody', () => {
    const plan = `${HEAD}rewards:\n  commission: { who: sales, per: won, rate: 6% }`;
    expect(linkage(plan, { deals, people: 'person_id, department, target_pay\nsue, sales, 0' })).toEqual({
      alignment: {},
      failing: {},
    });
  });
});

describe('money', () => {
  const plan = `${HEAD}params: { rate: 6% }
rewards:
  commission:
    who: sales
    per: won
    rate: rate
    links: { team: { because: b, factor: 'if(marketing.bookings > 0 USD, 100%, 90%)' } }
  salary: { who: marketing, pay: payee.target_pay }`;

  it('what is paid, what results decide, what is linked, what the links did', () => {
    const { paid, uncrossed, variable, bookings } = figuresOf(tried(pilotOf(plan, rows)));
    // 6% of 100,000 × 90% = 5,400, and 1,000 for time; without the crossing link 6,000.
    expect(formatMinor(paid.total, 2)).toBe('6400.00');
    expect(formatMinor(uncrossed.paid.total, 2)).toBe('7000.00');
    expect([...paid.byDepartment].sort()).toEqual([
      ['marketing', 1000_00],
      ['sales', 5400_00],
    ]);
    expect(variable).toEqual({ variable: 5400_00, linked: 5400_00 });
    expect(formatMinor(bookings, 2)).toBe('100000.00');
  });

  it('a response that is assumed is paid with the results moved', () => {
    const pilot = pilotOf(plan, rows, { assume: [{ of: ['sales'], by: { n: 21n, d: 20n } }] });
    const { assumed } = figuresOf(tried(pilot, 'rate=5%'));
    // 5% of 105,000 × 90% = 4,725
    expect(assumed && [formatMinor(assumed.paid.total, 2), formatMinor(assumed.bookings, 2)]).toEqual([
      '5725.00',
      '105000.00',
    ]);
  });

  it('parts are shown to a tenth of a percent', () => {
    expect([partText({ n: 1n, d: 3n }), partText(1), partText(undefined)]).toEqual(['33.3%', '100.0%', '–']);
  });
});
