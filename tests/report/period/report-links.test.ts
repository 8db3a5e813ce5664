import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkTotals } from '../../../src/report/figures/link-totals.ts';
import { linksReport } from '../../../src/report/period/report-links.ts';
import { add, fraction, type Num, parseDecimal, toText } from '../../../src/values/num.ts';
import { context, creditReward, effect, line, link, payout, periodResult, person, rowsOf } from '../builder.ts';

const ana = person('ana', 'Ana', 'sales');
const first = link('hand_over', { because: 'Sales works the campaigns' });
const second = link('together');
const commission = creditReward('commission', [first, second]);

const linkRows = (paid: ReturnType<typeof payout>) => {
  const result = periodResult('2026-Q1', [paid]);
  if (linksReport.kind !== 'table') throw new Error('not a table');
  return rowsOf(linksReport.of(context([result], { rewards: [commission] }), result));
};

test('value and factor stand where they are the same on all lines that a link applied to', () => {
  const lines = [
    line(ana, { base: 1000, links: [effect(first, fraction(9, 10), -100), effect(second, 1, 0, { applied: false })] }),
    line(ana, {
      base: 2000,
      links: [
        effect(first, fraction(18, 20), -200, { crosses: true, value: fraction(9, 10) }),
        effect(second, fraction(102, 100), 36),
      ],
    }),
  ];
  const [handOver, together] = linkRows(payout(ana, commission, lines));
  expect(handOver).toEqual({
    period: '2026-Q1',
    person_id: 'ana',
    reward: 'commission',
    base: '30.00',
    link: 'hand_over',
    crosses: 'true',
    because: 'Sales works the campaigns',
    lines: '2',
    value: '0.9',
    factor: '0.9',
    effect: '-3.00',
  });
  expect(together).toMatchObject({ crosses: 'false', lines: '1', factor: '1.02', effect: '0.36' });
});

test('where lines differ, value and factor are empty', () => {
  const lines = [1, 2].map((n) => line(ana, { base: 1000, links: [effect(first, n, (n - 1) * 1000)] }));
  expect(linkRows(payout(ana, commission, lines))[0]).toMatchObject({
    lines: '2',
    value: '',
    factor: '',
    effect: '10.00',
  });
});

test('base + effects + cap + guarantee = payout', () => {
  const amount = fc.integer({ min: -1e9, max: 1e9 });
  const lines = fc.array(fc.tuple(amount, amount, amount), { maxLength: 8 });
  fc.assert(
    fc.property(lines, fc.option(amount), fc.option(amount), (made, cap, guarantee) => {
      const paid = payout(ana, commission, [
        ...made.map(([base, a, b]) =>
          line(ana, { base, links: [effect(first, 1, a), effect(second, 1, b)], amount: base + a + b }),
        ),
        ...(cap === null ? [] : [line(ana, { kind: 'cap', amount: cap })]),
        ...(guarantee === null ? [] : [line(ana, { kind: 'guarantee', amount: guarantee })]),
      ]);
      const rows = linkRows(paid);
      const number = (text: string | undefined): Num => parseDecimal(text ?? '') ?? Number.NaN;
      const effects = rows.reduce<Num>((sum, row) => add(sum, number(row.effect)), 0);
      const limits = fraction((cap ?? 0) + (guarantee ?? 0), 100);
      const sum = add(add(number(rows[0]?.base), effects), limits);
      expect(toText(sum)).toBe(toText(fraction(Number(paid.amount), 100)));
    }),
  );
});

test('totals by department: the average factor is weighted by what it was applied to', () => {
  const ben = person('ben', 'Ben', 'marketing');
  const payouts = [
    payout(ana, commission, [
      line(ana, { base: 3000, links: [effect(first, fraction(1, 2), -1500, { crosses: true })] }),
      line(ana, { base: 1000, links: [effect(first, fraction(3, 2), 500, { crosses: true })] }),
    ]),
    payout(ben, commission, [line(ben, { base: 0, links: [effect(first, 2, 0)] })]),
  ];
  const [total, idle] = linkTotals([periodResult('2026-Q1', payouts)], new Set());
  expect(total?.crosses).toBe(true);
  expect(
    total?.touches.map(({ department, people, added, took, effect: net }) => [department, people, added, took, net]),
  ).toEqual([
    ['marketing', 1, 0, 0, 0],
    ['sales', 1, 500, -1500, -1000],
  ]);
  expect(total?.touches.map(({ averageFactor }) => toText(averageFactor ?? 0))).toEqual(['2', '0.75']);
  expect(idle?.touches).toEqual([]);
});
