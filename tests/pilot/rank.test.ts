import { describe, expect, it } from 'vitest';
import { type FigureSet, type Order, paretoFront, rankedBy, readOrder } from '../../src/pilot/rank.ts';
import { fraction, type Num } from '../../src/values/num.ts';

const set = (cost: number, alignment: Record<string, Num | undefined>, today = 100_00): FigureSet =>
  new Map<string, Num | ReadonlyMap<string, Num | undefined>>([
    ['cost', cost],
    ['cost.sales', cost - 10_00],
    ['today', today],
    ['alignment', new Map(Object.entries(alignment))],
  ]);

const order = (text: string): Order => {
  const read = readOrder(text, 2);
  if ('problem' in read) throw new Error(read.problem);
  return read;
};

const percent = (n: number): Num => fraction(n, 100);
const sets = [
  set(101_00, { sales: percent(1), marketing: percent(9) }),
  set(103_00, { sales: percent(8), marketing: percent(9) }),
  set(102_00, { sales: percent(2), marketing: percent(3) }),
  set(100_00, { sales: percent(2), marketing: percent(2) }),
];

describe('--rank', () => {
  it('puts what keeps all constraints first, the best of it first', () => {
    const ranked = rankedBy(order('cost <= 1.02 * today, max(min(alignment))'), sets);
    // 103 breaks 102; of 2% and 2% the cheaper comes first
    expect(ranked.map(({ index }) => index)).toEqual([3, 2, 0, 1]);
    expect(ranked.at(-1)?.breaks).toEqual(['cost <= 1.02 * today']);
    expect(ranked[0]?.objective).toEqual(percent(2));
  });

  it('reads figures of one department, amounts, sums and means', () => {
    const first = (text: string): number | undefined => rankedBy(order(text), sets)[0]?.index;
    expect(first('max(alignment.marketing - alignment.sales)')).toBe(0);
    expect(first('max(avg(alignment))')).toBe(1);
    expect(first('cost.sales > 91 USD, min(cost)')).toBe(2);
    expect(first('min(max(cost, 102 USD) + 0 USD), cost != 101 USD')).toBe(3);
  });

  it('what cannot be told keeps no constraint', () => {
    const ranked = rankedBy(order('min(alignment) > 1%, min(cost)'), [set(1, { sales: undefined }), ...sets]);
    expect(ranked.at(-1)).toMatchObject({ breaks: ['min(alignment) > 1%'] });
  });

  it('says which figures it reads', () => {
    expect([...order('cost <= budget, max(min(alignment))').reads].sort()).toEqual(['alignment', 'budget', 'cost']);
  });

  it.each([
    [
      'max(alignment)',
      '"max(alignment)": alignment is one figure a department; say which, as in max(min(alignment)) for the lowest of them',
    ],
    ['cst <= today', '"cst <= today": there is no figure cst; did you mean cost?'],
    ['cost', '"cost" is neither a constraint, as in cost <= 1.02 * today, nor an objective, as in max(min(alignment))'],
    ['min(cost), max(cost)', '"max(cost)" is a second objective: variants can be put in one order only'],
    [
      'alignment > 2%',
      '"alignment > 2%": alignment is one figure a department; write min(alignment), max, avg or alignment.NAME',
    ],
    ['cost <', '"cost <": '],
    ['cost <= 5%', '"cost <= 5%": <= has an amount before it and a number behind it'],
    ['cost * today > 1 USD', 'two amounts cannot be multiplied'],
    ['winners.sales > 1', 'winners is not told by department; cost, today'],
    ['median(cost) < 1', '"median(cost) < 1": there is no median here; there are min, max, avg, sum'],
  ])('%s is refused', (text, message) => {
    const read = readOrder(text, 2);
    expect('problem' in read ? read.problem : '').toContain(message);
  });

  it('the front: what nothing cheaper binds as much', () => {
    // by cost: 100 (2%), 101 (1%), 102 (2%), 103 (8%)
    expect(paretoFront(sets)).toEqual([3, 1]);
  });

  it('variants that cost as much and bind as much stand on the front together, or not at all', () => {
    // of the two added the first ties with one that is not on the front, the second with one that is
    const tied = [
      ...sets,
      set(101_00, { sales: percent(1) }),
      set(100_00, { sales: percent(2), marketing: percent(30) }),
    ];
    expect(paretoFront(tied)).toEqual([3, 5, 1]);
  });
});
