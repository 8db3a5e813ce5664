import { describe, expect, it } from 'vitest';
import { pay } from '../engine/pay.ts';

/** Worked examples that others have published, each with where it stands; the figures were worked out again by hand. */

const amounts = (result: ReturnType<typeof pay>): readonly number[] =>
  result.computation?.periods.flatMap(({ payouts }) =>
    payouts.flatMap(({ lines }) => lines.map(({ amount }) => Number(amount))),
  ) ?? [];

describe('steps', () => {
  const sold = (amount: string, steps: string, method = 'marginal') =>
    pay(
      `
period: quarter
credits: { won: { each: deal } }
measures: { bookings: sum(won.amount) }
rewards:
  commission: { per: won, rate: { method: ${method}, of: quota(bookings), steps: ${steps} } }
`,
      {
        deals: `deal_id, owner, close_date, amount\nd1, rep, 2026-01-15, ${amount}`,
        quotas: 'for, period, measure, amount\nrep, 2026-Q1, bookings, 100000',
      },
    ).payouts['2026-Q1 rep commission'];

  // excelforum.com/excel-formulas-and-functions/861932: a quota of 100,000; 5% up to it, 6% to 125,000, 7% above.
  // 150,000 earns 5,000 + 1,500 + 1,750.
  it('5%, 6% and 7% of 150,000 on a quota of 100,000 are 8,250', () => {
    expect(sold('150000', '[ { up_to: 100%, rate: 5% }, { up_to: 125%, rate: 6% }, { rate: 7% } ]')).toBe('8250.00');
  });

  // Sales Cookie, "What is the difference between cumulative and non-cumulative tiers": 6% under 100% of quota, 8% from there to
  // 150%, 10% above. At 110% cumulative tiers pay the first band at 6% and the rest at 8%, non-cumulative ones all at 8%.
  it.each([
    ['marginal', '110000', '6800.00'],
    ['retroactive', '110000', '8800.00'],
    // "under 100%": exactly 100% is in the next tier already
    ['retroactive', '100000', '8000.00'],
    ['retroactive', '99999.99', '6000.00'],
    ['retroactive', '150000.01', '15000.00'],
  ])('cumulative tiers are marginal, non-cumulative ones retroactive: %s at %s', (method, amount, commission) => {
    expect(sold(amount, '[ { below: 100%, rate: 6% }, { up_to: 150%, rate: 8% }, { rate: 10% } ]', method)).toBe(
      commission,
    );
  });

  // QuotaPath, "Account Executive: accelerators & decelerators": a monthly quota of 33,000; 5% until half of it is reached, then 10% on
  // all of the month; from 100% on 20%, which "doesn't apply to previous tiers": one rate for the month so far, another on the excess.
  it.each([
    ['16000', '800.00'],
    ['20000', '2000.00'],
    // 33,000 × 10% + 7,000 × 20%
    ['40000', '4700.00'],
  ])('a decelerator that is lifted for all, and an accelerator for the excess: %s', (amount, commission) => {
    const { payouts } = pay(
      `
period: month
credits: { won: { each: deal } }
measures: { arr: sum(won.amount) }
rewards:
  commission: { per: won, rate: { method: retroactive, of: quota(arr), steps: [ { up_to: 50%, rate: 5% }, { rate: 10% } ] } }
  accelerator: { per: won, rate: { method: marginal, of: quota(arr), steps: [ { up_to: 100%, rate: 0% }, { rate: 10% } ] } }
`,
      {
        deals: `deal_id, owner, close_date, amount\nd1, ae, 2026-01-15, ${amount}`,
        quotas: 'for, period, measure, amount\nae, 2026-01, arr, 33000',
      },
    );
    const paid = Number(payouts['2026-01 ae commission']) + Number(payouts['2026-01 ae accelerator'] ?? 0);
    expect(paid.toFixed(2)).toBe(commission);
  });

  // Revenue Procedure 2023-34 of the IRS, table 3 (unmarried individuals, 2024): what is due on exactly each threshold, and beyond.
  it.each([
    ['11600', '1160.00'],
    ['47150', '5426.00'],
    ['100525', '17168.50'],
    ['191950', '39110.50'],
    ['243725', '55678.50'],
    ['609350', '183647.25'],
    ['50000', '6053.00'],
  ])('seven brackets of an income tax: of %s', (income, tax) => {
    const { payouts } = pay(
      `
period: year
credits: { earned: { each: deal } }
rewards:
  tax:
    per: earned
    rate:
      method: marginal
      steps:
        - { up_to: 11600 USD, rate: 10% }
        - { up_to: 47150 USD, rate: 12% }
        - { up_to: 100525 USD, rate: 22% }
        - { up_to: 191950 USD, rate: 24% }
        - { up_to: 243725 USD, rate: 32% }
        - { up_to: 609350 USD, rate: 35% }
        - { rate: 37% }
`,
      { deals: `deal_id, owner, close_date, amount\nd1, jo, 2024-12-31, ${income}` },
    );
    expect(payouts).toEqual({ '2024 jo tax': tax });
  });
});

