import { describe, expect, test } from 'vitest';
import { sameData } from '../../src/change/data.ts';
import { diffPlans } from '../../src/change/diff.ts';
import { hybridOf } from '../../src/change/hybrid.ts';
import { payoutForm } from '../../src/change/payout-form.ts';
import type { Plan } from '../../src/rules/plan.ts';
import { changed, diffTexts, EXAMPLE, mutants, planOf, saidOf } from './plans.ts';

describe('what is said, in the reader’s terms', () => {
  test.each<[string, readonly string[]]>([
    [
      changed(['{ up_to: 100%, rate: base_rate }', '{ up_to: 110%, rate: base_rate }']),
      ['sales_commission: the accelerator begins at 110% of quota instead of 100%'],
    ],
    [changed(['base_rate: 6%', 'base_rate: 7%']), ['base_rate is 7% instead of 6%']],
    [
      changed(['- { rate: accelerated_rate }', '- { rate: 10% }']),
      ['sales_commission: it pays 10% instead of 9% beyond 100% of quota'],
    ],
    [
      changed(['up_to: 100%', 'below: 100%']),
      ['sales_commission: exactly 100% of quota has the rate of the next step already'],
    ],
    [
      changed(['method: marginal', 'method: retroactive']),
      [
        'sales_commission: its rate is 6% up to 100% of quota, 9% beyond, all at the rate reached instead of 6% up to 100% of quota, 9% beyond; the rate that is reached now holds for everything',
      ],
    ],
    [
      changed(['cap: 250000 USD', 'cap: 200000 USD']),
      ['sales_commission: it is capped at 200000 USD instead of 250000 USD'],
    ],
    [changed(['    cap: 250000 USD\n', '']), ['sales_commission: it is not capped any more (before: 250000 USD)']],
    [
      changed(['curve: { 80%: 0%, 100%: 100%, 120%: 150% }', 'curve: { 70%: 0%, 100%: 100%, 120%: 150% }']),
      [
        'marketing_bonus: sales_lands_it: the factor is 0% (a new point) where sales.attainment is 70%, no point at 80% any more',
      ],
    ],
    [
      changed(['weight: 60%', 'weight: 50%'], ['weight: 40%', 'weight: 50%']),
      [
        'marketing_bonus: sales_lands_it weighs 50% instead of 60%',
        'marketing_bonus: influence weighs 50% instead of 40%',
      ],
    ],
    [
      changed(['        factor: 102%', '        factor: 103%']),
      ['sales_commission: the factor of won_together is 103% instead of 102%'],
    ],
    [
      changed(['because: A deal that marketing opened is won together', 'because: Won together']),
      [
        'sales_commission: the reason of won_together is “Won together” instead of “A deal that marketing opened is won together”',
      ],
    ],
    [
      changed(['lead.followed_up_on <= lead.assigned_on + 2 days', 'lead.followed_up_on <= lead.assigned_on + 3 days']),
      [
        'worked counts only where campaign.announced_on <= lead.assigned_on - notice and lead.followed_up_on <= lead.assigned_on + 3 days instead of campaign.announced_on <= lead.assigned_on - notice and lead.followed_up_on <= lead.assigned_on + 2 days',
      ],
    ],
    [
      changed(['    who: sales\n    per: won', '    who: sales or marketing\n    per: won']),
      ['sales_commission: it is paid to sales or marketing instead of sales'],
    ],
    [
      changed(['    share_by: "max(0 USD, bookings + influenced_bookings)"', '    share_by: "max(0 USD, bookings)"']),
      ['shared_pool: it is shared out by max(0 USD, bookings) instead of max(0 USD, bookings + influenced_bookings)'],
    ],
    [
      `${EXAMPLE}  spiff: { who: sales, per: new_deals, pay: 50 USD }\n`.replace(
        'credits:',
        'credits:\n  new_deals: { each: deal, when: deal.type == "new" }\n ',
      ),
      [
        'a new credit new_deals: each deal where deal.type == "new"',
        'new: spiff pays sales 50 USD for each credit of new_deals',
      ],
    ],
    [
      (
        EXAMPLE.slice(0, EXAMPLE.indexOf('  idea_to_conversion:  ')) +
        EXAMPLE.slice(EXAMPLE.lastIndexOf('  shared_pool:'))
      ).replace('    idea_to_conversion: { earning_code: IDEA }\n', ''),
      [
        'idea_to_conversion is not paid any more (it pays everyone 1% of each credit of carried_through, at most 20000 USD)',
      ],
    ],
    [
      changed(['share: linear                # every', 'share: { position: [40%, 20%, 40%] } # every']),
      ['influenced is shared out 40%, 20%, 40% to the first, those between and the last instead of the same to each'],
    ],
    [changed(['prorate: days', 'prorate: none']), ['quotas are prorated by none instead of days']],
    [changed(['period: quarter', 'period: half']), ['people are paid every half instead of quarter']],
    [
      changed(['      of: quota(bookings)', '      accumulate: year\n      of: quota(bookings)']),
      ['sales_commission: amounts add up over the year instead of the quarter'],
    ],
    [
      changed(['of: quota(bookings)', 'of: quota(influenced_bookings)']),
      ['sales_commission: thresholds are shares of quota(influenced_bookings) instead of quota(bookings)'],
    ],
    [
      `${EXAMPLE}change: { effective: 2027-01-01, notice: 30 days }\n`,
      ['it is in force from 2027-01-01, which is new', 'the notice is 30 days, which is new'],
    ],
  ])('%#', (after, said) => {
    expect(saidOf(EXAMPLE, after)).toEqual(said);
  });
});

