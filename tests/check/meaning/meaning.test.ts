import { describe, expect, it } from 'vitest';
import { unmarked } from '../../rules/load/loading.ts';
import { meaningIn } from '../checking.ts';

/** Of a plan whose «marked» stretches are wrong: the codes found and where, and where the marks are. */
const judged = (marked: string) => {
  const { text, places } = unmarked(marked);
  return { found: meaningIn(text), marks: places.map((place) => place.replace(/-\d+$/, '')) };
};

/** Each marked stretch has exactly this finding, and nothing else is found. */
const expectAt = (code: string, marked: string): void => {
  const { found, marks } = judged(marked);
  expect(found).toEqual(marks.map((at) => `${code} ${at}`));
};

const sound = (text: string): void => expect(meaningIn(text)).toEqual([]);

const HEAD = 'plan: Test\ncurrency: USD\nperiod: month\n';
const GROUPS = 'groups:\n  sales: payee.department == "sales"\n  marketing: payee.department == "marketing"\n';
const PAID = 'rewards:\n  commission: { per: won, rate: 6% }\n';
const credit = (when: string): string => `${HEAD}credits:\n  won: { each: deal, when: '${when}' }\n${PAID}`;

describe('conditions that never hold', () => {
  it.each([
    'deal.stage == "won" and deal.stage == "lost"',
    'deal.amount > 500 USD and deal.amount < 100 USD',
    'deal.close_date > deal.close_date',
    'deal.created_on > deal.close_date and deal.close_date >= deal.created_on + 5 days',
    'deal.type in ["new", "upsell"] and deal.type == "renewal"',
    'deal.type is missing and deal.type == "new"',
    'deal.owner.department == "sales" and deal.owner.department == "marketing"',
    'deal.close_date > 2026-01-01 and deal.close_date < 2026-01-02',
    'not (deal.stage == "won" or deal.stage != "won")',
  ])('%s', (when) => expectAt('always-false', credit(`«${when}»`)));

  it('the part of a condition, where the rest is right', () =>
    expectAt(
      'always-false',
      credit('deal.stage == "won" and (deal.type == "new" or «deal.region == "EMEA" and deal.region == "APAC"»)'),
    ));

  it('nobody is in two departments at once', () =>
    expectAt(
      'always-false',
      `${HEAD}${GROUPS}credits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:
  commission: { who: «sales and marketing», per: won, rate: 6% }
`,
    ));

  it('a link of won deals that asks for lost ones', () =>
    expectAt(
      'always-false',
      `${HEAD}credits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:
  commission:
    per: won
    rate: 6%
    links:
      lost: { because: Lost deals count less, when: «deal.stage == "lost"», factor: 50% }
`,
    ));

  it('the credit goes to sales only, and the reward is for marketing', () =>
    expectAt(
      'always-false',
      `${HEAD}${GROUPS}credits:\n  won: { each: deal, when: deal.stage == "won" and deal.owner.department == "sales" }\nrewards:
  commission: { who: «marketing», per: won, rate: 6% }
`,
    ));

  it('what is added up of a credit excludes it', () =>
    expectAt(
      'always-false',
      `${HEAD}credits:\n  won: { each: deal, when: deal.stage == "won" }\nmeasures:
  lost: sum(won.amount where «deal.stage == "lost"»)
rewards:
  commission: { pay: lost * 1% }
`,
    ));

  it('a param decides', () =>
    expectAt(
      'always-false',
      `${HEAD}params: { notice: 5 days }\ncredits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 'if(«notice > 10 days», 6%, 4%)' }
`,
    ));
});