describe('shares of touches', () => {
  const shared = (share: string, touches: readonly string[], amount = '1000.00') =>
    amounts(
      pay(
        `
period: month
credits: { touched: { each: attribution, share: ${share} } }
rewards: { all: { per: touched, rate: 100% } }
`,
        {
          deals: `deal_id, owner, close_date, amount\nd1, rep, 2026-01-31, ${amount}`,
          campaigns: 'campaign_id, owner\nc, mia',
          attributions: `deal_id, campaign_id, touched_on, touch\n${touches.map((touch) => `d1, c, ${touch}`).join('\n')}`,
        },
      ),
    );
  const W =
    '{ w_shaped: { parts: [30%, 30%, 30%, 10%], by: attribution.touch, lead: "lead", opportunity: "opportunity" } }';
  const POSITION = '{ position: [40%, 20%, 40%] }';
  const DECAY = '{ time_decay: { half_life: 7 days } }';

  // leadsources.io, "W-Shaped Attribution": first touch 30%, the form that makes the lead 30%, four touches in the middle 2.5% each, and
  // the one that makes the opportunity 30%.
  it('W-shaped: three of 30%, four of 2.5%', () => {
    const touches = [
      '2026-01-01, ad',
      '2026-01-21, lead',
      '2026-01-22, mail',
      '2026-01-23, mail',
      '2026-01-24, mail',
      '2026-01-25, mail',
      '2026-01-30, opportunity',
    ];
    expect(shared(W, touches)).toEqual([300_00, 300_00, 25_00, 25_00, 25_00, 25_00, 300_00]);
  });

  // adriennevermorel.com, "SQL attribution: position-based, time-decay": first 40%, last 40%, 20% ÷ (n − 2) for each between; a single
  // touch has everything, of two each has half.
  it.each([
    [['2026-01-01, x'], [1000_00]],
    [
      ['2026-01-01, x', '2026-01-02, x'],
      [500_00, 500_00],
    ],
    [
      ['2026-01-01, x', '2026-01-02, x', '2026-01-03, x', '2026-01-04, x'],
      [400_00, 100_00, 100_00, 400_00],
    ],
  ])('position-based, %j', (touches, parts) => {
    expect(shared(POSITION, touches)).toEqual(parts);
  });

  // adriennevermorel.com, "Time-decay attribution": 2^(−days ÷ half-life); on day 0 the weight is 1, on day 7 0.5, on day 14 0.25, on day
  // 21 0.125. By their sum, 1.875, of 1,875.00 these are 1,000, 500, 250 and 125.
  it('time decay with a half-life of seven days', () => {
    const touches = ['2026-01-10, x', '2026-01-17, x', '2026-01-24, x', '2026-01-31, x'];
    expect(shared(DECAY, touches, '1875.00')).toEqual([125_00, 250_00, 500_00, 1000_00]);
  });

  // Google Analytics' help on attribution modelling: with a half-life of 7 days a touch 8 days back has half of what one 1 day back has.
  it('a touch of eight days ago has half the credit of one of a day ago', () => {
    expect(shared(DECAY, ['2026-01-23, x', '2026-01-30, x'], '300.00')).toEqual([100_00, 200_00]);
  });
});