/** Leads of campaigns count where they were announced ten days ahead. */
const PROMISE = `plan: Told
currency: USD
period: month
campaign_notice: 10 days
roles: { head_of_sales: sara, cmo: { person: mo, for: marketing } }
credits:
  won: { each: deal, when: deal.stage == "won" }
  told: { each: lead, announced_only: true }
  worked: { each: lead, announced_only: true, when: lead.followed_up_on is present }
measures:
  follow_up: count(worked) / count(told)
rewards:
  commission:
    per: won
    rate: 10%
    links: { hand_over: { because: Sales works them, by: follow_up, curve: { 0%: 50%, 100%: 100% }, when_missing: 100% } }
`;

describe('what is no rule of pay is said, too', () => {
  test.each<[string, string, string, string]>([
    ['for whom a role speaks', 'for: marketing', 'for: sales', 'cmo is mo, for sales instead of mo, for marketing'],
    [
      'what check is to excuse',
      'period: month',
      'period: month\nchecks: { own-hand: { level: off, because: We watch it, only: [commission] } }',
      'check takes own-hand as off for commission, because We watch it, which is new',
    ],
    [
      'the code that payroll pays it under',
      'period: month',
      'period: month\nexport: { rewards: { commission: { earning_code: SALES } } }',
      'the earning code of commission is new',
    ],
    [
      'the account of all expenses',
      'period: month',
      'period: month\nexport: { expense: { sales: 6150 } }',
      'the account of expenses is new',
    ],
  ])('%s', (_, from, to, said) => {
    const diff = diffTexts(PROMISE, PROMISE.replace(from, to));
    expect(diff.differences.map(({ says }) => says)).toEqual([said]);
    expect(diff.paysTheSame).toBe(true);
  });

  test('the notice of campaigns, which changes what counts where a credit asks for it', () => {
    const said = 'campaigns are announced 5 days instead of 10 days before they start';
    const diff = diffTexts(PROMISE, PROMISE.replace('10 days', '5 days'));
    expect(diff.differences.map(({ says, rewards }) => [says, rewards])).toEqual([[said, ['commission']]]);
    expect(diff.paysTheSame).toBe(false);
    const free = PROMISE.replaceAll(', announced_only: true', '');
    const promise = diffTexts(free, free.replace('10 days', '5 days'));
    expect(promise.differences.map(({ says }) => says)).toEqual([said]);
    expect(promise.paysTheSame).toBe(true);
    // A credit that asks for it from now on asks for the new one.
    expect(
      saidOf(PROMISE.replace('told: { each: lead, announced_only: true }', 'told: { each: lead }'), PROMISE),
    ).toEqual(['told takes only rows of campaigns that were announced, or acknowledged, in time (10 days)']);
  });
});

