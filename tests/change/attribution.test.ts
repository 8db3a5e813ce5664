import { describe, expect, test } from 'vitest';
import { type Attribution, type AttributionFailed, attribute } from '../../src/change/attribution.ts';
import { diffPlans } from '../../src/change/diff.ts';
import type { Plan } from '../../src/rules/plan.ts';
import { formatMinor } from '../../src/values/money.ts';
import { add, type Num, sub } from '../../src/values/num.ts';
import { changed, EXAMPLE, exampleTables, mutants, planOf } from './plans.ts';

const attributed = (before: Plan, after: Plan): Attribution | AttributionFailed | undefined => {
  const diff = diffPlans(before, after);
  return attribute(diff, { before: exampleTables(before), after: exampleTables(diff.after) }, {});
};

const good = (before: Plan, after: Plan): Attribution => {
  const outcome = attributed(before, after);
  if (outcome === undefined || 'findings' in outcome) throw new Error(JSON.stringify(outcome));
  return outcome;
};

/** What each part makes, in all. */
const sums = ({ parts, people }: Attribution): Readonly<Record<string, string>> =>
  Object.fromEntries(
    parts.map(({ name }, i) => [
      name,
      formatMinor(
        people.reduce<Num>((sum, { byPart }) => add(sum, byPart[i] ?? 0), 0),
        2,
      ),
    ]),
  );

const addsUp = ({ people }: Attribution): boolean =>
  people.every(({ before, after, byPart }) => sub(sub(after, before), byPart.reduce<Num>(add, 0)) === 0);

const RATE = ['base_rate: 6%', 'base_rate: 7%'] as const;
const STEP = ['{ up_to: 100%, rate: base_rate }', '{ up_to: 90%, rate: base_rate }'] as const;
const LINK = ['        factor: 102%', '        factor: 105%'] as const;
const FLOOR = ['curve: { 80%: 0%, 100%: 100%, 120%: 150% }', 'curve: { 60%: 0%, 100%: 100%, 120%: 200% }'] as const;
const WEIGHTS = [
  ['weight: 60%', 'weight: 30%'],
  ['weight: 40%', 'weight: 70%'],
] as const;
const POOL = ['0.5% * max', '1% * max'] as const;
const GONE_EXPORT = ['    idea_to_conversion: { earning_code: IDEA }\n', ''] as const;
const GONE = [
  '  idea_to_conversion:            # whoever they work for\n    per: carried_through\n    rate: 1%\n    cap: 20000 USD\n',
  '',
] as const;
const DAYS = ['lead.assigned_on + 2 days', 'lead.assigned_on + 7 days'] as const;
const TEAM = ['    who: sales or marketing\n', '    who: sales\n'] as const;

const PAIRS: readonly [string, ...(readonly [string, string])[]][] = [
  ['a rate', RATE],
  ['a threshold', STEP],
  ['a link', LINK],
  ['a curve', FLOOR],
  ['weights', ...WEIGHTS],
  ['a pool', POOL],
  ['a reward that is gone', GONE, GONE_EXPORT],
  ['a condition', DAYS],
  ['who is paid', TEAM],
  ['rate and threshold', RATE, STEP],
  ['rate and link', RATE, LINK],
  ['rate, threshold, link', RATE, STEP, LINK],
  ['rate, link, condition', RATE, LINK, DAYS],
  ['both sides', RATE, FLOOR],
  ['weights and curve', ...WEIGHTS, FLOOR],
  ['pool and who', POOL, TEAM],
  ['pool and a reward that is gone', POOL, GONE, GONE_EXPORT],
  ['half of everything', RATE, STEP, FLOOR, POOL],
  ['the other half', LINK, ...WEIGHTS, DAYS, TEAM, GONE, GONE_EXPORT],
  ['everything', RATE, STEP, LINK, FLOOR, ...WEIGHTS, POOL, GONE, GONE_EXPORT, DAYS, TEAM],
  ['nothing'],
];

describe('what each part of a change makes adds up to the difference, to the cent', () => {
  test.each(PAIRS)('%s', (_, ...pairs) => {
    const [before, after] = [planOf(EXAMPLE), planOf(changed(...pairs))];
    const there = good(before, after);
    expect(there.grain).toBe('difference');
    expect(addsUp(there)).toBe(true);
    // And back: what a part gives on the way there, it takes on the way back.
    const back = good(after, before);
    expect(addsUp(back)).toBe(true);
    // Whatever the order in which the change was made.
    const turned = good(before, planOf(changed(...[...pairs].reverse())));
    expect(turned.people).toEqual(there.people);
  });
});

test('the parts of a change, worked out by hand', () => {
  const rows = good(planOf(EXAMPLE), planOf(changed(POOL, LINK)));
  // Half a percent of new business more, and three percent more on what was won together.
  expect(Object.keys(sums(rows))).toEqual([
    'rewards > sales_commission > links > won_together > factor',
    'rewards > shared_pool > pool',
  ]);
  const only = good(planOf(EXAMPLE), planOf(changed(POOL)));
  expect(sums(rows)['rewards > shared_pool > pool']).toBe(sums(only)['rewards > shared_pool > pool']);
});

test('a mixture that cannot be paid makes the parts coarser, and they still add up', () => {
  const after = changed(
    ['- { up_to: 100%, rate: base_rate }', '- { up_to: 50%, rate: 1% }'],
    ['- { rate: accelerated_rate }', '- { up_to: 100%, rate: 20% }\n        - { rate: 30% }'],
    RATE,
  );
  expect(addsUp(good(planOf(EXAMPLE), planOf(after)))).toBe(true);
});

test('small changes of the example add up, too', () => {
  const plans = mutants().filter((_, i) => i % 9 === 0);
  let paid = 0;
  for (const plan of plans) {
    const outcome = attributed(planOf(EXAMPLE), plan);
    if (outcome === undefined || 'findings' in outcome) continue;
    expect(addsUp(outcome)).toBe(true);
    paid++;
  }
  expect(paid).toBeGreaterThan(10);
});
