import { describe, expect, it } from 'vitest';
import { pay } from '../engine/pay.ts';
import { fromFiles } from './computing.ts';

const COMMISSION = `
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 10% }
`;
const deals = (...rows: string[]): string => `deal_id, owner, close_date, amount, stage\n${rows.join('\n')}`;
const D1 = deals('d1, ana, 2026-01-20, 100, won');
const said = (plan: string, rows: Parameters<typeof pay>[1]): string[] =>
  pay(plan, rows).findings.map(({ code, file, line }) => `${code} ${file}:${line}`);

describe('rows that point to others', () => {
  const plan = `
period: month
credits:
  touched: { each: attribution, when: deal.stage == "won", share: linear }
  handed: { each: lead, when: deal.amount is missing }
  landed: { each: lead, when: deal.amount > 0 USD and campaign.owner == "mia" }
  part: { each: split, when: deal.stage == "won" and split.role == "se" }
rewards:
  touch: { per: touched, rate: 100% }
  lead: { per: handed, pay: 1 USD }
  deal_lead: { per: landed, pay: 5 USD }
  engineer: { per: part, rate: 1% }
`;
  const rows = {
    deals: D1,
    campaigns: 'campaign_id, owner\nc1, mia',
    attributions: 'deal_id, campaign_id\n, c1\nd1, c1',
    leads:
      'lead_id, campaign_id, deal_id, assigned_to, assigned_on\nl1, , , ana, 2026-01-02\nl2, c1, d1, ana, 2026-01-03',
    splits: 'deal_id, person_id, share, role\nd1, ana, 90%, ae\nd1, ben, 10%, se',
  };

  it('an attribution has deal and campaign, a lead campaign and deal, a split deal; an empty deal_id is none', () => {
    const { payouts, findings } = pay(plan, rows);
    expect(findings).toEqual([]);
    expect(payouts).toEqual({
      '2026-01 mia touch': '100.00',
      '2026-01 ana lead': '1.00',
      '2026-01 ana deal_lead': '5.00',
      '2026-01 ben engineer': '0.10',
    });
  });

  it('to a row that is not there: an error on the pointing row', () => {
    const lost = {
      ...rows,
      attributions: 'deal_id, campaign_id\nd9, c1\nd1, c9',
      leads: 'lead_id, campaign_id, deal_id, assigned_to, assigned_on\nl1, c9, d9, ana, 2026-01-02',
      splits: 'deal_id, person_id, share, role\nd9, ana, 90%, ae',
    };
    expect(said(plan, lost).filter((one) => one.startsWith('dangling'))).toEqual([
      'dangling-id attributions.csv:2',
      'dangling-id attributions.csv:3',
      'dangling-id leads.csv:2',
      'dangling-id leads.csv:2',
      'dangling-id splits.csv:2',
    ]);
  });

  it('a person id reaches that person’s row on the credit’s date', () => {
    const text = `
period: month
credits:
  won: { each: deal, to: deal.owner.manager }
  north: { each: deal, when: deal.owner.team == "north" }
rewards:
  override: { per: won, rate: 10% }
  home: { per: north, pay: 1 USD }
`;
    const people = `
person_id, department, team, manager, starts_on, ends_on
ana, sales, north, mia, , 2026-01-31
ana, sales, south, noa, 2026-02-01,
mia, heads, , , ,
noa, heads, , , ,`;
    const two = deals('d1, ana, 2026-01-31, 100, won', 'd2, ana, 2026-02-01, 100, won');
    expect(pay(text, { deals: two, people }).payouts).toEqual({
      '2026-01 mia override': '10.00',
      '2026-01 ana home': '1.00',
      '2026-02 noa override': '10.00',
    });
  });
});