/** Comments off, quotes on, flow maps opened: the same plan as a machine would write it. */
const reformatted = (text: string): string =>
  text
    .replace(/ +# .*$/gm, '')
    .replace(/^#.*\n/gm, '')
    .replace('rate: base_rate', '\'rate\': "base_rate"')
    .replace('bookings / quota(bookings)', '((bookings)/quota( bookings ))')
    .replace('{ each: deal', '{  each:   deal');

/** Words renamed wherever they stand alone. */
const called = (text: string, ...pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((all, [from, to]) => all.replace(new RegExp(`(?<!\\w)${from}(?!\\w)`, 'g'), to), text);

/** A section with its entries in reverse. */
const turned = (text: string, section: string): string => {
  const lines = text.split('\n');
  const start = lines.indexOf(lines.find((line) => line.startsWith(`${section}:`)) ?? '') + 1;
  let end = start;
  while (end < lines.length && (lines[end] === '' || /^\s/.test(lines[end] ?? ''))) end++;
  const entries: string[][] = [];
  for (const line of lines.slice(start, end)) {
    if (/^ {2}\S/.test(line)) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return [...lines.slice(0, start), ...entries.reverse().flat(), ...lines.slice(end)].join('\n');
};

describe('equal meaning is recognised', () => {
  const rates = changed(
    ['- { up_to: 100%, rate: base_rate }', '- { up_to: 1, rate: 0.06 }'],
    ['- { rate: accelerated_rate }', '- { rate: 3% * 3 }'],
  );
  test.each<[string, string]>([
    ['itself', EXAMPLE],
    ['reformatted, without comments', reformatted(EXAMPLE)],
    ['with another name for the plan', changed(['plan: Shared growth 2026', 'plan: Growth'])],
    [
      'with defaults said',
      changed(['    per: carried_through', '    who: everyone\n    every: quarter\n    per: carried_through']),
    ],
    ['with defaults not said', changed(['fiscal_year_starts: 01\n', ''], ['rounding: half_up ', '# '])],
    ['with params written out', rates],
    ['params in another order', turned(EXAMPLE, 'params')],
    ['groups in another order', turned(EXAMPLE, 'groups')],
    ['credits in another order', turned(EXAMPLE, 'credits')],
    ['measures in another order', turned(EXAMPLE, 'measures')],
    ['rewards in another order', turned(EXAMPLE, 'rewards')],
    [
      'with another reason',
      changed(['because: Sales works the campaigns it was told of', 'because: Sales works them']),
    ],
    ['with operands turned', changed(['bookings + influenced_bookings', 'influenced_bookings + bookings'])],
    ['with a comparison turned', changed(['count(influenced for deal) > 0', '0 < count(influenced for deal)'])],
    ['params renamed', called(EXAMPLE, ['base_rate', 'rate_to_quota'], ['notice', 'days_before'])],
    [
      'credits renamed',
      called(EXAMPLE, ['won', 'closed'], ['worked', 'followed_up']).replaceAll('== "closed"', '== "won"'),
    ],
    ['a measure renamed', called(EXAMPLE, ['bookings', 'sold'])],
    ['a group renamed', called(EXAMPLE, ['sales', 'sellers']).replaceAll('== "sellers"', '== "sales"')],
    ['rewards renamed', called(EXAMPLE, ['sales_commission', 'commission'], ['shared_pool', 'pool_of_both'])],
    ['links renamed', called(EXAMPLE, ['hand_over', 'follow_up_link'], ['influence', 'helped'])],
    [
      'everything at once',
      turned(called(reformatted(rates), ['attainment', 'reached'], ['follow_up', 'kept']), 'rewards'),
    ],
  ])('%s', (_, after) => {
    const diff = diffTexts(EXAMPLE, after);
    expect(diff.paysTheSame).toBe(true);
    expect(diff.differences.filter(({ take }) => take !== undefined)).toEqual([]);
  });

  test('what must go along with a rename, and what shows, is said', () => {
    const measure = diffTexts(EXAMPLE, called(EXAMPLE, ['bookings', 'sold']));
    expect(measure.provided).toEqual(['rows of quotas.csv for bookings say sold']);
    expect(measure.shows).toEqual(['bookings is called sold in measures.csv']);
    const group = diffTexts(EXAMPLE, called(EXAMPLE, ['sales', 'sellers']).replaceAll('== "sellers"', '== "sales"'));
    expect(group.provided).toEqual([
      'rows of quotas.csv and results.csv for sales say sellers, and no person or team is called sellers',
    ]);
    const reward = diffTexts(EXAMPLE, called(EXAMPLE, ['sales_commission', 'commission']));
    expect(reward.provided).toEqual([]);
    expect(reward.shows).toEqual([
      'sales_commission is called commission in payouts.csv, lines.csv and what payroll is sent',
    ]);
    expect(diffTexts(EXAMPLE, turned(EXAMPLE, 'rewards')).shows).toEqual(['rewards stand in another order in reports']);
    expect(diffTexts(EXAMPLE, reformatted(EXAMPLE)).shows).toEqual([]);
    expect(diffTexts(EXAMPLE, reformatted(EXAMPLE)).differences).toEqual([]);
  });

  test('and nothing else: two measures of one meaning have quotas of their own', () => {
    const twice = (name: string): string =>
      changed(['  bookings:   sum(won.amount)', '  bookings: sum(won.amount)\n  sold: sum(won.amount)']).replace(
        'of: quota(bookings)',
        `of: quota(${name})`,
      );
    expect(diffTexts(twice('bookings'), twice('sold')).paysTheSame).toBe(false);
  });

  test('a credit or measure more is not proved to be nothing: rows that were good may not be', () => {
    expect(diffTexts(EXAMPLE, changed(['measures: ', 'measures:\n  more: count(won)\n # '])).paysTheSame).toBe(false);
  });
});

test('differences are complete: with all of them taken the old plan pays as the new one', () => {
  const before = planOf(EXAMPLE);
  const plans = mutants();
  expect(plans.length).toBeGreaterThan(80);
  for (const [a, b] of plans.map((plan, i) => [plan, plans[(i * 7 + 3) % plans.length] as Plan] as const)) {
    for (const [from, to] of [
      [before, a],
      [a, before],
      [a, b],
    ] as const) {
      const diff = diffPlans(from, to);
      expect(
        sameData(
          payoutForm(hybridOf(diff, diff.differences)),
          payoutForm(hybridOf({ ...diff, before: diff.after, after: diff.before }, [])),
        ),
      ).toBe(true);
      expect(diff.paysTheSame).toBe(!diff.differences.some(({ take }) => take !== undefined));
    }
  }
});
