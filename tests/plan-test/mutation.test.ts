import { expect, test } from 'vitest';
import { Sink } from '../../src/findings/sink.ts';
import { mutantsOf } from '../../src/plan-test/mutants.ts';
import { mutate } from '../../src/plan-test/mutation.ts';
import { readTestFiles } from '../../src/plan-test/suite.ts';
import { sourceFile } from '../../src/rules/document/raw.ts';
import { readYaml } from '../../src/rules/document/yaml.ts';

const finderOf = (plan: string) => ({
  readText: (file: string) => (file === 'plan.yaml' ? plan : undefined),
  resolvePath: (_: string, written: string) => written,
});

/** Every change of a plan, as `line: from → to`. */
const changes = (plan: string): readonly string[] => {
  const root = readYaml(sourceFile('plan.yaml', plan), new Sink());
  if (root === undefined) throw new Error('the plan cannot be read');
  return mutantsOf(root).map(({ place, from, to }) => `${place.line}: ${from} → ${to}`);
};

const survivors = (plan: string, cases: string): readonly string[] => {
  const finder = finderOf(plan);
  const [file] = readTestFiles([{ file: 'a.test.yaml', text: `plan: plan.yaml\n${cases}` }], finder);
  return mutate('plan.yaml', file?.test?.cases ?? [], finder, () => {}).survivors.map(
    ({ place, from, to }) => `${place.line}: ${from} → ${to}`,
  );
};

const FIRST = `plan: First
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" and deal.amount > 100 USD }
rewards:
  commission: { per: won, rate: 6% }
`;

test('the changes of a small plan, in the order of its text', () => {
  expect(changes(FIRST)).toEqual([
    '1: rounding: half_up (not said) → rounding: half_even',
    '5: when: deal.stage == "won" and deal.amount > 100 USD → left out',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.amount > 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won"',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage != "won" and deal.amount > 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" or deal.amount > 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" and deal.amount >= 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" and deal.amount > 101 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" and deal.amount > 99 USD',
    '7: 6% → 7%',
    '7: 6% → 5%',
  ]);
});

test('what no case tries, no case notices; the case that tries it does', () => {
  const row = (id: string, stage: string, amount: string): string =>
    `{ deal_id: ${id}, owner: ana, close_date: 2026-01-05, stage: ${stage}, amount: ${amount} }`;
  const won = `cases:\n  - { name: a, period: 2026-01, deals: [${row('d1', 'won', '1000')}], expect: { ana: { commission: 60 } } }\n`;
  expect(survivors(FIRST, won)).toEqual([
    '1: rounding: half_up (not said) → rounding: half_even',
    '5: when: deal.stage == "won" and deal.amount > 100 USD → left out',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.amount > 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won"',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" or deal.amount > 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" and deal.amount >= 100 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" and deal.amount > 101 USD',
    '5: deal.stage == "won" and deal.amount > 100 USD → deal.stage == "won" and deal.amount > 99 USD',
  ]);
  // 1,000 and 100.75 (6.045 → 6.05, to the even 6.04) are paid; what is lost, and what is just 100, are not
  const rows = [
    row('d1', 'won', '1000'),
    row('d2', 'won', '100.75'),
    row('d3', 'lost', '500'),
    row('d4', 'won', '100'),
  ].join(', ');
  const more = `cases:\n  - { name: a, period: 2026-01, deals: [${rows}], expect: { ana: { commission: 66.05 } } }\n`;
  expect(survivors(FIRST, more)).toEqual([]);
});

const RICH = `plan: Rich
currency: USD
period: quarter
params: { notice: 5 days, from: 2026-03-31 }
data: { people: { target_per: year } }
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal, when: deal.close_date >= from }
  shared: { each: attribution, share: { position: [40%, 20%, 40%] } }
measures: { bookings: sum(won.amount), touched: sum(shared.amount) }
rewards:
  commission:
    per: won
    rate: { method: retroactive, steps: [{ up_to: 100 USD, rate: 5% }, { rate: 6% }] }
    cap: 500 USD
  bonus:
    pay: payee.target_pay
    links:
      a: { because: x, weight: 60%, by: sales.bookings / 100 USD, curve: { 50%: 0%, 100%: 100% } }
      b: { because: y, weight: 40%, by: touched / 100 USD, curve: { 50%: 0%, 100%: 100% } }
`;

test.each([
  ['an off-by-one day of a length of time', '4: 5 days → 6 days'],
  ['an off-by-one day of a date, over the end of a month', '4: 2026-03-31 → 2026-04-01'],
  ['a side of a comparison', '8: deal.close_date >= from → deal.close_date > from'],
  ['another share model', '9: share: { position: [40%, 20%, 40%] } → share: linear'],
  ['another method', '14: method: retroactive → marginal'],
  ['the side of a threshold', '14: up_to: 100 USD → below: 100 USD'],
  ['a threshold', '14: 100 USD → 101 USD'],
  ['a cap that is gone', '15: cap: 500 USD → left out'],
  ['a link with a weight that is dropped', '19: the link a → a factor of 100%'],
  ['a group’s result for the payee’s own', '19: sales.bookings / 100 USD → bookings / 100 USD'],
  ['a point of a curve', '19: the point at 50% → at 51%'],
  ['a value of a curve', '19: 100% → 99%'],
])('%s is among the changes', (_, change) => {
  expect(changes(RICH)).toContain(change);
});

test('a threshold of marginal steps pays the same on both sides, so its side is left alone', () => {
  expect(changes(RICH.replace('retroactive', 'marginal')).filter((change) => change.includes('below:'))).toEqual([]);
});

test('a change with which the plan cannot be read does not count', () => {
  // a weight of 61% does not add up with 40%
  const finder = finderOf(RICH);
  expect(changes(RICH)).toContain('19: 60% → 61%');
  const { tried, noticed } = mutate('plan.yaml', [], finder, () => {});
  expect(noticed).toBe(0);
  expect(tried).toBeLessThan(changes(RICH).length);
});

test('the notice of campaigns is changed where a credit asks for it', () => {
  const told = (credit: string): string => `plan: Told
currency: USD
period: month
campaign_notice: 10 days
credits:
  told: { each: lead${credit} }
rewards:
  each_lead: { per: told, pay: 1 USD }
`;
  expect(changes(told(', announced_only: true')).filter((change) => /^[46]:/.test(change))).toEqual([
    '4: 10 days → 11 days',
    '4: 10 days → 9 days',
    '6: announced_only: true → false',
  ]);
  expect(changes(told('')).filter((change) => change.startsWith('4:'))).toEqual([]);
});
