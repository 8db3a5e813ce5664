import { expect, test } from 'vitest';
import { median } from '../../src/values/median.ts';
import { fraction, toPercent } from '../../src/values/num.ts';

test('the middle one, of an even number the mean of the two in the middle, exactly', () => {
  expect(median([3, 1, 2])).toBe(2);
  // 3.49% and 6.51% have 5% between them.
  expect(toPercent(median([fraction(651, 10_000), fraction(349, 10_000)]) ?? 0)).toBe('5%');
  expect(median([7, 1, 4, 2])).toBe(3);
  expect(median([7])).toBe(7);
  expect(median([])).toBeUndefined();
});
