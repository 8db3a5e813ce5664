import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coveredOf, percentOf } from '../../src/plan-test/coverage.ts';
import { coverageLcov } from '../../src/report/plan-test/plan-test-coverage.ts';
import { DEFAULTS, PLAN, runTests } from './running.ts';

const cases = (...lines: readonly string[]): string =>
  `${DEFAULTS}cases:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

/** The ways that no case takes. */
const missed = (plan: string, text: string): readonly string[] => {
  const coverage = runTests(plan, text, true).coverage.get('plan.yaml');
  if (coverage === undefined) throw new Error('no coverage was counted');
  return coverage.items
    .filter(({ id }) => (coverage.hits.get(id) ?? 0) === 0)
    .map(({ path, way }) => `${path} > ${way}`);
};

const deal = (amount: number, more = ''): string =>
  `deals: [{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: won, amount: ${amount}${more} }]`;

test('a case takes the steps that its deal walks through, and no other', () => {
  expect(missed(PLAN, cases(`{ name: a, ${deal(100000)}, expect: { total: 6000 } }`))).toContain(
    'rewards > sales_commission > step 2: beyond 100%',
  );
  expect(missed(PLAN, cases(`{ name: a, ${deal(100001)}, expect: { total: 6000 } }`))).not.toContain(
    'rewards > sales_commission > step 2: beyond 100%',
  );
});

test('what one deal leaves untried is named, in the order of the plan', () => {
  expect(missed(PLAN, cases(`{ name: a, ${deal(120000)}, expect: { total: 7800 } }`))).toEqual([
    'credits > won > when: no',
    'credits > worked > when: yes',
    'credits > worked > when: no',
    'rewards > sales_commission > hand_over: below 50%',
    'rewards > sales_commission > hand_over: 50% to 100%',
    'rewards > sales_commission > hand_over: from 100% on',
    'rewards > sales_commission > cap reached',
    'rewards > spiff > pays',
    'rewards > spiff > when: yes',
  ]);
});

test('cases together take every way', () => {
  const leads = (followed: string): string =>
    `leads: [{ lead_id: l1, assigned_to: ana, assigned_on: 2026-01-05${followed} }, { lead_id: l2, assigned_to: ana, assigned_on: 2026-01-05 }]`;
  const worked = ', followed_up_on: 2026-01-06';
  expect(
    missed(
      PLAN,
      cases(
        `{ name: a, ${deal(120000)}, expect: { total: 7800 } }`,
        `{ name: b, ${deal(9000000, ', type: new')}, ${leads('')}, expect: { total: 1 } }`,
        `{ name: c, deals: [{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: lost, amount: 1 }, { deal_id: d2, owner: ana, close_date: 2026-02-01, stage: won, amount: 1 }], ${leads(worked)}, expect: { total: 1 } }`,
        `{ name: d, ${deal(1)}, leads: [{ lead_id: l1, assigned_to: ana, assigned_on: 2026-01-05${worked} }], expect: { total: 1 } }`,
      ),
    ),
  ).toEqual([]);
});

const LINKED = `plan: Links
currency: USD
period: quarter
credits:
  won: { each: deal }
rewards:
  commission:
    per: won
    rate: { by: deal.product, table: { pumps: 4%, spares: 6% }, else: 2% }
    links:
      gated: { because: a, gate: deal.region == "north", otherwise: 50% }
      only_new: { because: b, when: deal.type == "new", factor: 120%, at_most: 110%, unless: deal.stage == "signed" }
      both: { because: c, by: [result("x"), result("y")], matrix: { 50%: { 50%: 100%, 100%: 100% }, 100%: { 50%: 100%, 100%: 100% } } }
    guarantee: 10 USD
