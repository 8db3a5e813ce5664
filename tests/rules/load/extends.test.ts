import { describe, expect, test } from 'vitest';
import type { CreditReward } from '../../../src/rules/plan.ts';
import { SMALLEST } from './example.ts';
import { found, load } from './loading.ts';

const BASE = `${SMALLEST}params: { a: 1%, b: 2% }\ndata:\n  deals: { file: data/deals.csv }\n`;

describe('extends', () => {
  test('maps merge, scalars replace, null removes; the order is that of the plan below', () => {
    const pilot = `extends: base/plan.yaml
plan: Pilot
params: { a: 5%, c: 3%, b: null }
rewards:
  commission: { cap: 100 USD }
  spiff: { per: won, pay: 10 USD }
`;
    const { plan, lines } = load(pilot, { 'base/plan.yaml': BASE });
    expect(lines).toEqual([]);
    expect(plan?.name).toBe('Pilot');
    expect([...(plan?.params.values() ?? [])].map(({ name, text }) => [name, text])).toEqual([
      ['a', '5%'],
      ['c', '3%'],
    ]);
    expect([...(plan?.rewards.keys() ?? [])]).toEqual(['commission', 'spiff']);
    const commission = plan?.rewards.get('commission') as CreditReward;
    expect(commission.cap?.place).toMatchObject({ file: 'plan.yaml', line: 5 });
    expect(commission.rate).toMatchObject({ value: { place: { file: 'base/plan.yaml', line: 7, column: 33 } } });
    expect(plan?.sources.map(({ file }) => file)).toEqual(['plan.yaml', 'base/plan.yaml']);
  });

  test('paths are relative to the file they stand in', () => {
    const { plan } = load('extends: base/plan.yaml\n', { 'base/plan.yaml': BASE });
    expect(plan?.data.get('deals')?.file).toBe('base/data/deals.csv');
  });

  test('an error stands in the file that has it', () => {
    const { lines } = load('extends: b.yaml\nrewards: { commission: { rate: 5 USD } }\n', {
      'b.yaml': SMALLEST.replace('deal.stage', 'deal.stag'),
    });
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'unknown-column b.yaml:5:33-37',
      'type-mismatch 2:32-37',
    ]);
  });

  test('points that are added to a curve fall into place, and each file has its own in order', () => {
    const curve = (points: string): string =>
      `rewards: { commission: { per: won, rate: { by: deal.amount / 1000 USD, curve: { ${points} } } } }\n`;
    const below = SMALLEST.replace(/rewards:[\s\S]*$/, curve('10%: 1%, 50%: 2%, 100%: 3%'));
    const pointsOf = (points: string): unknown => {
      const { plan, lines } = load(`extends: b.yaml\n${curve(points)}`, { 'b.yaml': below });
      const { rate } = (plan?.rewards.get('commission') ?? {}) as Partial<CreditReward>;
      return rate?.kind === 'curve' ? rate.curve.points.map(({ written }) => written).join(' ') : lines;
    };
    expect(pointsOf('20%: 1%, 50%: null, 60%: 2%')).toBe('10% 20% 60% 100%');
    expect(pointsOf('5%: 1%, 50%: 2%')).toBe('5% 10% 50% 100%');
    expect(pointsOf('60%: 2%, 20%: 1%')).toMatchObject([expect.stringMatching(/^unordered-steps 2:/)]);
    expect(pointsOf('0.5: 2%')).toMatchObject([expect.stringMatching(/^unordered-steps 2:/)]);
  });

  test('a missing file and a circle', () => {
    expect(found('extends: nowhere.yaml\n')).toEqual(['extends-failed 1:10']);
    expect(found('extends: a.yaml\n', { 'a.yaml': 'extends: plan.yaml\n' })).toEqual(['extends-failed 1:10']);
    expect(found('extends: plan.yaml\n')).toEqual(['extends-failed 1:10']);
    expect(found('extends: [a]\n')).toEqual(['extends-failed 1:10']);
  });

  test('null that removes nothing is a warning with the nearest name', () => {
    const { plan, sink } = load('extends: b.yaml\nrewards: { comission: null }\n', { 'b.yaml': SMALLEST });
    expect(sink.all()).toMatchObject([
      { code: 'unknown-key', severity: 'warning', line: 2, column: 12, hint: 'did you mean commission?' },
    ]);
    expect(plan).toBeDefined();
  });

  test('a chain of variants', () => {
    const { plan } = load('extends: a.yaml\nparams: { x: 3 }\n', {
      'a.yaml': 'extends: b.yaml\nparams: { x: 2, y: 2 }\n',
      'b.yaml': `${SMALLEST}params: { x: 1, y: 1, z: 1 }\n`,
    });
    expect([...(plan?.params.values() ?? [])].map(({ text }) => text)).toEqual(['3', '2', '1']);
  });
});
