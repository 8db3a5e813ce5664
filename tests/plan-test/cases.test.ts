import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparedText } from '../../src/report/plan-test/plan-test-figure.ts';
import { casesOf, DEFAULTS, outcomes, PLAN, runTests } from './running.ts';

const cases = (...lines: readonly string[]): string =>
  `${DEFAULTS}cases:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

test('the case of the language’s contract: 100,000 × 5% and 20,000 × 9% are 6,800.00', () => {
  const contract = `cases:
  - name: The accelerator pays on the excess only
    period: 2026-Q1
    params: { base_rate: 5% }
    people:  [{ person_id: ana, department: sales }]
    quotas:  [{ for: ana, period: 2026-Q1, measure: bookings, amount: 100000 }]
    deals:   [{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: won, amount: 120000 }]
    expect:
      ana: { sales_commission: 6800.00 }
`;
  expect(outcomes(PLAN, contract)).toEqual(['passed']);
});

test('there is no tolerance: a cent is too much, and so is a hundredth of one', () => {
  expect(
    outcomes(
      PLAN,
      cases(
        '{ name: a, expect: { ana: { sales_commission: 7800.01 } } }',
        '{ name: b, expect: { ana: { sales_commission: 7800.0001 } } }',
        '{ name: c, expect: { ana: { sales_commission: 7800 } } }',
      ),
    ),
  ).toEqual(['sales_commission of ana: 7800.01 → 7800.00', 'sales_commission of ana: 7800.0001 → 7800.00', 'passed']);
});

test('what is not named is not compared; total is everything that somebody, or everybody, is paid', () => {
  const deals = '[{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: won, type: new, amount: 1000 }]';
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, deals: ${deals}, expect: { ana: { sales_commission: 60.00, total: 160.00 }, total: 160 } }`,
        `{ name: b, deals: ${deals}, expect: { ana: { total: 60.00 } } }`,
        `{ name: c, deals: ${deals}, expect: { total: 161.00 } }`,
      ),
    ),
  ).toEqual(['passed', 'the total of ana: 60.00 → 160.00', 'the total of everybody: 161.00 → 160.00']);
});

test('a line may be asked for by its deal: its amount, base, rate, credited amount and factor', () => {
  expect(
    outcomes(
      PLAN,
      cases(
        '{ name: a, expect: { ana: { sales_commission: { lines: [{ deal: d1, kind: credit, amount: 7800, base: 7800, rate: 6.5%, credited: 120000, factor: 100% }] } } } }',
        '{ name: b, expect: { ana: { lines: [{ reward: sales_commission, deal: d1, rate: 6% }] } } }',
        '{ name: c, expect: { ana: { lines: [{ deal: d2, amount: 1 }] } } }',
        '{ name: d, expect: { ana: { sales_commission: { lines: [{ kind: cap }] } } } }',
      ),
    ),
  ).toEqual([
    'passed',
    'the line deal d1 of ana in sales_commission: 6% → 6.5% (it is the rate)',
    'the line deal d2 of ana: a line → there is no such line',
    'the line kind cap of ana in sales_commission: a line → there is no such line',
  ]);
});

test('the rate of a reward that pays so much a unit is money', () => {
  const deals = '[{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: won, type: new, amount: 1000 }]';
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, deals: ${deals}, expect: { ana: { spiff: { lines: [{ deal: d1, rate: 100 USD, amount: 100 }] } } } }`,
        `{ name: b, deals: ${deals}, expect: { ana: { spiff: { lines: [{ deal: d1, rate: 101 USD }] } } } }`,
      ),
    ),
  ).toEqual(['passed', 'the line deal d1 of ana in spiff: 101.00 → 100.00 (it is the rate)']);
});

test('a link’s factor is compared exactly; what no decimal shows is written as a quotient', () => {
  // 2 of 3 leads is 66.666…%: 90% + 10% × (66.666… − 50) / 50 = 93.333…%
  const leads = (followed: number): string =>
    `[${[1, 2, 3].map((i) => `{ lead_id: l${i}, assigned_to: ana, assigned_on: 2026-01-05${i <= followed ? ', followed_up_on: 2026-01-06' : ''} }`).join(', ')}]`;
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, leads: ${leads(2)}, expect: { ana: { sales_commission: { links: { hand_over: 280% / 3 } } } } }`,
        `{ name: b, leads: ${leads(2)}, expect: { ana: { sales_commission: { links: { hand_over: 93.33% } } } } }`,
        `{ name: c, leads: ${leads(0)}, expect: { ana: { sales_commission: { amount: 7020.00, links: { hand_over: 90% } } } } }`,
        '{ name: d, expect: { ana: { sales_commission: { links: { hand_ovr: 90% } } } } }',
      ),
    ),
  ).toEqual([
    'passed',
    'the factor of hand_over in sales_commission of ana: 93.33% → 93.3333333333%',
    'passed',
    'the factor of hand_ovr in sales_commission of ana: a link hand_ovr → sales_commission has no such link (did you mean hand_over?)',
  ]);
});

