import { describe, expect, test } from 'vitest';
import type { CreditReward, PayeeReward, PoolReward } from '../../../src/rules/plan.ts';
import { SMALLEST, WHOLE } from './example.ts';
import { load } from './loading.ts';

const planOf = (text: string, others: Record<string, string> = {}) => {
  const { plan, lines } = load(text, others);
  expect(lines).toEqual([]);
  if (plan === undefined) throw new Error('no plan');
  return plan;
};

describe('the smallest plan', () => {
  const plan = planOf(SMALLEST);

  test('has the defaults of the contract', () => {
    expect(plan).toMatchObject({
      name: 'First',
      currency: 'USD',
      digits: 2,
      period: 'month',
      fiscalYearStarts: 1,
      rounding: 'half_up',
    });
    expect([...plan.needs]).toEqual(['deals']);
    expect(plan.rewardOrder).toEqual(['commission']);
  });

  test('credits deals to their owners, with their amount, on their close date', () => {
    const won = plan.credits.get('won');
    expect(won?.to).toMatchObject({ text: 'deal.owner', type: 'text' });
    expect(won?.amount).toMatchObject({ text: 'deal.amount', type: 'money' });
    expect(won?.date).toMatchObject({ text: 'deal.close_date', type: 'date' });
    expect(won?.place).toMatchObject({ file: 'plan.yaml', line: 5, column: 3 });
  });

  test('pays everyone', () => {
    const reward = plan.rewards.get('commission') as CreditReward;
    expect(reward).toMatchObject({ body: 'credit', unit: 'rate', credit: 'won', every: 'month', links: [] });
    expect(reward.who).toMatchObject({ text: 'everyone', node: { kind: 'literal', value: true } });
    expect(reward.rate).toMatchObject({ kind: 'value', value: { text: '6%' } });
  });
});

describe('the whole example', () => {
  const plan = planOf(WHOLE);

  test('needs the tables that it reads', () => {
    expect([...plan.needs].sort()).toEqual(['attributions', 'campaigns', 'deals', 'leads', 'people', 'quotas']);
  });

  test('knows how tables are read', () => {
    expect(plan.data.get('deals')).toMatchObject({ file: 'opportunities.csv', preset: 'salesforce' });
    expect(plan.targetPer).toBe('year');
    expect(plan.quotaProrate).toBe('days');
  });

  test('types params', () => {
    expect(plan.params.get('notice')).toMatchObject({ type: 'days', value: 5 });
    expect(plan.params.get('base_rate')).toMatchObject({ type: 'number', text: '6%' });
  });

  test('tells the company’s credits from those of persons', () => {
    expect(plan.credits.get('new_business')?.to).toBe('company');
    expect(plan.credits.get('influenced')).toMatchObject({
      each: 'attribution',
      share: { kind: 'linear' },
      overlay: false,
    });
    expect(plan.credits.get('handed_over')?.amount).toBeUndefined();
  });

  test('reads steps and links', () => {
    const reward = plan.rewards.get('sales_commission') as CreditReward;
    expect(reward.rate).toMatchObject({
      kind: 'steps',
      method: 'marginal',
      accumulate: 'quarter',
      of: { text: 'quota(bookings)' },
    });
    const steps = reward.rate.kind === 'steps' ? reward.rate.steps : [];
    expect(steps.map(({ end, holdsEnd }) => [end?.text, holdsEnd])).toEqual([
      ['100%', true],
      [undefined, true],
    ]);
    expect(reward.links.map(({ name, factor }) => [name, factor.kind])).toEqual([
      ['hand_over', 'curve'],
      ['won_together', 'factor'],
    ]);
    expect(reward.links[0]?.whenMissing?.text).toBe('100%');
  });

  test('tells money for time from money for results', () => {
    expect((plan.rewards.get('marketing_bonus') as PayeeReward).basis).toBe('time');
    expect((plan.rewards.get('shared_pool') as PoolReward).basis).toBe('results');
  });
});

describe('what a reward reads of others', () => {
  test('comes before it', () => {
    const plan = planOf(`plan: P
currency: EUR
period: month
rewards:
  override: { pay: 10% * all_reports.pay(base), every: quarter }
  base: { pay: 100 EUR }
`);
    expect(plan.rewardOrder).toEqual(['base', 'override']);
    expect([...plan.rewards.keys()]).toEqual(['override', 'base']);
    expect([...plan.needs]).toEqual(['people']);
  });
});

describe('params', () => {
  const text = (params: string): string =>
    `plan: P\ncurrency: KWD\nperiod: month\nparams:\n${params}rewards: { r: { pay: 1 KWD } }\n`;

  test('are literals; anything else is a text', () => {
    const { params } = planOf(
      text(
        '  a: 12\n  b: -6%\n  c: 1.5 KWD\n  d: 2026-02-28\n  e: 1 day\n  f: true\n  g: Berlin\n  h: "6%"\n  i: 3rd party\n',
      ),
    );
    expect([...params.values()].map(({ type }) => type)).toEqual([
      'number',
      'number',
      'money',
      'date',
      'days',
      'boolean',
      'text',
      'text',
      'text',
    ]);
    expect(params.get('c')?.value).toBe(1500);
    expect(params.get('h')?.value).toBe('6%');
  });

  test('are overridden by values of their type', () => {
    const { plan } = load(text('  a: 12\n'), {}, { a: '13' });
    expect(plan?.params.get('a')).toMatchObject({ value: 13, text: '13' });
    expect(load(text('  a: 12\n'), {}, { a: 'x' }).sink.all()).toMatchObject([
      { code: 'invalid-value', path: 'params > a' },
    ]);
    expect(load(text('  a: 12\n'), {}, { b: '1' }).sink.all()).toMatchObject([
      { code: 'unknown-name', path: 'params > b' },
    ]);
  });
});

test('how payouts are handed on is read, to the letter', () => {
  const plan = planOf(`${SMALLEST}export:
  payroll: { columns: { Employee: payroll_id, Code: earning_code, Amt: amount, Company: { fixed: "01" } } }
  expense: { sales: 6100, marketing: 6200 }
  liability: 02310
  rewards:
    commission: { earning_code: 0107, expense: 6150 }
    adjustments: { earning_code: ADJ }
`);
  expect(plan.export).toMatchObject({
    payroll: [
      { header: 'Employee', value: 'payroll_id' },
      { header: 'Code', value: 'earning_code' },
      { header: 'Amt', value: 'amount' },
      { header: 'Company', value: 'fixed', fixed: '01' },
    ],
    expense: {
      byDepartment: new Map([
        ['sales', '6100'],
        ['marketing', '6200'],
      ]),
    },
    liability: '02310',
    rewards: new Map([
      ['commission', { earningCode: '0107', expense: { all: '6150', byDepartment: new Map() }, liability: undefined }],
      ['adjustments', { earningCode: 'ADJ', expense: undefined, liability: undefined }],
    ]),
  });
});

test('a variant may remove a reward that the plan below it hands on', () => {
  const below = `${SMALLEST}  spiff: { per: won, pay: 5 USD }\nexport: { rewards: { spiff: { earning_code: SPIFF } } }\n`;
  const plan = planOf('extends: base.yaml\nrewards: { spiff: null }\n', { 'base.yaml': below });
  expect([...(plan.export?.rewards.keys() ?? [])]).toEqual([]);
});

test('exceptions from checks are read, with their reason', () => {
  const plan = planOf(`${SMALLEST}checks: { unused: { level: off, because: "we know", only: [lost] } }\n`);
  expect(plan.checks.get('unused')).toMatchObject({ level: 'off', because: 'we know', only: new Set(['lost']) });
});