describe('conditions that always hold', () => {
  it.each([
    'deal.amount > 0 USD or deal.amount <= 0 USD',
    'deal.close_date <= deal.close_date + 5 days',
    'deal.stage == "won" or deal.stage != "won"',
    'deal.deal_id is present',
    'true',
  ])('%s', (when) => expectAt('always-true', credit(`«${when}»`)));

  it('a count is never below zero', () =>
    expectAt(
      'always-true',
      `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
  touched: { each: attribution, when: deal.stage == "won", share: linear }
rewards:
  commission:
    per: won
    rate: 6%
    links:
      together: { because: Won together, when: «count(touched for deal) >= 0», factor: 102% }
`,
    ));

  it('what the credit says already is only worth a note', () =>
    expect(
      meaningIn(`${HEAD}credits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:
  commission: { per: won, when: deal.stage == "won", rate: 6% }
`),
    ).toEqual(['note always-true 7:33']));

  it('of a link it is an error, for it reads as if it were bound', () =>
    expectAt(
      'always-true',
      `${HEAD}credits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:
  commission:
    per: won
    rate: 6%
    links: { x: { because: y, when: «deal.stage == "won"», factor: 102% } }
`,
    ));

  it('what follows from the credit without being said in it is an error', () =>
    expectAt(
      'always-true',
      `${HEAD}credits:\n  won: { each: deal, when: deal.amount > 1000 USD }\nrewards:
  commission: { per: won, when: «deal.amount > 500 USD», rate: 6% }
`,
    ));

  it('a group that nobody can be in is told once, where it is', () =>
    expectAt(
      'always-false',
      `${HEAD}groups:\n  both: «payee.department == "sales" and payee.department == "marketing"»
credits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:\n  commission: { who: both, per: won, rate: 6% }
`,
    ));

  it.each([
    'deal.stage == "won" and deal.type == "new" and deal.amount >= 1000 USD',
    'deal.stage == "won" or deal.type == "new"',
    'deal.owner.department == "sales" and deal.owner.manager == deal.owner',
    'deal.close_date > 2026-01-01 and deal.close_date < 2026-01-03',
    'deal.amount > 100 USD and deal.amount < 100.02 USD',
    'deal.paid_date is present and deal.paid_date <= deal.close_date + 30 days',
    'deal.type != "new" and deal.type != "renewal"',
    'coalesce(deal.type, "new") == "new"',
  ])('sound: %s', (when) => sound(credit(when)));
});

describe('what is never reached', () => {
  const rate = (lines: string): string =>
    `${HEAD}credits:\n  won: { each: deal, when: deal.stage == "won" and deal.amount <= 50000 USD }\nrewards:
  commission:
    per: won
    rate:
${lines}`;

  it('a step of lines that stand alone and are no larger', () =>
    expectAt(
      'unreachable',
      rate(`      method: marginal
      accumulate: none
      steps:
        - { up_to: 50000 USD, rate: 5% }
        - «{ rate: 7% }»
`),
    ));

  it('a step by the count of lines that stand alone', () =>
    expectAt(
      'unreachable',
      `${HEAD}credits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:
  spiff:
    per: won
    pay:
      method: marginal
      counting: 1
      accumulate: none
      steps:
        - { up_to: 20, rate: 10 USD }
        - «{ rate: 15 USD }»
`,
    ));

  it('steps where the cap has been reached', () =>
    expectAt(
      'unreachable',
      `${rate(`      method: marginal
      steps:
        - { up_to: 50000 USD, rate: 10% }
        - { up_to: 90000 USD, rate: 12% }
        - «{ rate: 14% }»
`)}    cap: 8000 USD\n`,
    ));

  it('points of a curve by a column that the credit bounds, and rows of a table that it excludes', () => {
    expectAt(
      'unreachable',
      rate(`      by: deal.amount
      curve: { 0 USD: 4%, 50000 USD: 5%, «80000 USD»: 6% }
`),
    );
    expectAt(
      'unreachable',
      `${HEAD}credits:\n  won: { each: deal, when: 'deal.type in ["new", "upsell"]' }\nrewards:
  commission: { per: won, rate: { by: deal.type, table: { new: 6%, upsell: 4%, renewal: «2%» } } }
`,
    );
  });

  const LEADS = `credits:
  won: { each: deal, when: deal.stage == "won" }
  handed_over: { each: lead, when: campaign.announced_on <= lead.assigned_on }
  worked: { each: lead, when: campaign.announced_on <= lead.assigned_on and lead.followed_up_on <= lead.assigned_on + 2 days }
measures:
  follow_up: count(worked) / count(handed_over)
`;
  const link = (keys: string): string => `${HEAD}${LEADS}rewards:
  commission:
    per: won
    rate: 6%
    links:
      hand_over: { because: Sales works its leads, by: follow_up, when_missing: 100%, ${keys} }
`;

  it('points above 100% of a part of the whole', () =>
    expectAt('unreachable', link('curve: { 50%: 90%, 100%: 105%, «120%»: 110% }')));

  it('points that at_most holds down', () =>
    expectAt('unreachable', link('curve: { 50%: 90%, 80%: 100%, «100%»: 105% }, at_most: 100%')));

  it('a sound curve', () => {
    sound(link('curve: { 50%: 90%, 80%: 100%, 100%: 105% }'));
    sound(link('curve: { 50%: 90%, 80%: 100%, 100%: 105% }, at_most: 100%, unless: everyone.follow_up >= 90%'));
  });
});

