import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../src/check/check.ts';
import { toPercent } from '../../../src/values/num.ts';
import { planOf } from '../checking.ts';
import { exchanged, LINKED, lineOf } from '../linked.ts';

/** The findings of the gap: `code line`. */
const GAP = ['unlinked-pay', 'one-way-link', 'weak-link', 'all-lost', 'blamed-unannounced', 'idea-unrewarded'];
const gapIn = (text: string): readonly string[] =>
  checkPlan(planOf(text))
    .findings.filter(({ code }) => GAP.includes(code))
    .map(({ code, line }) => `${code} ${line}`);

const without = (text: string, from: string, to: string): string => {
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`not in the text: ${from} … ${to}`);
  return text.slice(0, start) + text.slice(end);
};

const NO_SALES_LINKS = without(LINKED, '    links:\n      hand_over', '  bonus:');
const NO_MARKETING_LINKS = without(LINKED, '    links:\n      lands', '  idea:');

describe('a sound plan', () => {
  it('has no gap', () => expect(gapIn(LINKED)).toEqual([]));

  it('of one department has none, whatever is not in it', () =>
    expect(
      gapIn(`plan: First
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 6% }
`),
    ).toEqual([]));

  it('may bind both sides by a pool alone, beside what is paid for own work', () =>
    expect(
      gapIn(
        exchanged(NO_SALES_LINKS, [
          '  idea:',
          '  shared:\n    pool: 1% * (everyone.bookings + everyone.influence)\n    share_by: 1\n  idea:',
        ]),
      ),
    ).toEqual([]));

  it.each([
    [
      'EUR and months',
      [
        ['currency: USD', 'currency: EUR'],
        ['period: quarter', 'period: month'],
        ['20000 USD', '20000 EUR'],
      ],
    ],
    [
      'yen, which have no cents',
      [
        ['currency: USD', 'currency: JPY'],
        ['20000 USD', '20000 JPY'],
      ],
    ],
    ['a year', [['period: quarter', 'period: year']]],
    ['a fiscal year from April', [['period: quarter', 'period: quarter\nfiscal_year_starts: 04']]],
    [
      'other names of departments',
      [
        ['"sales"', '"Field Sales"'],
        ['"marketing"', '"Demand Gen"'],
      ],
    ],
    ['several departments in a group', [['payee.department == "sales"', 'payee.department in ["Inside", "Field"]']]],
    [
      'groups by role',
      [
        ['payee.department == "sales"', 'payee.role == "closer"'],
        ['payee.department == "marketing"', 'payee.role == "maker"'],
      ],
    ],
    [
      'what is wanted of deals',
      [
        [
          'won: { each: deal, when: deal.stage == "won" }',
          'won: { each: deal, when: deal.stage == "won" and deal.region != "Antarctica" }',
        ],
      ],
    ],
  ] as const)('%s', (_, pairs) => expect(gapIn(exchanged(LINKED, ...pairs))).toEqual([]));
});

describe('pay that does not move with the other side', () => {
  it('in one direction only: at the reward that is not bound', () =>
    expect(gapIn(NO_SALES_LINKS)).toEqual([`one-way-link ${lineOf(NO_SALES_LINKS, '  commission:')}`]));

  it('in the other direction only', () =>
    expect(gapIn(NO_MARKETING_LINKS)).toContain(`one-way-link ${lineOf(NO_MARKETING_LINKS, '  bonus:')}`));

  it('not at all', () => {
    const text = without(NO_SALES_LINKS, '    links:\n      lands', '  idea:');
    expect(gapIn(text)).toEqual([
      `unlinked-pay ${lineOf(text, '  commission:')}`,
      `unlinked-pay ${lineOf(text, '  bonus:')}`,
    ]);
  });

  it('a commission for influenced deals is joint work: marketing is bound, sales is not', () => {
    const text = exchanged(without(NO_SALES_LINKS, '    pay: payee.target_pay', '  idea:'), [
      '  bonus:\n    who: marketing\n',
      '  bonus:\n    who: marketing\n    per: influenced\n    rate: 2%\n',
    ]);
    expect(gapIn(text)).toEqual([`one-way-link ${lineOf(text, '  commission:')}`]);
  });

  it('own results alone bind nobody', () => {
    const text = exchanged(LINKED, ['by: sales.attainment', 'by: influence_attainment']);
    expect(gapIn(text)).toEqual([]); // influence is joint work, too
    const own = exchanged(
      NO_SALES_LINKS,
      ['by: sales.attainment', 'by: result("mbo")'],
      ['by: influence_attainment', 'by: result("plan")'],
    );
    expect(gapIn(own)).toEqual([
      `unlinked-pay ${lineOf(own, '  commission:')}`,
      `unlinked-pay ${lineOf(own, '  bonus:')}`,
    ]);
  });
});

describe('a link so weak that it is none', () => {
  it('at the link', () => {
    const text = exchanged(LINKED, [
      'curve: { 80%: 0%, 100%: 100%, 120%: 150% }',
      'curve: { 50%: 99.6%, 150%: 100.4% }',
    ]);
    expect(gapIn(text)).toEqual([`weak-link ${lineOf(text, '      lands:')}`]);
  });
  it('whether a deal was touched is measured between all and none', () => {
    const text = exchanged(LINKED, ['factor: 102%', 'factor: 100.5%']);
    expect(gapIn(text)).toEqual([`weak-link ${lineOf(text, '      won_together:')}`]);
  });
  it('by the threshold of the plan', () => {
    const text = exchanged(LINKED, ['factor: 102%', 'factor: 100.5%']);
    expect(gapIn(`${text}checks: { weak-link: { more_than: 0.1%, because: It is a beginning } }\n`)).toEqual([]);
    expect(gapIn(`${LINKED}checks: { weak-link: { more_than: 3%, because: We mean it } }\n`)).toEqual([
      `weak-link ${lineOf(LINKED, '      won_together:')}`,
    ]);
  });
});

