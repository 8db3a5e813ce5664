import { describe, expect, it } from 'vitest';
import { tauOf } from '../../src/pilot/fairness.ts';
import type { Depth, PilotAsk } from '../../src/pilot/pilot.ts';
import { formatMinor } from '../../src/values/money.ts';
import { type Num, toPercent } from '../../src/values/num.ts';
import { figuresOf, pilotOf, type Rows, tried } from './piloting.ts';

const deep = (plan: string, rows: Rows, ask: Partial<PilotAsk> = {}): Depth => {
  const { depth } = figuresOf(tried(pilotOf(plan, rows, { deep: true, ...ask })));
  if (depth === undefined) throw new Error('not asked');
  return depth;
};
const percent = (part: Num | undefined): string => (part === undefined ? 'none' : toPercent(part));

const HEAD = `
period: quarter
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
`;
// Two in one team, one in another, and one in marketing.
const people = `
person_id, department, team, target_pay
ann, sales, north, 0
bob, sales, north, 0
cal, sales, south, 0
mia, marketing, makers, 1000`;
const deals = `
deal_id, owner, close_date, amount, stage
d1, ann, 2026-01-10, 60000, won
d2, bob, 2026-02-10, 30000, won
d3, cal, 2026-03-10, 10000, won`;
const rows = { people, deals };

describe('line of sight, and what one’s own ten percent is worth', () => {
  it('a commission is all in sight, and falls with one’s own doing alone', () => {
    const { sight } = deep(`${HEAD}rewards:\n  commission: { who: sales, per: won, rate: 10% }`, rows);
    expect(sight?.people.map(({ id, sight: of, ownLoss }) => [id, percent(of), percent(ownLoss)])).toEqual([
      ['ann', '100%', '10%'],
      ['bob', '100%', '10%'],
      ['cal', '100%', '10%'],
    ]);
  });

  it('a pool that three sellers share: the part of it that their team makes is in sight', () => {
    const { sight } = deep(`${HEAD}rewards:\n  pool: { who: sales, pool: 3% * sales.bookings, share_by: 1 }`, rows);
    // Each has a third of 3% of 100,000 = 1,000. North makes 90 of the 100: a tenth more or less of it is 90 of the 100 that a
    // tenth of all would be. Ann's own tenth less is 6,000 of bookings, 180 of the pool and 60 of her 1,000.
    expect(sight?.people.map(({ id, sight: of, ownLoss }) => [id, percent(of), percent(ownLoss)])).toEqual([
      ['ann', '90%', '6%'],
      ['bob', '90%', '3%'],
      ['cal', '10%', '1%'],
    ]);
    const sales = sight?.departments.find(({ department }) => department === 'sales');
    // (90 + 90 + 10) ÷ 300 of what moves all three.
    expect(percent(sales?.sight)).toBe('63.3333333333%');
    expect(sales?.ownLoss && [sales.ownLoss.median, sales.ownLoss.least].map(percent)).toEqual(['3%', '1%']);
  });

  it('what is the company’s counts for whoever won it', () => {
    const plan = `${HEAD.replace('measures:', '  all_won: { each: deal, to: company }\nmeasures:')}rewards:
  pool: { who: sales, pool: 3% * sum(all_won.amount), share_by: 1 }`;
    expect(
      deep(plan, rows).sight?.people.map(({ id, sight: of, ownLoss }) => [id, percent(of), percent(ownLoss)]),
    ).toEqual([
      ['ann', '90%', '6%'],
      ['bob', '90%', '3%'],
      ['cal', '10%', '1%'],
    ]);
  });

  it('pay that nothing moves has no line of sight', () => {
    const { sight } = deep(`${HEAD}rewards:\n  salary: { who: marketing, pay: payee.target_pay }`, rows);
    expect(sight?.people.map(({ id, sight: of, ownLoss }) => [id, percent(of), percent(ownLoss)])).toEqual([
      ['mia', 'none', '0%'],
    ]);
  });
});