describe('links that never change anything', () => {
  const link = (keys: string): string => `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
  attainment: bookings / quota(bookings)
rewards:
  commission:
    per: won
    rate: 6%
    cap: 10000 USD
    links:
      «idle»: { because: It has a reason, ${keys} }
`;
  const plain = (keys: string): string => link(keys).replace(/[«»]/g, '');

  it.each([
    'factor: 100%',
    'factor: 1',
    'by: attainment, curve: { 50%: 100%, 100%: 100% }',
    'gate: attainment >= 80%, otherwise: 100%',
    'by: attainment, curve: { 80%: 100%, 120%: 150% }, at_most: 100%',
    'by: count(won), curve: { -5: 50%, 0: 100%, 10: 100% }',
  ])('%s', (keys) => {
    const { found, marks } = judged(link(keys));
    expect(found).toContain(`idle-link ${marks[0]}`);
  });

  it.each([
    'factor: attainment',
    'by: attainment, curve: { 50%: 100%, 100%: 101% }',
    'by: attainment, curve: { 50%: 100%, 100%: 100% }, when_missing: 50%',
  ])('sound: %s', (keys) => expect(meaningIn(plain(keys)).filter((line) => line.includes('idle'))).toEqual([]));
});

describe('percentages that were meant', () => {
  const reward = (keys: string): string => `${HEAD}params: { base: 6 }
data: { people: { target_per: month } }\ncredits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
  attainment: bookings / quota(bookings)
rewards:
  commission: { ${keys} }
`;
  const meant = (keys: string): readonly string[] => {
    const { found, marks } = judged(reward(keys));
    expect(found.filter((line) => line.includes('percent'))).toEqual(marks.map((at) => `percent-meant ${at}`));
    return found;
  };
  it.each([
    'per: won, rate: «6»',
    'per: won, rate: «1»',
    'per: won, rate: \'if(deal.type == "new", 6%, «4»)\'',
    'per: won, rate: { by: deal.type, table: { new: «6», renewal: 4% }, else: 2% }',
    'per: won, rate: { method: marginal, of: quota(bookings), steps: [ { up_to: «100», rate: 5% }, { rate: 7% } ] }',
    'per: won, rate: 6%, links: { x: { because: y, by: attainment, curve: { «80»: 90%, «100»: 100% } } }',
    'per: won, rate: 6%, links: { x: { because: y, by: attainment, curve: { 80%: 90%, «100%»: 102 } } }',
    'per: won, rate: 6%, links: { x: { because: y, gate: attainment >= «80» } }',
    'per: won, rate: 6%, links: { x: { because: y, when: deal.type == "new", factor: «102» } }',
    'pay: «6 * bookings»',
    'pay: "1000 USD * max(0, attainment - «80»)"',
    'pay: "1000 USD * min(attainment, «150»)"',
    'pool: «2 * sum(won.amount)», share_by: 1'.replace('sum', 'everyone.sum'),
  ])('%s', (keys) => void meant(keys));

  it('a param is told where it is given', () => {
    const text = reward('per: won, rate: base');
    expect(meaningIn(text)).toContain('percent-meant 4:17');
  });

  it.each([
    'per: won, rate: 100%',
    'per: won, rate: 0.06',
    'per: won, rate: { method: marginal, of: quota(bookings), steps: [ { up_to: 1, rate: 5% }, { up_to: 1.5, rate: 6% }, { rate: 7% } ] }',
    'per: won, rate: 6%, links: { x: { because: y, by: count(won), curve: { 10: 90%, 20: 100% } } }',
    'per: won, rate: 6%, links: { x: { because: y, by: result("nps"), curve: { 30: 90%, 50: 100% } } }',
    'per: won, rate: 6%, links: { x: { because: y, by: attainment, curve: { 80%: 0.9, 100%: 1, 150%: 2 } } }',
    'pay: 12 * bookings * 1%',
    'per: won, rate: 6%, links: { x: { because: y, gate: attainment * 100 >= 80 } }',
    'pay: "if(bookings / payee.target_pay >= 12, 1000 USD, 500 USD)", prorate: none',
    'per: won, pay: 25 USD',
  ])('sound: %s', (keys) => expect(meaningIn(reward(keys)).filter((line) => line.includes('percent'))).toEqual([]));
});

