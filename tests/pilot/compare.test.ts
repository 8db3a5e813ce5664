import { expect, it } from 'vitest';
import { changesOf, countChanges } from '../../src/pilot/compare.ts';
import { changePart } from '../../src/report/pilot/pilot-figure.ts';
import type { Num } from '../../src/values/num.ts';

const counts = (before: Num, after: Num) => {
  const of = (amount: Num) => ({
    paid: { total: amount, byDepartment: new Map(), byReward: new Map(), byPerson: new Map([['ann', amount]]) },
  });
  return countChanges(changesOf(of(before), of(after)));
};

it('more than 5% lose those who lose more than a twentieth of what today’s plan pays them', () => {
  expect(counts(100_00, 95_00)).toEqual({ winners: 0, losers: 1, losers5: 0 });
  expect(counts(100_00, 94_99)).toEqual({ winners: 0, losers: 1, losers5: 1 });
});

it('of what is not above zero any loss counts as more, and none is none', () => {
  // A twentieth of −100 is −5: who is paid the same does not lose more than that part of it.
  expect(counts(-100_00, -100_00)).toEqual({ winners: 0, losers: 0, losers5: 0 });
  expect(counts(-100_00, -96_00)).toEqual({ winners: 1, losers: 0, losers5: 0 });
  expect(counts(-100_00, -100_01)).toEqual({ winners: 0, losers: 1, losers5: 1 });
  expect(counts(0, -1)).toEqual({ winners: 0, losers: 1, losers5: 1 });
});

it('is no part of what is not above zero: what takes back more would look dearer', () => {
  // −4,326 for −2,704 is 60% more of a debt, and costs less.
  expect([changePart(-2704_00, -4326_00), changePart(0, 1_00), changePart(100_00, 60_00)]).toEqual([
    '–',
    '–',
    '−40.0%',
  ]);
});