describe('everything lost through the other’s failure', () => {
  it('marketing by sales', () => {
    const text = exchanged(
      LINKED,
      ['weight: 60%\n        by: sales.attainment', 'by: sales.attainment'],
      ['        weight: 40%\n', ''],
    );
    expect(gapIn(text)).toEqual([`all-lost ${lineOf(text, '      lands:')}`]);
  });
  it('sales by marketing', () => {
    const text = exchanged(
      LINKED,
      ['by: follow_up', 'by: marketing.influence_attainment'],
      ['curve: { 50%: 90%, 80%: 100%, 100%: 105% }', 'curve: { 50%: 0%, 80%: 100%, 100%: 105% }'],
    );
    expect(gapIn(text)).toEqual([`all-lost ${lineOf(text, '      hand_over:')}`]);
  });
  it('not where a part of the pay is for own results', () => expect(gapIn(LINKED)).toEqual([]));
});

describe('leads of campaigns that nobody announced', () => {
  const UNTOLD = exchanged(
    LINKED,
    ['each: lead\n    when: campaign.announced_on <= lead.assigned_on - 5 days\n', 'each: lead\n'],
    ['when: campaign.announced_on <= lead.assigned_on - 5 days and lead', 'when: lead'],
  );
  it('at the credit that counts them', () =>
    expect(gapIn(UNTOLD)).toEqual([`blamed-unannounced ${lineOf(UNTOLD, '  handed_over:')}`]));
  it('announced at some time is not announced in time', () => {
    const text = exchanged(LINKED, [
      'when: campaign.announced_on <= lead.assigned_on - 5 days\n',
      'when: campaign.announced_on is present\n',
    ]);
    expect(gapIn(text)).toEqual([`blamed-unannounced ${lineOf(text, '  handed_over:')}`]);
  });
  it('a lead is late or not whatever it came from: a count that is held against sales', () => {
    const text = exchanged(UNTOLD, [
      'count(worked) / count(handed_over)',
      '1 - (count(handed_over) - count(worked)) / 100',
    ]);
    expect(gapIn(text)).toContain(`blamed-unannounced ${lineOf(text, '  handed_over:')}`);
  });
  it('announced_only has regard to it', () => {
    const text = exchanged(
      UNTOLD,
      ['handed_over:\n    each: lead\n', 'handed_over:\n    each: lead\n    announced_only: true\n'],
      ['worked:\n    each: lead\n', 'worked:\n    each: lead\n    announced_only: true\n'],
      ['period: quarter', 'period: quarter\ncampaign_notice: 5 days'],
    );
    expect(gapIn(text)).toEqual([]);
  });
});

describe('nobody is paid for carrying an idea through', () => {
  it('at the rewards', () => {
    const text = without(LINKED, '  carried_through:', '  handed_over:').replace(/ {2}idea:(?:.|\n)*$/, '');
    expect(gapIn(text)).toEqual([`idea-unrewarded ${lineOf(text, 'rewards:')}`]);
  });
  it('whoever thought it up may be paid whoever sells it', () =>
    expect(gapIn(exchanged(LINKED, [' and deal.owner == campaign.originator', '']))).toEqual([]));
  it('or whoever runs a campaign and sells its deals', () =>
    expect(gapIn(exchanged(LINKED, ['deal.owner == campaign.originator', 'campaign.owner == deal.owner']))).toEqual(
      [],
    ));
});

describe('the linkage matrix', () => {
  const matrix = (text: string): Record<string, string> =>
    Object.fromEntries(
      (checkPlan(planOf(text)).matrix?.cells ?? []).map(({ pay, results, moved }) => [
        `${pay} by ${results}`,
        moved === undefined ? 'unpaid' : toPercent(moved, 4),
      ]),
    );

  it('is in percent of pay per ten percent of results, on the neutral example', () =>
    // Neutral: ten deals of 10,000.00, 9 of 10 leads worked: 6% × 102.5% × 102% = 6,273.00.
    // Sales ± 10%: 110% or 90% of it; and 9.9 or 8.1 of 10 leads, 99% or 81%: the curve gives 104.75% and 100.25%:
    //   (1.1 × 104.75 − 0.9 × 100.25) ÷ (2 × 102.5) = 12.195…%
    // Marketing − 10%: one deal of ten without a touch loses 2 of 102: 0.196…%, halved as it cannot gain any.
    // Marketing's bonus by sales: 60% of it, by 2.5 points a point above goal and 5 below: (115 − 70) ÷ 200 = 22.5%
    //   60% × (125% − 50%) ÷ 2 = 22.5%; by its own influence: 40% × (120% − 80%) ÷ 2 = 8%.
    expect(matrix(LINKED)).toEqual({
      'sales by sales': '12.1951%',
      'sales by marketing': '0.098%',
      'marketing by sales': '22.5%',
      'marketing by marketing': '8%',
    }));

  it('of a flat commission is ten percent', () =>
    expect(
      matrix(`plan: First
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 6% }
`),
    ).toEqual({ 'sales by sales': '10%' }));
});