test('unpaid: a person, a reward of a person, everybody', () => {
  const lost = '[{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: lost, amount: 1000 }]';
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, deals: ${lost}, expect: { ana: { unpaid: true }, unpaid: true } }`,
        '{ name: b, expect: { ana: { unpaid: true } } }',
        '{ name: c, expect: { ana: { spiff: { unpaid: true } } } }',
        '{ name: d, expect: { unpaid: true } }',
      ),
    ),
  ).toEqual(['passed', 'ana: unpaid → 7800.00', 'passed', 'everybody: unpaid → 7800.00']);
});

test('a slip of the pen in a name never passes for "is paid nothing"', () => {
  expect(
    outcomes(
      PLAN,
      cases(
        '{ name: a, expect: { anna: { sales_commission: 0.00 } } }',
        '{ name: b, expect: { ana: { sale_commission: 0.00 } } }',
      ),
    ),
  ).toEqual([
    'sales_commission of anna: a person anna → no row of the case has that id (did you mean ana?)',
    'sale_commission of ana: a reward sale_commission → the plan has no such reward (did you mean sales_commission?)',
  ]);
});

test('expect_error: the code of the error, no other, and no success', () => {
  const noQuota = 'quotas: ~';
  const bad = 'deals: [{ deal_id: d1, owner: ana, close_date: 2026-02-31, stage: won, amount: 1 }]';
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, ${noQuota}, expect_error: missing-payout }`,
        `{ name: b, ${bad}, expect_error: missing-payout }`,
        '{ name: c, expect_error: missing-payout }',
        '{ name: d, expect_error: mising-payout }',
        '{ name: e, expect_error: pool-unpaid }',
      ),
    ),
  ).toEqual([
    'passed',
    'missing-payout → invalid-date',
    'missing-payout → it is computed without an error',
    'invalid-value',
    'invalid-value',
  ]);
});

test('expect_error may stand under expect, but figures not beside it', () => {
  expect(
    outcomes(
      PLAN,
      cases(
        '{ name: a, quotas: ~, expect: { expect_error: missing-payout } }',
        '{ name: b, quotas: ~, expect_error: missing-payout, expect: { total: 0 } }',
      ),
    ),
  ).toEqual(['passed', 'invalid-value']);
});

test('an error that was not expected stands at the row of the test file', () => {
  const suite = runTests(
    PLAN,
    cases(
      'name: a\n    deals:\n      - { deal_id: d2, owner: bob, close_date: 2026-02-01, stage: won, amount: 1 }\n    expect: { ana: { total: 0 } }',
    ),
  );
  const [result] = casesOf(suite);
  expect(result?.passed).toBe(false);
  expect(result?.findings).toMatchObject([{ code: 'unknown-person', file: 'a.test.yaml', line: 10 }]);
});

test('rows of a case come after the defaults’, and take the place of those of the same deal, person or quota', () => {
  expect(
    outcomes(
      PLAN,
      cases(
        '{ name: more, deals: [{ deal_id: d2, owner: ana, close_date: 2026-02-02, stage: won, amount: 1000 }], expect: { ana: { sales_commission: 7890.00 } } }',
        '{ name: another d1, deals: [{ deal_id: d1, owner: ana, close_date: 2026-02-02, stage: won, amount: 1000 }], expect: { ana: { sales_commission: 60.00 } } }',
        '{ name: another quota, quotas: [{ for: ana, period: 2026-Q1, measure: bookings, amount: 20000 }], expect: { ana: { sales_commission: 10200.00 } } }',
        '{ name: none, deals: ~, expect: { ana: { unpaid: true } } }',
        '{ name: of another department, people: [{ person_id: ana, department: finance }], expect: { ana: { unpaid: true } } }',
      ),
    ),
  ).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
});

test('rows may be CSV text, whose lines are those of the file', () => {
  const csv = cases(
    'name: a\n    deals: |\n      deal_id,owner,close_date,stage,amount\n      d1,ana,2026-02-01,won,1000\n      d2,ana,2026-02-02,lost,500\n    expect: { ana: { sales_commission: 60.00 } }',
  );
  expect(outcomes(PLAN, csv)).toEqual(['passed']);
  const bad = csv.replace('2026-02-02', '2026-02-30');
  expect(casesOf(runTests(PLAN, bad))[0]?.findings).toMatchObject([
    { code: 'invalid-date', file: 'a.test.yaml', line: 12 },
  ]);
  expect(outcomes(PLAN, csv.replace('d2,ana,', 'd2,'))).toEqual(['row-length']);
});