describe('people', () => {
  it('a manager who is not in people is a note', () => {
    const { findings, payouts } = pay(COMMISSION, {
      deals: D1,
      people: 'person_id, department, manager\nana, sales, boss',
    });
    expect(findings.map(({ code, severity, line }) => `${severity} ${code} ${line}`)).toEqual([
      'note unknown-manager 2',
    ]);
    expect(payouts).toEqual({ '2026-01 ana commission': '10.00' });
  });

  it('a credit outside of all stays is a warning, in no group, and paid by nobody', () => {
    const plan = `${COMMISSION}  all: { pay: 1% * everyone.booked }\nmeasures: { booked: sum(won.amount) }\n`;
    const people = 'person_id, department, starts_on\nana, sales, 2026-01-21\nben, sales,';
    const { codes, payouts } = pay(plan, { deals: D1, people });
    expect(codes).toContain('outside-stays');
    expect(payouts).toEqual({});
  });

  it('without a people table everyone who is credited is a payee with an id alone', () => {
    const { payouts, findings } = pay(COMMISSION, {
      deals: deals('d1, zoe, 2026-01-20, 100, won', 'd2, ana, 2026-01-20, 100, won'),
    });
    expect(findings).toEqual([]);
    expect(Object.keys(payouts)).toEqual(['2026-01 ana commission', '2026-01 zoe commission']);
  });

  it('a condition that is missing keeps somebody out of a group, with a warning on the row', () => {
    const plan = COMMISSION.replace('{ per: won', '{ who: north, per: won').concat(
      'groups: { north: payee.team == "north" }\n',
    );
    const people = 'person_id, department, team\nana, sales, \nben, sales, north';
    const { findings, payouts } = pay(plan, { deals: D1, people });
    expect(findings.map(({ code, file, line }) => `${code} ${file}:${line}`)).toContain('unclear-group people.csv:2');
    expect(payouts).toEqual({});
  });

  it('stays that overlap need a share each, of at most 100% together', () => {
    const people = (...rows: string[]): string =>
      `person_id, department, starts_on, ends_on, share\n${rows.join('\n')}`;
    expect(said(COMMISSION, { deals: D1, people: people('ana, sales, , , 50%', 'ana, marketing, , ,') })).toEqual([
      'overlapping-stays people.csv:2',
      'overlapping-stays people.csv:3',
    ]);
    // two at once, then two others: never three
    const turns = people('ana, sales, , 2026-01-10, 60%', 'ana, marketing, , , 40%', 'ana, sales, 2026-01-11, , 60%');
    expect(said(COMMISSION, { deals: D1, people: turns })).toEqual([]);
    const three = people('ana, sales, , 2026-01-11, 60%', 'ana, marketing, , , 40%', 'ana, sales, 2026-01-11, , 60%');
    expect(said(COMMISSION, { deals: D1, people: three })).toContain('shares-above-whole people.csv:4');
  });

  it.each([
    ['month', 'month', '1200.00'],
    ['quarter', 'month', '3600.00'],
    ['month', 'quarter', '400.00'],
    ['half', 'year', '600.00'],
    ['year', 'half', '2400.00'],
    ['quarter', 'year', '300.00'],
  ])('paid by the %s, a target of 1200 for a %s is worth %s', (period, per, amount) => {
    const plan = `
period: ${period}
data: { people: { target_per: ${per} } }
credits: { won: { each: deal } }
rewards: { bonus: { pay: payee.target_pay } }
`;
    const people = 'person_id, department, target_pay\nana, sales, 1200';
    expect(Object.values(pay(plan, { deals: D1, people }).payouts)).toEqual([amount]);
  });

  it('target_per is required where target_pay is read', () => {
    const plan = 'period: month\ncredits: { won: { each: deal } }\nrewards: { bonus: { pay: payee.target_pay } }\n';
    expect(pay(plan, { deals: D1, people: 'person_id, department, target_pay\nana, sales, 1200' }).codes).toEqual([
      'missing-target-per',
    ]);
  });
});