describe('largest remainders', () => {
  /** Whole yen shared out like seats, by a column of people. */
  const seats = (total: number, populations: readonly (readonly [string, number])[]) => {
    const people = populations.map(([name, population]) => `${name}, state, ${population}`).join('\n');
    const { computation } = pay(
      `
period: year
data: { people: { columns: { population: { type: number } } } }
credits: { won: { each: deal } }
rewards: { seats: { pool: ${total}.00 USD / 100, share_by: payee.population } }
`,
      {
        people: `person_id, department, population\n${people}`,
        deals: `deal_id, owner, close_date, amount\nd1, ${populations[0]?.[0]}, 2026-01-01, 1`,
      },
    );
    const paid = new Map(computation?.periods[0]?.payouts.map(({ person, amount }) => [person.id, Number(amount)]));
    return populations.map(([name]) => paid.get(name));
  };

  // electowiki.org, "Hamilton method": the House of 1790, had it had sixty seats.
  it('sixty seats for the fifteen states of 1790', () => {
    const states = [
      ['Virginia', 630_560],
      ['Massachusetts', 475_327],
      ['Pennsylvania', 432_879],
      ['North Carolina', 353_523],
      ['New York', 331_589],
      ['Maryland', 278_514],
      ['Connecticut', 236_841],
      ['South Carolina', 206_236],
      ['New Jersey', 179_570],
      ['New Hampshire', 141_822],
      ['Vermont', 85_533],
      ['Georgia', 70_835],
      ['Kentucky', 68_705],
      ['Rhode Island', 68_446],
      ['Delaware', 55_540],
    ] as const;
    expect(seats(60, states)).toEqual([11, 8, 7, 6, 6, 5, 4, 3, 3, 2, 1, 1, 1, 1, 1]);
  });

  // en.wikipedia.org, "Largest remainders method", with the Hare quota: 100,000 votes, ten seats.
  it('ten seats for a hundred thousand votes', () => {
    const parties = [
      ['Yellows', 47_000],
      ['Whites', 16_000],
      ['Reds', 15_900],
      ['Greens', 12_000],
      ['Blues', 6_000],
      ['Pinks', 3_100],
    ] as const;
    expect(seats(10, parties)).toEqual([5, 2, 1, 1, 1, 0]);
  });

  // Martin Fowler, "Patterns of Enterprise Application Architecture", Money: 5 cents by 30% and 70% lose or make no cent.
  it('Foemmel’s conundrum: five cents by three and seven', () => {
    expect(
      seats(5, [
        ['three', 3],
        ['seven', 7],
      ]),
    ).toEqual([2, 3]);
  });
});

describe('rounding as spreadsheets do', () => {
  // support.microsoft.com, "ROUND function": the examples of its table.
  it.each([
    ['round(2.15, 1)', '2.20'],
    ['round(2.149, 1)', '2.10'],
    ['round(-1.475, 2)', '-1.48'],
    ['round(21.5, -1)', '20.00'],
    ['round(626.3, -3)', '1000.00'],
    ['round(1.98, -1)', undefined],
    ['round(-50.55, -2)', '-100.00'],
  ])('%s', (expression, amount) => {
    const { payouts } = pay(
      `\nperiod: month\ncredits: { won: { each: deal } }\nrewards: { r: { per: won, pay: '${expression} * 1 USD' } }\n`,
      {
        deals: 'deal_id, owner, close_date, amount\nd1, ana, 2026-01-15, 1',
      },
    );
    expect(payouts['2026-01 ana r']).toBe(amount);
  });
});

describe('rates of exchange', () => {
  // The ECB quotes everything against the euro; a rate between two other currencies is the quotient of theirs
  // (Council Regulation (EC) No 1103/97, article 4: nothing is multiplied by a rounded inverse, but divided by the rate itself).
  it.each([
    // 1 EUR = 1.0956 USD: 1,000 EUR are 1,095.60 USD
    ['EUR', '1000.00', '1095.60'],
    // 1 EUR = 0.86645 GBP: 1,000 ÷ 0.86645 × 1.0956 = 1,264.47 (by an inverse rounded to four digits, 1.1541, it would be 1,264.43)
    ['GBP', '1000.00', '1264.47'],
    // 1 EUR = 155.68 JPY: 1,000,000 ÷ 155.68 × 1.0956 = 7,037.51
    ['JPY', '1000000', '7037.51'],
  ])('reference rates of 2 January 2024, %s', (currency, amount, dollars) => {
    const { payouts } = pay(
      '\nperiod: month\ncredits: { won: { each: deal } }\nrewards: { r: { per: won, rate: 100% } }\n',
      {
        deals: `deal_id, owner, close_date, amount, currency\nd1, ana, 2024-01-02, ${amount}, ${currency}`,
        fx: 'date, from, to, rate\n2024-01-02, EUR, USD, 1.0956\n2024-01-02, EUR, GBP, 0.86645\n2024-01-02, EUR, JPY, 155.68',
      },
    );
    expect(payouts).toEqual({ '2024-01 ana r': dollars });
  });
});