describe('incentives', () => {
  const stepped = (method: string): string => `${HEAD}rewards:
  commission:
    who: sales
    per: won
    rate: { method: ${method}, steps: [ { below: 62000 USD, rate: 5% }, { rate: 8% } ] }`;

  it('who stands just below a threshold, and what reaching it would have gained', () => {
    // Ann has 60,000 of 62,000, within five percent of it: at 8% all of it would have paid 1,800 more.
    expect(deep(stepped('retroactive'), rows).incentives.justBelow).toEqual([
      {
        id: 'ann',
        period: '2026-Q1',
        reward: 'commission',
        link: undefined,
        counted: 'money',
        at: 60_000_00,
        threshold: 62_000_00,
        gain: 1800_00,
      },
    ]);
    // Paid by parts, nothing that is there already would have paid more.
    expect(deep(stepped('marginal'), rows).incentives.justBelow.map(({ gain }) => gain)).toEqual([undefined]);
  });

  it('and just below the step of a curve', () => {
    const plan = `${HEAD}rewards:
  commission:
    who: sales
    per: won
    rate: 5%
    links: { reach: { because: b, by: bookings, curve: { 0 USD: 80%, 61000 USD: 100% }, shape: step } }`;
    expect(deep(plan, rows).incentives.justBelow.map(({ id, link, threshold }) => [id, link, threshold])).toEqual([
      ['ann', 'reach', 61_000_00],
    ]);
    // A part of a quota is no money, nor is a number of deals.
    const quotas = 'for, period, measure, amount\nann, 2026-Q1, bookings, 61000';
    const part = plan.replace(
      'by: bookings, curve: { 0 USD: 80%, 61000 USD: 100% }',
      'by: bookings / quota(bookings), when_missing: 100%, curve: { 0%: 80%, 100%: 100% }',
    );
    const found = deep(part, { ...rows, quotas }).incentives.justBelow;
    expect(found.map(({ id, counted, at }) => [id, counted, percent(at)])).toEqual([
      ['ann', 'number', '98.3606557377%'],
    ]);
  });

  describe('and just below what a condition asks for', () => {
    const quotas =
      'for, period, measure, amount\nann, 2026-Q1, bookings, 61000\nbob, 2026-Q1, bookings, 40000\ncal, 2026-Q1, bookings, 9000';
    const found = (links: string) =>
      deep(
        `${HEAD}  attainment: bookings / quota(bookings)
rewards:
  commission: { who: sales, per: won, rate: 5%, links: { ${links} } }`,
        { ...rows, quotas },
      ).incentives.justBelow.map(({ id, link, counted, at, threshold, gain }) =>
        [
          id,
          link,
          counted,
          ...[at, threshold].map((one) => (counted === 'money' ? formatMinor(one, 2) : percent(one))),
          gain && formatMinor(gain, 2),
        ].join(' '),
      );

    it('as a gate, with all that it would have paid', () => {
      // Ann has 60,000 of 61,000, 98.4%, and loses 5% of 60,000. Bob is at 75%; Cal has reached it.
      expect(found('whole: { because: b, gate: attainment >= 100% }')).toEqual([
        'ann whole number 98.3606557377% 100% 3000.00',
      ]);
      expect(found('whole: { because: b, gate: 100% <= attainment, otherwise: 40% }')).toEqual([
        'ann whole number 98.3606557377% 100% 1800.00',
      ]);
      expect(found('whole: { because: b, gate: bookings >= quota(bookings) }')).toEqual([
        'ann whole money 60000.00 61000.00 3000.00',
      ]);
    });

    it('where all else holds, and only more is asked for', () => {
      const also = (rest: string): readonly string[] =>
        found(`whole: { because: b, gate: attainment >= 100% ${rest} }`);
      expect(also('and sales.bookings >= 100000 USD')).toHaveLength(1);
      expect(also('and sales.bookings >= 200000 USD')).toEqual([]);
      expect(also('or sales.bookings >= 100000 USD')).toEqual([]);
      expect(found('low: { because: b, gate: attainment <= 100% }')).toEqual([]);
      // Level with it is not above it: all of sales has 100,000. Whoever has it pays 5%: 3,000, 1,500 and 500.
      expect(found('high: { because: b, gate: sales.bookings > 100000 USD }')).toEqual([
        'ann high money 100000.00 100000.00 3000.00',
        'bob high money 100000.00 100000.00 1500.00',
        'cal high money 100000.00 100000.00 500.00',
      ]);
    });

    it('as when a link applies, and as what frees a factor from its bound', () => {
      // 120% of 3,000 is 600 more.
      expect(found('more: { because: b, when: attainment >= 100%, factor: 120% }')).toEqual([
        'ann more number 98.3606557377% 100% 600.00',
      ]);
      expect(found('more: { because: b, factor: 120%, at_most: 100%, unless: attainment >= 100% }')).toEqual([
        'ann more number 98.3606557377% 100% 600.00',
      ]);
      // To stay below what takes away is no loss.
      expect(found('less: { because: b, when: attainment >= 100%, factor: 80% }')).toEqual([]);
    });

    it('each gate beside the links that stand with it', () => {
      // A blend: 40% × 0% + 60% × 50% is 30% of 3,000; with the gate open 70%.
      expect(
        found(
          'whole: { because: b, weight: 40%, gate: attainment >= 100% }, half: { because: b, weight: 60%, factor: 50% }',
        ),
      ).toEqual(['ann whole number 98.3606557377% 100% 1200.00']);
    });
  });

  it('which deals of a period’s last week would have paid more a week later', () => {
    const late = `
deal_id, owner, close_date, amount, stage
d1, ann, 2026-01-10, 60000, won
d2, ann, 2026-03-30, 5000, won
d3, ann, 2026-04-10, 58000, won
d4, bob, 2026-03-31, 1000, won
d5, bob, 2026-03-20, 9000, won`;
    // As it is: 65,000 at 8% and 58,000 at 5%, 5,200 + 2,900 = 8,100. With d2 in the second quarter 60,000 at 5% and 63,000 at
    // 8%, 3,000 + 5,040 = 8,040: it does not pay. Nor does Bob's d4 gain anything, at 5% in either.
    const { delays, moved, late: count } = deep(stepped('retroactive'), { people, deals: late }).incentives;
    expect([delays, moved, count]).toEqual([[], 2, 2]);
    const less = late.replace('60000', '50000');
    const found = deep(stepped('retroactive'), { people, deals: less }).incentives.delays;
    // 50,000 and 5,000 at 5% are 2,750 and the 58,000 2,900; moved, 2,500 and 5,040: 1,890 more.
    expect(found.map(({ deal, seller, gain }) => [deal, seller, formatMinor(gain, 2)])).toEqual([
      ['d2', 'ann', '1890.00'],
    ]);
  });

  it('how often a gate was shut or a factor held down', () => {
    const plan = `${HEAD}rewards:
  commission:
    who: sales
    per: won
    rate: 5%
    links:
      enough: { because: b, gate: 'bookings >= 30000 USD' }
      both: { because: b, factor: 120%, at_most: 100%, unless: 'bookings > 50000 USD' }`;
    // Three lines, two links each: Cal's gate is shut; Bob's and Cal's factor is held down.
    const { bit, gates } = deep(plan, rows).incentives;
    expect([bit, gates]).toEqual([3, 6]);
  });
});