describe('steps of a quota of something else', () => {
  const steps = (of: string, more = ''): string => `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
  closed: { each: deal, when: '"won" == deal.stage' }
  renewed: { each: deal, when: deal.stage == "won" and deal.type == "renewal" }
measures:
  bookings: sum(won.amount)
  closings: sum(closed.amount)
  renewals: sum(renewed.amount)
  wins: count(won)
rewards:
  others: { pay: 1% * (bookings + closings + renewals) + 1 USD * wins }
  commission:
    per: won
    ${more}rate: { method: marginal, of: ${of}, steps: [ { up_to: 100%, rate: 5% }, { rate: 7% } ] }
    cap: 10000 USD
`;
  it('another credit, part of the rows', () => {
    expectAt('counting-mismatch', steps('«quota(renewals)»'));
    expectAt('counting-mismatch', steps('«quota(bookings)»', 'when: deal.type == "renewal"\n    '));
  });
  it('the same rows, whatever they are called', () => {
    sound(steps('quota(bookings)'));
    sound(steps('quota(closings)'));
    sound(steps('quota(renewals)', 'when: deal.type == "renewal"\n    '));
  });
});

describe('a guarantee that is always above the cap', () => {
  const limits = (guarantee: string): string => `${HEAD}data: { people: { target_per: month } }\ncredits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 6%, cap: payee.target_pay, guarantee: ${guarantee} }
`;
  it('by what both read', () => expectAt('guarantee-above-cap', limits('«payee.target_pay + 1 USD»')));
  it('sound', () => sound(limits('payee.target_pay / 2 - 1 USD').replace('/ 2 ', '')));
});

describe('what nothing reads or pays', () => {
  it('credits, measures and params', () =>
    expectAt(
      'unused',
      `${HEAD}params: { base: «6%», half: 7 days }
credits:
  won: { each: deal, when: deal.stage == "won" }
  «lost»: { each: deal, when: deal.stage == "lost" }
  touched: { each: attribution, share: { time_decay: { half_life: half } } }
measures:
  «losses»: count(lost)
  influence: sum(touched.amount)
rewards:
  commission: { per: won, rate: 6% }
  bonus: { pay: 1 USD * (influence / quota(influence)) }
`,
    ));
});
