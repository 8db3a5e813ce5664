import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { minimise, shown } from './minimise.ts';
import { caseOf } from './random-case.ts';

/** `ALIGN_PAY_CASES=20000 ALIGN_PAY_FIRST=100000 npx vitest run tests/reference` for a long run over other cases. */
const CASES = Number(process.env.ALIGN_PAY_CASES ?? 300);
const FIRST = Number(process.env.ALIGN_PAY_FIRST ?? 0);
const BLOCKS = 10;

let payouts = 0;
let refused = 0;

for (let block = 0; block < BLOCKS; block += 1) {
  const [from, to] = [FIRST + Math.floor((CASES * block) / BLOCKS), FIRST + Math.floor((CASES * (block + 1)) / BLOCKS)];
  test(`random plans on random tables, ${from} to ${to - 1}: paid as the second implementation pays them`, {
    timeout: 3_600_000,
  }, () => {
    for (let seed = from; seed < to; seed += 1) {
      const { difference, ...same } = compare(caseOf(seed));
      if (difference !== undefined) {
        const smallest = minimise(
          caseOf(seed),
          (one) => compare(one).difference?.includes('by the reference') === true,
        );
        expect.fail(
          `case ${seed}: ${difference}\nthe smallest of that kind: ${compare(smallest).difference}\n\n${shown(smallest)}`,
        );
      }
      payouts += same.payouts;
      refused += same.refused === undefined ? 0 : 1;
    }
  });
}

test('most cases pay, and pay several', () => {
  expect(refused).toBeLessThan(CASES * 0.35);
  expect(payouts).toBeGreaterThan(CASES * 3);
});
