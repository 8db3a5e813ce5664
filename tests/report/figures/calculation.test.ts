import { expect, test } from 'vitest';
import type { Line } from '../../../src/engine/result.ts';
import { calculationOf } from '../../../src/report/figures/calculation.ts';
import type { Reward } from '../../../src/rules/plan.ts';
import { fraction, mul } from '../../../src/values/num.ts';
import {
  context,
  credit,
  creditReward,
  effect,
  line,
  link,
  payeeReward,
  payout,
  periodResult,
  person,
  poolReward,
} from '../builder.ts';

const ana = person('ana', 'Ana', 'sales');
const result = periodResult('2026-Q1', []);
const { plan } = context([result]).computation;

const calculation = (reward: Reward | undefined, ...lines: Line[]): string => {
  const last = lines.at(-1);
  return last === undefined ? '' : calculationOf({ plan, period: result.period }, payout(ana, reward, lines), last);
};

const commission = creditReward('commission');

test('a rate', () => {
  const row = credit(ana, '2026-02-01', 6000000, 0);
  const at6 = line(ana, { credit: row, rate: fraction(6, 100), base: 360000 });
  expect(calculation(commission, at6)).toBe('60000.00 × 6% = 3600.00');
  const linked = { ...at6, links: [effect(link('together'), fraction(102, 100), 7200)], amount: 367200 };
  expect(calculation(commission, linked)).toBe('60000.00 × 6% × 102% = 3672.00');
  const idle = { ...at6, links: [effect(link('idle'), 1, 0, { applied: false })] };
  expect(calculation(commission, idle)).toBe('60000.00 × 6% = 3600.00');
});

test('the parts of a marginal line, in brackets where links follow', () => {
  const steps = line(ana, {
    credit: credit(ana, '2026-02-01', 6000000, 0),
    rate: fraction(380000, 6000000),
    parts: [
      { step: 0, amount: 4000000, rate: fraction(5, 100) },
      { step: 1, amount: 2000000, rate: fraction(9, 100) },
    ],
    base: 380000,
  });
  expect(calculation(commission, steps)).toBe('40000.00 × 5% + 20000.00 × 9% = 3800.00');
  const linked = { ...steps, links: [effect(link('half'), fraction(1, 2), -190000)], amount: 190000 };
  expect(calculation(commission, linked)).toBe('(40000.00 × 5% + 20000.00 × 9%) × 50% = 1900.00');
});

test('blended links are one factor', () => {
  const half = (name: string, factor: number) =>
    effect(link(name, { weight: fraction(1, 2) }), fraction(factor, 100), 0);
  const blended = line(ana, { kind: 'stay', base: 100000, links: [half('a', 90), half('b', 130)], amount: 110000 });
  expect(calculation(payeeReward('bonus'), blended)).toBe('1000.00 × (50% × 90% + 50% × 130%) = 1100.00');
});

test('money for time says the days', () => {
  const stay = line(ana, { kind: 'stay', exactBase: 200000, base: 200000, timePart: fraction(1, 2) });
  expect(calculation(payeeReward('bonus'), stay)).toBe('4000.00 × 45/90 days = 2000.00');
  const linked = { ...stay, links: [effect(link('up'), fraction(105, 100), 10000)], amount: 210000 };
  expect(calculation(payeeReward('bonus'), linked)).toBe('4000.00 × 45/90 days × 105% = 2100.00');
  expect(calculation(payeeReward('bonus'), line(ana, { kind: 'stay', base: 200000, timePart: 1 }))).toBe('2000.00');
});

test('a pool, with the cent that was left over', () => {
  const pool = { amount: 120000, weight: 30, weights: 100, each: undefined };
  expect(calculation(poolReward('pool'), line(ana, { kind: 'pool', base: 36000, pool }))).toBe(
    'pool 1200.00 × 30/100 = 360.00',
  );
  const thirds = { amount: 100000, weight: 1, weights: 3, each: 'north' };
  expect(calculation(poolReward('pool'), line(ana, { kind: 'pool', base: 33334, pool: thirds }))).toBe(
    'pool north 1000.00 × 1/3 + 0.01 left over = 333.34',
  );
  expect(calculation(poolReward('pool'), line(ana, { kind: 'pool', base: 33333, pool: thirds }))).toBe(
    'pool north 1000.00 × 1/3 = 333.33',
  );
});

test('cap, guarantee and adjustment', () => {
  const before = line(ana, { base: 310000 });
  expect(calculation(commission, before, line(ana, { kind: 'cap', amount: -60000 }))).toBe(
    'cap 2500.00 − 3100.00 = -600.00',
  );
  expect(calculation(commission, before, line(ana, { kind: 'guarantee', amount: 40000 }))).toBe(
    'guarantee 3500.00 − 3100.00 = 400.00',
  );
  expect(calculation(undefined, line(ana, { kind: 'adjustment', amount: 100, reason: 'a gift' }))).toBe('a gift');
});

test('money a unit', () => {
  const spiff = creditReward('spiff', [], 'pay');
  const row = credit(ana, '2026-02-01', 100, 0);
  expect(calculation(spiff, line(ana, { credit: row, rate: 50000, base: 50000 }))).toBe('500.00');
  const refund = line(ana, { credit: { ...row, count: -1 }, rate: 50000, base: -50000 });
  expect(calculation(spiff, refund)).toBe('(-1) × 500.00 = -500.00');
});

test('what does not end is rounded for show, not for pay', () => {
  const row = credit(ana, '2026-02-01', 10000, 0);
  const third = fraction(1, 3);
  expect(
    calculation(commission, line(ana, { credit: row, rate: third, exactBase: mul(third, 10000), base: 3333 })),
  ).toBe('100.00 × 33.3333333333% = 33.33');
});