describe('robustness', () => {
  it('what the same plan pays with touches shared out otherwise', () => {
    const plan = `${HEAD.replace('measures:', '  touched: { each: attribution, share: linear }\nmeasures:')}rewards:
  campaigns: { per: touched, rate: 1% }`;
    const tables = {
      people: `${people}\nned, marketing, makers, 1000`,
      deals,
      campaigns: 'campaign_id, owner\nc1, mia\nc2, ned',
      attributions: 'deal_id, campaign_id, touched_on\nd1, c1, 2026-01-01\nd1, c2, 2026-01-05',
    };
    // 1% of 60,000: 300 each; by the first touch all 600 to Mia, by the last to Ned.
    const { shares, unpayable } = deep(plan, tables).robustness;
    expect(unpayable).toEqual([]);
    expect(shares.filter(({ model }) => model.endsWith('touch'))).toEqual([
      {
        model: 'first_touch',
        total: 600_00,
        most: { id: 'mia', difference: 300_00 },
        least: { id: 'ned', difference: -300_00 },
      },
      {
        model: 'last_touch',
        total: 600_00,
        most: { id: 'ned', difference: 300_00 },
        least: { id: 'mia', difference: -300_00 },
      },
    ]);
  });

  it('half the half-life', () => {
    const plan = `${HEAD.replace('measures:', '  touched: { each: attribution, share: { time_decay: { half_life: 4 days } } }\nmeasures:')}rewards:
  campaigns: { per: touched, rate: 1% }`;
    const tables = {
      people: `${people}\nned, marketing, makers, 1000`,
      deals,
      campaigns: 'campaign_id, owner\nc1, mia\nc2, ned',
      attributions: 'deal_id, campaign_id, touched_on\nd1, c1, 2026-01-01\nd1, c2, 2026-01-05',
    };
    // Four days apart: 1 to 2 by half-lives of four days (200 and 400), 1 to 4 by half-lives of two (120 and 480).
    const halved = deep(plan, tables).robustness.shares.find(({ model }) => model === 'half the half-life');
    expect(halved?.least).toEqual({ id: 'mia', difference: -80_00 });
  });
});