`;

test('gates, links that do not apply, are held or are let go, matrices, tables and guarantees', () => {
  const results = 'results: [{ result: x, period: 2026-Q1, value: 0.2 }, { result: y, period: 2026-Q1, value: 0.7 }]';
  const text = (row: string): string =>
    `cases:\n  - { name: a, period: 2026-Q1, deals: [{ deal_id: d1, owner: ana, close_date: 2026-02-01, amount: 1000, ${row} }], ${results}, expect: { total: 0 } }\n`;
  const path = 'rewards > commission > ';
  expect(missed(LINKED, text('product: pumps, region: north, type: new, stage: won'))).toEqual(
    [
      'table: spares',
      'table: else',
      'gated: gate closed',
      'only_new: not applied',
      'only_new: not held, for its unless',
      'both: row 50% to 100%',
      'both: row from 100% on',
      'both: column below 50%',
      'both: column from 100% on',
      'guarantee reached',
    ].map((way) => path + way),
  );
  expect(missed(LINKED, text('product: bolts, region: south, type: new, stage: signed'))).toEqual(
    [
      'table: pumps',
      'table: spares',
      'gated: gate open',
      'only_new: not applied',
      'only_new: held',
      'both: row 50% to 100%',
      'both: row from 100% on',
      'both: column below 50%',
      'both: column from 100% on',
      'guarantee reached',
    ].map((way) => path + way),
  );
});

test('params that a case changes are the same ways', () => {
  const coverage = runTests(
    PLAN,
    cases(
      `{ name: a, params: { base_rate: 5% }, ${deal(1)}, expect: { total: 0.05 } }`,
      `{ name: b, ${deal(120000)}, expect: { total: 7800 } }`,
    ),
    true,
  ).coverage;
  expect(coverage.size).toBe(1);
  const [one] = coverage.values();
  expect(one && coveredOf(one)).toEqual({ covered: 7, all: 16 });
});

test('coverage is never rounded up', () => {
  expect([percentOf(999, 1000), percentOf(9999, 10000), percentOf(1, 3), percentOf(0, 5), percentOf(5, 5)]).toEqual([
    '99.9%',
    '99.9%',
    '33.3%',
    '0%',
    '100%',
  ]);
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (part, more) => {
      const all = part + more;
      expect(Number(percentOf(part, all).slice(0, -1)) * all).toBeLessThanOrEqual(part * 100 + 1e-6);
    }),
  );
});

test('lcov has a record for each plan file, with a line for each rule and a branch for each way', () => {
  const { coverage } = runTests(PLAN, cases(`{ name: a, ${deal(120000)}, expect: { total: 7800 } }`), true);
  const lines = coverageLcov(coverage, (file) => file).split('\n');
  expect(lines.slice(0, 2)).toEqual(['TN:', 'SF:plan.yaml']);
  // line 7 is the credit won: its condition held once and never failed
  expect(lines.filter((line) => line.startsWith('BRDA:7,'))).toEqual(['BRDA:7,0,0,1', 'BRDA:7,0,1,-']);
  expect(lines).toContain('DA:7,1');
  expect(lines.filter((line) => line.startsWith('DA:')).length).toBe(Number(/LF:(\d+)/.exec(lines.join('\n'))?.[1]));
  expect(lines.at(-2)).toBe('end_of_record');
});

test('announced_only is tried by leads of campaigns that were announced in time, and by others', () => {
  const plan = `plan: Told
currency: USD
period: quarter
campaign_notice: 10 days
credits:
  told: { each: lead, announced_only: true }
rewards:
  each_lead: { per: told, pay: 1 USD }
`;
  const lead = (announced: string): string =>
    `{ name: a, period: 2026-Q1, campaigns: [{ campaign_id: c, owner: mo, announced_on: ${announced}, starts_on: 2026-01-20 }], leads: [{ lead_id: l, campaign_id: c, assigned_to: ana, assigned_on: 2026-01-21 }], expect: { total: 1 } }`;
  const text = (...lines: readonly string[]): string => `cases:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
  expect(missed(plan, text(lead('2026-01-10')))).toEqual(['credits > told > announced_only: no']);
  expect(missed(plan, text(lead('2026-01-10'), lead('2026-01-11')))).toEqual([]);
});
