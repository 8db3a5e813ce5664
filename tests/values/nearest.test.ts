import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/values/nearest.ts';

/** The same by the book: the whole matrix. */
const plainDistance = (a: string, b: string): number => {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => d[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1);
      (d[i] as number[])[j] = best;
    }
  }
  return at(a.length, b.length);
};

describe('the nearest word', () => {
  it.each([
    ['close_dat', ['close_date', 'created_on'], 'close_date'],
    ['stge', ['stage', 'type'], 'stage'],
    ['satge', ['stage', 'type'], 'stage'],
    ['Closed won', ['Closed Won', 'closed lost'], 'Closed Won'],
    ['USDD', ['EUR', 'USD'], 'USD'],
    ['monthly', ['month', 'quarter'], 'month'],
    ['x', ['y', 'zz'], 'y'],
    ['region', ['amount', 'stage'], undefined],
    ['a'.repeat(101), ['a'.repeat(100)], undefined],
  ])('%s of %j is %s', (word, words, near) => {
    expect(nearest(word, words)).toBe(near);
  });

  it('is the first of those at the least distance, a third of its letters or five at the most', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 18 }),
        words,
        (word, list) => {
          const limit = Math.min(5, Math.max(1, Math.floor(word.length / 3)));
          const distances = list.map((candidate) => plainDistance(word, candidate));
          const least = Math.min(...distances);
          expect(nearest(word, list)).toBe(least <= limit ? list[distances.indexOf(least)] : undefined);
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});