describe('fairness', () => {
  const quotas = `
for, period, measure, amount
ann, 2026-Q1, bookings, 60000
bob, 2026-Q1, bookings, 30000
cal, 2026-Q1, bookings, 20000`;

  it('whether pay follows attainment, and how far pay differs at equal attainment', () => {
    const plan = `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 10%, links: { own: { because: b, factor: 'if(bookings > 50000 USD, 150%, 100%)' } } }`;
    const [of] = deep(plan, { ...rows, quotas }).fairness;
    // Pay ÷ quota: Ann 9,000 ÷ 60,000 = 15%, Bob 10%, both at 100%; Cal at 50% has 5%. Of the three pairs two are in order, one is
    // tied in attainment: 2 ÷ √(3 × 2) = 0.8165.
    expect(of?.tau && toPercent(of.tau, 2)).toBe('81.65%');
    // At 100%: (15 − 10) ÷ 12.5, the mean of the two in the middle. Ann is paid a fifth above it, Bob a fifth below.
    expect(of?.spread).toMatchObject({ band: '100% to 120%', people: 2 });
    expect(percent(of?.spread?.part)).toBe('40%');
    expect(of?.groups.map(({ group, people: count }) => [group, count])).toEqual([['team north', 2]]);
    expect(percent(of?.groups[0]?.part)).toBe('0%');
  });

  it('what regions are paid at equal attainment; who crossed over before has not within these periods', () => {
    const plan = `${HEAD}rewards:
  commission: { who: sales, per: won, rate: 10%, links: { own: { because: b, factor: 'if(bookings > 50000 USD, 150%, 100%)' } } }`;
    const crossed =
      `${people.replace('team, ', 'team, starts_on, ends_on, ').replaceAll(/(north|south|makers), /g, '$1, , , ')}
bob, marketing, makers, 2025-01-01, 2025-12-31, 0`.replace('bob, sales, north, , ', 'bob, sales, north, 2026-01-01, ');
    const regions = deals
      .replace('stage', 'stage, region')
      .replace(/(60000, won)/, '$1, EMEA')
      .replace(/(30000, won)/, '$1, APAC')
      .replace(/(10000, won)/, '$1, EMEA');
    const [of] = deep(plan, { people: crossed, deals: regions, quotas }).fairness;
    // Ann has 15% of quota and Bob 10%: a fifth above and below the middle, which is 12.5%.
    expect(of?.groups.map(({ group, part, people: count }) => [group, percent(part), count])).toEqual([
      ['region APAC', '-20%', 1],
      ['region EMEA', '20%', 1],
      ['team north', '0%', 2],
    ]);
  });

  it('Kendall’s tau-b is 1 in the same order, −1 in the other, undefined where all are tied', () => {
    const tau = (...points: [number, number][]) =>
      tauOf(
        points.map(([attainment, rate]) => ({ attainment, rate })),
        (a, b) => [a, b],
      );
    expect(tau([1, 1], [2, 2], [3, 3])).toBe(1);
    expect(tau([1, 3], [2, 2], [3, 1])).toBe(-1);
    expect(tau([1, 1], [1, 1])).toBeUndefined();
  });
});