describe('quotas and results', () => {
  const plan = (more = ''): string => `
period: quarter
${more}
groups: { sales: payee.department == "sales" }
credits: { won: { each: deal } }
measures: { booked: sum(won.amount), deals_won: count(won) }
rewards: { bonus: { pay: 1000 USD * (booked / quota(booked)) } }
`;
  const people = 'person_id, department, team, starts_on\nana, sales, north,\nnorth2, sales, , 2026-03-01';

  it('`for` is a person, a group or a team: a name that is two of them, or none, is an error', () => {
    const quotas =
      'for, period, measure, amount\nana, 2026-Q1, booked, 100\nnorth, 2026-Q1, booked, 100\nsales, 2026-Q1, booked, 100\nwest, 2026-Q1, booked, 100';
    const both = `${people}\nsales, sales, , \nnorth, sales, , `;
    expect(said(plan('data: { quotas: { prorate: days } }'), { deals: D1, people: both, quotas }).slice(-3)).toEqual([
      'ambiguous-name quotas.csv:3',
      'ambiguous-name quotas.csv:4',
      'dangling-id quotas.csv:5',
    ]);
  });

  it('what is kept for a part of a period must be said where it matters, and only there', () => {
    const quotas = 'for, period, measure, amount\nana, 2026-Q1, booked, 100\nnorth2, 2026-Q1, booked, 93';
    const rows = { deals: deals('d1, ana, 2026-01-20, 100, won', 'd2, north2, 2026-03-20, 31, won'), people, quotas };
    expect(pay(plan(), rows).codes).toContain('missing-prorate');
    // 31 of 90 days of 93 is 32.0333…: 1000 × 31 ÷ (93 × 31/90) = 967.74; all of it: 333.33
    expect(pay(plan('data: { quotas: { prorate: days } }'), rows).payouts).toMatchObject({
      '2026-Q1 north2 bonus': '967.74',
    });
    expect(pay(plan('data: { quotas: { prorate: none } }'), rows).payouts).toMatchObject({
      '2026-Q1 north2 bonus': '333.33',
    });
    const whole = {
      deals: D1,
      people: 'person_id, department\nana, sales',
      quotas: quotas.split('\n').slice(0, 2).join('\n'),
    };
    expect(pay(plan(), whole).payouts).toEqual({ '2026-Q1 ana bonus': '1000.00' });
  });

  it('a quota of a count is a number, of money an amount in the plan’s currency', () => {
    const rows = (amount: string): Parameters<typeof pay>[1] => ({
      deals: D1,
      quotas: `for, period, measure, amount\nana, 2026-Q1, deals_won, ${amount}\nana, 2026-Q1, booked, 100.00`,
    });
    const counted = plan().replace('(booked / quota(booked))', '(deals_won / quota(deals_won))');
    expect(pay(counted, rows('0.125')).payouts).toEqual({ '2026-Q1 ana bonus': '8000.00' });
    expect(
      said(plan(), { deals: D1, quotas: 'for, period, measure, amount\nana, 2026-Q1, booked, 100.125' }),
    ).toContain('too-many-decimals quotas.csv:2');
  });
});

describe('refunds', () => {
  const header = 'deal_id, owner, close_date, amount, stage, currency, refund_of';
  const of = (...rows: string[]): string => `${header}\n${rows.join('\n')}`;

  it('are converted at their deal’s rate', () => {
    const { payouts } = pay(COMMISSION, {
      deals: of('d1, ana, 2026-01-20, 100, won, EUR, ', 'r1, ana, 2026-02-20, -100, won, EUR, d1'),
      fx: 'date, from, to, rate\n2026-01-20, EUR, USD, 1.2\n2026-02-20, EUR, USD, 1.5',
    });
    expect(payouts).toEqual({ '2026-01 ana commission': '12.00', '2026-02 ana commission': '-12.00' });
  });

  it('the amount that is left is that of the rows, in the deal’s currency', () => {
    // a third of a euro of each is rounded apart in dollars; in euros all three make the whole
    const plan = `${COMMISSION}  spiff: { per: won, pay: 9 USD }\n`;
    const { payouts } = pay(plan, {
      deals: of(
        'd1, ana, 2026-01-20, 1.00, won, EUR, ',
        'r1, ana, 2026-02-20, -0.33, won, EUR, d1',
        'r2, ana, 2026-03-20, -0.33, won, EUR, d1',
        'r3, ana, 2026-04-20, -0.34, won, EUR, d1',
      ),
      fx: 'date, from, to, rate\n2026-01-20, EUR, USD, 1.01',
    });
    expect(payouts).toMatchObject({ '2026-01 ana spiff': '9.00', '2026-04 ana spiff': '-9.00' });
    expect(Object.keys(payouts).filter((key) => key.endsWith('spiff'))).toHaveLength(2);
  });

  it('in another currency than their deal are an error', () => {
    expect(
      said(COMMISSION, {
        deals: of('d1, ana, 2026-01-20, 100, won, EUR, ', 'r1, ana, 2026-02-20, -100, won, , d1'),
        fx: 'date, from, to, rate\n2026-01-20, EUR, USD, 1.2',
      }),
    ).toEqual(['invalid-refund deals.csv:3']);
  });

  it('avg, min and max leave them out', () => {
    const plan = `
period: month
credits: { won: { each: deal } }
measures: { mean: avg(won.amount), least: min(won.amount), most: max(won.amount), total: sum(won.amount), number: count(won) }
rewards:
  a: { pay: mean }
  b: { pay: least }
  c: { pay: most }
  d: { pay: total }
  e: { pay: number * 1 USD }
`;
    const { payouts } = pay(plan, {
      deals: of(
        'd1, ana, 2026-01-20, 100, won, , ',
        'd2, ana, 2026-01-20, 50, won, , ',
        'r1, ana, 2026-01-21, -30, won, , d1',
      ),
    });
    expect(payouts).toEqual({
      '2026-01 ana a': '75.00',
      '2026-01 ana b': '50.00',
      '2026-01 ana c': '100.00',
      '2026-01 ana d': '120.00',
      '2026-01 ana e': '2.00',
    });
  });
});