test('what YAML would take for a number keeps its text', () => {
  const deals = '[{ deal_id: 012, owner: 1e3, close_date: 2026-02-01, stage: won, amount: 12345678901234567.89 }]';
  const people = '[{ person_id: 1e3, department: sales }]';
  const quotas = '[{ for: 1e3, period: 2026-Q1, measure: bookings, amount: 1 }]';
  // capped at 100,000.00
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, deals: ${deals}, people: ${people}, quotas: ${quotas}, expect: { 1e3: { sales_commission: { lines: [{ deal: 012, credited: 12345678901234567.89 }] } } } }`,
      ),
    ),
  ).toEqual(['passed']);
});

test('params that a case changes must be the plan’s, and of its types; what is said stands in the case', () => {
  const suite = runTests(
    PLAN,
    cases(
      '{ name: a, params: { base_rat: 5% }, expect: { total: 0 } }',
      '{ name: b, params: { base_rate: 5 days }, expect: { total: 0 } }',
    ),
  );
  expect(casesOf(suite).map(({ findings }) => findings.map(({ code, file, line }) => [code, file, line]))).toEqual([
    [['unknown-name', 'a.test.yaml', 8]],
    [['invalid-value', 'a.test.yaml', 9]],
  ]);
});

test('a case that is written wrongly fails alone, with the place', () => {
  const suite = runTests(
    PLAN,
    cases(
      '{ name: a, expext: { total: 0 } }',
      '{ name: b, expect: { ana: { sales_commission: "7,800" } } }',
      '{ name: c, expect: { total: 7800 } }',
      '{ name: d, expect: {} }',
    ),
  );
  expect(casesOf(suite).map(({ passed }) => passed)).toEqual([false, false, true, false]);
  expect(casesOf(suite)[0]?.findings).toMatchObject([{ code: 'unknown-key', hint: 'did you mean expect?', line: 8 }]);
});

test('several periods are added up', () => {
  const deals =
    '[{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: won, type: new, amount: 1 }, { deal_id: d2, owner: ana, close_date: 2026-05-01, stage: won, type: new, amount: 1 }]';
  const quotas = '[{ for: ana, period: 2026-Q2, measure: bookings, amount: 100 }]';
  expect(
    outcomes(
      PLAN,
      cases(
        `{ name: a, period: 2026-Q1..2026-Q2, deals: ${deals}, quotas: ${quotas}, expect: { ana: { spiff: 200.00 } } }`,
        `{ name: b, period: 2026-13, expect: { total: 1 } }`,
        `{ name: c, period: 2026-Q1..2026-Q5, expect: { total: 1 } }`,
      ),
    ),
  ).toEqual(['passed', 'invalid-period', 'invalid-period']);
});

test('a plan that cannot be read is said once, and no case is run', () => {
  const { files } = runTests(
    PLAN.replace('stage == "won"', 'stagge == "won"'),
    cases(
      '{ name: a, expect: { total: 0 } }',
      '{ name: b, expect: { total: 0 } }',
      '{ name: c, expect_error: unknown-column }',
    ),
  );
  expect(files[0]?.findings.map(({ code, file }) => [code, file])).toEqual([['unknown-column', 'plan.yaml']]);
  expect(files[0]?.cases.map(({ testCase, passed }) => [testCase.name, passed])).toEqual([['c', true]]);
});

test('a misspelt key of the file is said of the file', () => {
  const { files } = runTests(PLAN, 'cases: []\nplans: x\n');
  expect(files[0]?.findings.map(({ code, line }) => [code, line])).toEqual([['unknown-key', 3]]);
});

test('rows as CSV text are the rows as maps, and every payout is found to be what it is', () => {
  const amount = fc
    .integer({ min: 1, max: 50_000_000 })
    .map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);
  fc.assert(
    fc.property(fc.array(fc.record({ amount, won: fc.boolean() }), { minLength: 1, maxLength: 8 }), (deals) => {
      const rows = deals.map((deal, i) =>
        ['deal_id', 'owner', 'close_date', 'stage', 'amount'].map(
          (name, j) => [name, [`x${i}`, 'ana', '2026-03-01', deal.won ? 'won' : 'lost', deal.amount][j] ?? ''] as const,
        ),
      );
      const maps = rows.map((row) => `{ ${row.map(([name, value]) => `${name}: ${value}`).join(', ')} }`).join(', ');
      const csv = rows.map((row) => `      ${row.map(([, value]) => value).join(',')}\n`).join('');
      const named = (name: string, table: string): string =>
        `name: ${name}\n    deals: ${table}    expect: { ana: { total: 0.01 } }`;
      const [first, second] = casesOf(
        runTests(
          PLAN,
          cases(named('maps', `[${maps}]\n`), named('csv', `|\n      deal_id,owner,close_date,stage,amount\n${csv}`)),
        ),
      );
      const actual = first?.checks[0]?.actual;
      expect(second?.checks[0]?.actual).toEqual(actual);
      const exact = `name: exact\n    deals: [${maps}]\n    expect: { ana: { total: ${comparedText(actual ?? { unit: 'words', value: undefined, words: '' }, 2)} } }`;
      expect(outcomes(PLAN, cases(exact))).toEqual(['passed']);
    }),
    { numRuns: 40 },
  );
});