describe('rates of exchange', () => {
  const plan = (more = ''): string => `${COMMISSION}${more}`;
  const abroad = (currency: string): string =>
    `deal_id, owner, close_date, amount, stage, currency\nd1, ana, 2026-01-20, 100, won, ${currency}`;
  const fx = (...rows: string[]): string => `date, from, to, rate\n${rows.join('\n')}`;

  it.each([
    [
      'the newest on or before the day',
      ['2026-01-18, EUR, USD, 1.1', '2026-01-20, EUR, USD, 1.2', '2026-01-21, EUR, USD, 9'],
      'EUR',
      '12.00',
    ],
    ['its inverse', ['2026-01-20, USD, EUR, 0.8'], 'EUR', '12.50'],
    ['the pair’s own before its inverse', ['2026-01-20, USD, EUR, 0.5', '2026-01-20, EUR, USD, 1.2'], 'EUR', '12.00'],
    [
      'through the one currency that all is quoted in',
      ['2026-01-20, EUR, USD, 1.2', '2026-01-20, EUR, GBP, 0.8'],
      'GBP',
      '15.00',
    ],
    // 100 ÷ 3 = 33.33 in the plan's currency, rounded before it is paid on: 3.333 is 3.33
    ['rounded to the minor unit', ['2026-01-20, USD, EUR, 3'], 'EUR', '3.33'],
  ])('%s', (_, rows, currency, amount) => {
    expect(pay(plan(), { deals: abroad(currency), fx: fx(...rows) }).payouts).toEqual({
      '2026-01 ana commission': amount,
    });
  });

  it('by the pair’s own rate where it has one, though an inverse is newer', () => {
    const rows = fx('2026-01-15, EUR, USD, 1.2', '2026-01-20, USD, EUR, 0.5');
    expect(pay(plan(), { deals: abroad('EUR'), fx: rows }).payouts).toEqual({ '2026-01 ana commission': '12.00' });
  });

  it('max_age: seven days unless the plan says otherwise', () => {
    const old = fx('2026-01-12, EUR, USD, 1.2');
    expect(pay(plan(), { deals: abroad('EUR'), fx: old }).codes).toEqual(['missing-fx-rate']);
    expect(pay(plan(), { deals: abroad('EUR'), fx: fx('2026-01-13, EUR, USD, 1.2') }).payouts).toEqual({
      '2026-01 ana commission': '12.00',
    });
    expect(pay(plan('data: { fx: { max_age: 8 days } }\n'), { deals: abroad('EUR'), fx: old }).payouts).toEqual({
      '2026-01 ana commission': '12.00',
    });
  });

  it('all of a deal’s money is converted', () => {
    const text = `
period: month
data: { deals: { columns: { margin: { type: money } } } }
credits: { won: { each: deal, when: deal.amount >= 120 USD, amount: deal.margin } }
rewards: { commission: { per: won, rate: 100% } }
`;
    const rows =
      'deal_id, owner, close_date, amount, margin, currency\nd1, ana, 2026-01-20, 100, 10, EUR\nd2, ana, 2026-01-20, 99.99, 10, EUR';
    expect(pay(text, { deals: rows, fx: fx('2026-01-20, EUR, USD, 1.2') }).payouts).toEqual({
      '2026-01 ana commission': '12.00',
    });
  });
});

describe('warnings worth more than silence', () => {
  it('a text that no row has, with what is there; a credit that no row reaches; a reward that pays nobody', () => {
    const { findings } = pay(COMMISSION, {
      deals: deals(
        'd1, ana, 2026-01-20, 100, Closed Won',
        'd2, ana, 2026-01-20, 100, Closed Won',
        'd3, ben, 2026-01-20, 100, Lost',
      ),
    });
    expect(findings.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual([
      'warning credit-never-reached',
      'warning text-never-found',
    ]);
    expect(findings.find(({ code }) => code === 'text-never-found')?.hint).toContain('"Closed Won" 2 times');
  });

  it('a reward whose who holds for nobody', () => {
    const plan = COMMISSION.replace('per: won', 'who: payee.department == "sale", per: won');
    expect(pay(plan, { deals: D1, people: 'person_id, department\nana, sales' }).codes).toEqual([
      'reward-pays-nobody',
      'text-never-found',
    ]);
  });
});

describe('--skip-bad-rows', () => {
  it('a deal any of whose rows is bad goes whole, with its refunds, touches, leads and splits', async () => {
    const { payouts, said: found } = await fromFiles(
      {
        'align-pay.yaml': `plan: P
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
  touched: { each: attribution, when: deal.stage == "won", share: linear }
  landed: { each: lead, when: deal.stage == "won" }
  part: { each: split, when: deal.stage == "won" }
rewards:
  a: { per: won, rate: 10% }
  b: { per: touched, rate: 10% }
  c: { per: landed, pay: 1 USD }
  d: { per: part, rate: 10% }
`,
        'deals.csv': `deal_id,owner,close_date,amount,stage,refund_of
d1,ana,2026-01-20,100,won,
d2,ana,2026-01-20,100,won,
r2,ana,2026-01-21,-50,won,d2
d3,ana,2026-01-20,100,won,
`,
        'campaigns.csv': 'campaign_id,owner\nc1,mia\n',
        // d2 has one touch whose date is none, d3 one that leads nowhere
        'attributions.csv':
          'deal_id,campaign_id,touched_on\nd1,c1,2026-01-01\nd2,c1,x\nd2,c1,2026-01-01\nd3,c9,2026-01-01\nd3,c1,2026-01-01\n',
        'leads.csv':
          'lead_id,campaign_id,deal_id,assigned_to,assigned_on\nl1,c1,d1,ana,2026-01-01\nl2,c1,d2,ana,2026-01-01\nl3,c1,d3,ana,2026-01-01\n',
        'splits.csv': 'deal_id,person_id,share\nd1,ana,100%\nd2,ana,100%\nd3,ben,100%\n',
      },
      { skipBadRows: true },
    );
    expect(payouts).toEqual({
      '2026-01 ana a': '10.00',
      '2026-01 mia b': '10.00',
      '2026-01 ana c': '1.00',
      '2026-01 ana d': '10.00',
    });
    const rejected = found.filter((one) => one.includes('.csv:')).map((one) => one.replace(/(\.csv:\d+).*/, '$1'));
    expect([...new Set(rejected)].sort()).toEqual([
      'attributions.csv:3',
      'attributions.csv:4',
      'attributions.csv:5',
      'attributions.csv:6',
      'deals.csv:3',
      'deals.csv:4',
      'deals.csv:5',
      'leads.csv:3',
      'leads.csv:4',
      'splits.csv:3',
      'splits.csv:4',
    ]);
  });
});
