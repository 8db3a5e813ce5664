/** Plans and files wrong in one place (or in several, as said), each with all that must be said of it. */
export interface BadInput {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** `file:line:column code`, every error and no other, in order; a place that is not known is left out. */
  readonly says: readonly string[];
  /** What messages and hints must hold, such as the nearest name. */
  readonly holds?: readonly string[];
}

const HEAD = 'plan: P\ncurrency: USD\nperiod: month\n';
const WON = 'credits:\n  won: { each: deal, when: deal.stage == "won" }\n';
const PAID = 'rewards:\n  commission: { per: won, rate: 6% }\n';
const PLAN = `${HEAD}${WON}${PAID}`;
const COLUMNS = 'deal_id,owner,close_date,amount,stage\n';
const DEALS = `${COLUMNS}d1,ana,2026-01-20,1000.00,won\n`;

const plan = (name: string, text: string, says: string, ...holds: string[]): BadInput => ({
  name: `plan: ${name}`,
  files: { 'align-pay.yaml': text, 'deals.csv': DEALS },
  says: says.split(', ').map((one) => `align-pay.yaml:${one}`),
  holds,
});
const credit = (name: string, won: string, says: string, ...holds: string[]): BadInput =>
  plan(name, `${HEAD}credits:\n  won: ${won}\n${PAID}`, says, ...holds);
const reward = (name: string, commission: string, says: string, ...holds: string[]): BadInput =>
  plan(name, `${HEAD}${WON}rewards:\n  commission: ${commission}\n`, says, ...holds);

const deals = (name: string, rows: string | Buffer, says: string, ...holds: string[]): BadInput => ({
  name: `deals: ${name}`,
  files: { 'align-pay.yaml': PLAN, 'deals.csv': rows },
  says: says.split(', ').map((one) => (/^\d/.test(one) ? `deals.csv:${one}` : `deals.csv ${one}`)),
  holds,
});
const rows = (name: string, text: string, says: string, ...holds: string[]): BadInput =>
  deals(name, `${COLUMNS}${text}\n`, says, ...holds);

const TOUCHED = PLAN.replace('each: deal,', 'each: attribution, share: linear,');
const QUOTED = `${HEAD}${WON}measures: { bookings: sum(won.amount) }
rewards:
  commission: { per: won, rate: { method: marginal, of: quota(bookings), steps: [ { up_to: 100%, rate: 5% }, { rate: 9% } ] } }
`;
const others = (
  name: string,
  files: Readonly<Record<string, string>>,
  says: readonly string[],
  ...holds: string[]
): BadInput => ({ name, files: { 'align-pay.yaml': PLAN, 'deals.csv': DEALS, ...files }, says, holds });
const REFUNDS = 'deal_id,owner,close_date,amount,stage,refund_of\nd1,ana,2026-01-20,100.00,won,\n';
const ABROAD = 'deal_id,owner,close_date,amount,stage,currency\n';

export const BAD_INPUT: readonly BadInput[] = [
  // the plan as a file
  plan('a list that is not closed', `${HEAD}credits: [a\n`, '4:10 invalid-yaml'),
  plan('a tab', `${HEAD}credits:\n\twon: { each: deal }\n`, '5:1 invalid-yaml', 'tabs'),
  plan('a key twice', `${HEAD}${WON}${WON}${PAID}`, '6:1 duplicate-key', 'credits'),
  plan('nothing in it', '', '1:1 invalid-yaml'),
  plan('a list', '- a\n', '1:1 invalid-yaml'),
  plan('two documents', `${PLAN}---\n${PLAN}`, '8:1 invalid-yaml'),
  plan('no currency', `plan: P\nperiod: month\n${WON}${PAID}`, '1:1 missing-key', 'currency'),
  plan('no such currency', PLAN.replace('USD', 'USDD'), '2:11 invalid-value', 'did you mean USD?'),
  plan('no such period', PLAN.replace('month', 'monthly'), '3:9 invalid-value', 'did you mean month?'),
  plan('an unknown key', `perod: month\n${PLAN}`, '1:1 unknown-key', 'did you mean period?'),
  plan('it extends nothing that is there', `extends: base.yaml\n${PLAN}`, '1:10 extends-failed'),
  plan('it extends itself', `extends: align-pay.yaml\n${PLAN}`, '1:10 extends-failed'),
  plan(
    'a name that is not snake_case',
    PLAN.replace('commission', 'Commission-Plan'),
    '7:3 invalid-name',
    'commission_plan',
  ),
  plan('a group with the name of a scope', `${PLAN}groups: { team: payee.team == "x" }\n`, '8:11 invalid-name'),
  // expressions
  credit('a value lacks', '{ each: deal, when: deal.stage == }', '5:41 syntax-error'),
  reward('a bracket lacks', '{ per: won, rate: "(1 + 2" }', '7:40 syntax-error', 'expected ")"'),
  reward('an exponent', '{ per: won, rate: 1e99 }', '7:33 syntax-error', 'without exponents'),
  reward('money for a rate', '{ per: won, rate: 6 USD }', '7:33 type-mismatch', 'expected a number, got money'),
  credit('money times money', '{ each: deal, amount: deal.amount * deal.amount }', '5:44 type-mismatch'),
  credit('money against a number', '{ each: deal, when: deal.amount > 5 }', '5:42 type-mismatch', '100 USD'),
  credit('money of another country', '{ each: deal, when: deal.amount > 5 EUR }', '5:42 type-mismatch', 'EUR'),
  credit('no condition', '{ each: deal, when: deal.amount }', '5:28 type-mismatch', 'expected a condition'),
  credit(
    'a column that is not there',
    '{ each: deal, when: deal.stge == "won" }',
    '5:33 unknown-column',
    'did you mean deal.stage?',
  ),
  reward('a credit that is not there', '{ per: wonn, rate: 6% }', '7:22 unknown-name', 'did you mean won?'),
  reward('a function that is not there', '{ per: won, rate: process.exit(1) }', '7:41 unknown-name'),
  reward('a name that JavaScript knows', '{ per: won, rate: constructor }', '7:33 unknown-name'),
  reward('a function that JavaScript knows', '{ per: won, rate: valueOf(1) }', '7:33 unknown-name'),
  credit('a column that JavaScript knows', '{ each: deal, when: deal.__proto__ == "x" }', '5:33 unknown-column'),
  reward('a name that JavaScript keeps', '{ per: won, rate: 1%, __proto__: 5 }', '7:37 unknown-key'),
  plan('a reward called __proto__', PLAN.replace('commission', '__proto__'), '7:3 invalid-name'),
  credit(
    'cut at a comma',
    '{ each: deal, when: deal.stage in ["a", "b"] }',
    '5:28 cut-expression',
    `'deal.stage in ["a", "b"]'`,
  ),
  reward('cut at a comma, a function', '{ per: won, rate: min(5%, 6%) }', '7:41 cut-expression', '"min(5%, 6%)"'),
  plan('measures in a circle', `${PLAN}measures: { a: b + 1, b: a + 1 }\n`, '8:16 cycle', 'a → b → a'),
  plan(
    'rewards in a circle',
    `${HEAD}${WON}rewards:\n  a: { pay: pay(b) }\n  b: { pay: pay(a) }\n`,
    '7:3 cycle',
    'a → b → a',
  ),
  // credits and rewards
  credit('touches without a share', '{ each: attribution }', '5:3 missing-key', 'share:'),
  credit(
    'parts that are not whole',
    '{ each: attribution, share: { position: [40%, 20%, 30%] } }',
    '5:48 weights-not-whole',
    '90%',
  ),
  credit(
    'a model that is not there',
    '{ each: attribution, share: u_shaped }',
    '5:36 invalid-value',
    'did you mean w_shaped?',
  ),
  reward('two bodies', '{ per: won, rate: 1%, pay: 5 USD }', '7:37 invalid-value'),
  plan('a half-life in half days', `${PLAN}params: { half_life: 7.5 days }\n`, '8:22 invalid-value', 'whole days'),
  reward('a cap below zero', '{ per: won, rate: 1%, cap: -5 USD }', '7:42 invalid-value', 'not below zero'),
  reward(
    'a factor below zero',
    '{ per: won, rate: 1%, links: { a: { because: x, factor: 0 - 5% } } }',
    '7:71 factor-out-of-range',
  ),
  reward('no body', '{ who: everyone }', '7:3 missing-key'),
  reward(
    'steps that fall',
    '{ per: won, rate: { method: marginal, steps: [ { up_to: 5 USD, rate: 1% }, { up_to: 3 USD, rate: 2% }, { rate: 3% } ] } }',
    '7:99 unordered-steps',
    '3 USD comes after 5 USD',
  ),
  reward(
    'a last step that ends',
    '{ per: won, rate: { method: marginal, steps: [ { up_to: 5 USD, rate: 1% } ] } }',
    '7:64 invalid-value',
  ),
  reward(
    'points that fall',
    '{ per: won, rate: { by: deal.amount / 5 USD, curve: { 50%: 1%, 20%: 2% } } }',
    '7:78 unordered-steps',
    '20% comes after 50%',
  ),
  reward(
    'a point twice',
    '{ per: won, rate: { by: deal.amount / 5 USD, curve: { 50%: 1%, 0.5: 2% } } }',
    '7:78 unordered-steps',
  ),
  reward(
    'weights that are not whole',
    '{ per: won, rate: 1%, links: { a: { because: x, weight: 60%, factor: 1 }, b: { because: x, weight: 30%, factor: 1 } } }',
    '7:114 weights-not-whole',
    '90%',
  ),
  reward(
    'a link without a reason',
    '{ per: won, rate: 1%, links: { a: { factor: 1 } } }',
    '7:46 missing-key',
    'because',
  ),
  reward(
    'a link of two kinds',
    '{ per: won, rate: 1%, links: { a: { because: x, factor: 1, gate: true } } }',
    '7:74 invalid-value',
  ),
  plan(
    'a suffix shorter than the period',
    `${PLAN.replace('month', 'year')}  yearly: { pay: 1% * b.qtd }\nmeasures: { b: sum(won.amount) }\n`,
    '8:25 not-allowed-here',
    '.qtd',
  ),

  // rows
  rows('a row too short', 'd1,ana,2026-01-20,1', '2:20 row-length'),
  rows('a row too long', 'd1,ana,2026-01-20,1,000.00,won', '2:28 row-length', '"1,000.00"?'),
  rows(
    'a quote that is not closed',
    'd1,"ana,2026-01-20,1,won\nd2,ben,2026-01-20,x,won',
    '2:4 invalid-quote, 3:19 invalid-number',
  ),
  rows('a quote inside', 'd1,an"a,2026-01-20,1,won', '2:6 invalid-quote'),
  rows('text behind a quote', 'd1,"ana"x,2026-01-20,1,won', '2:9 invalid-quote'),
  rows(
    'amounts that are none',
    ['1e5', '$5', '"1,000.00"', '0x10', 'Infinity', 'NaN', '1.2.3', '--1', '5%', '١٢']
      .map((x, i) => `d${i},ana,2026-01-20,${x},won`)
      .join('\n'),
    Array.from({ length: 10 }, (_, i) => `${i + 2}:19 invalid-number`).join(', '),
  ),
  rows('61 digits', `d1,ana,2026-01-20,${'9'.repeat(61)},won`, '2:19 number-too-long'),
  rows('a million digits', `d1,ana,2026-01-20,${'9'.repeat(1_000_000)},won`, '2:19 number-too-long'),
  rows(
    'half a cent',
    'd1,ana,2026-01-20,1.005,won\nd2,ana,2026-01-20,1.500,won',
    '2:19 too-many-decimals',
    'round: true',
  ),
  rows(
    'dates that are none',
    ['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '0000-00-00', '45000', '2026-01-20Tnoon']
      .map((x, i) => `d${i},ana,${x},1,won`)
      .join('\n'),
    Array.from({ length: 7 }, (_, i) => `${i + 2}:8 invalid-date`).join(', '),
  ),
  rows(
    'dates of another country',
    'd1,ana,20/01/2026,1,won\nd2,ana,03/04/2026,1,won',
    '2:8 invalid-date, 3:8 invalid-date',
    'dates: DD/MM/YYYY',
  ),
  rows('a year nobody meant', 'd1,ana,2926-01-20,1,won', '2:8 value-out-of-range'),
  rows(
    'a key three times',
    'd1,ana,2026-01-20,1,won\nd1,ana,2026-01-20,1,won\nd1,ben,2026-01-20,1,won',
    '2:1 duplicate-row, 3:1 duplicate-row, 4:1 duplicate-row',
  ),
  rows('an empty id', ',ana,2026-01-20,1,won', '2:1 invalid-id'),
  rows(
    'won by nobody, on no day, for nothing',
    'd1,,2026-01-20,1,won\nd2,ana,,1,won\nd3,ana,2026-01-20,,won\nd4,,,,open',
    '2:4 missing-cell, 3:8 missing-cell, 4:19 missing-cell',
  ),
  others(
    'more than 36 months',
    { 'deals.csv': `${COLUMNS}d1,ana,2020-01-20,1,won\nd2,ana,2026-01-20,1,won\n` },
    ['align-pay.yaml too-many-periods'],
    '--period 2026-01',
  ),

  // files
  deals('nothing in it', '', '1:1 empty-file'),
  deals('a mark and nothing in it', '\ufeff', '1:1 empty-file'),
  deals(
    'a column lacks',
    'deal_id,owner,close_dat,amount,stage\nd1,ana,2026-01-20,1,won\n',
    '1:1 missing-column',
    'is it "close_dat"?',
  ),
  deals(
    'a column twice',
    'deal_id,owner,Owner ,close_date,amount,stage\nd1,a,a,2026-01-20,1,won\n',
    '1:15 duplicate-column',
  ),
  deals('another delimiter', DEALS.replaceAll(',', ';'), '1:1 missing-column', 'delimiter: ";"'),
  deals(
    'Western European',
    Buffer.from(DEALS.replace('ana', 'josé'), 'latin1'),
    '2:7 invalid-encoding',
    'encoding: windows-1252',
  ),
  deals('UTF-16 without a mark', Buffer.from(DEALS, 'utf16le'), '1:1 invalid-encoding', 'encoding: utf-16le'),
  deals('UTF-16 cut off', Buffer.from(`\ufeff${DEALS}`, 'utf16le').subarray(0, -1), '2:30 invalid-encoding'),
  deals('a workbook', Buffer.from(`PK\u0003\u0004${'\0x'.repeat(2000)}`, 'latin1'), 'not-text', 'Excel'),
  deals('bytes of all kinds', Buffer.from(Array.from({ length: 2560 }, (_, i) => i % 256)), '1:1 not-text'),
  deals('a zero byte', `${COLUMNS}d1,a\0na,2026-01-20,1,won\n`, '2:5 not-text'),
  deals(
    'a line of forty megabytes',
    `${COLUMNS}d1,${'x'.repeat(40_000_000)},2026-01-20,1,won\nd2,ana,2026-01-20,x,won\n`,
    '2:4 value-out-of-range, 3:19 invalid-number',
  ),
  deals('a row without an end', `${COLUMNS}${'x,'.repeat(10_000_000)}`, '2:32767 row-length'),
  others('UTF-16 for a plan', { 'align-pay.yaml': '\ufeff\u0000' }, ['align-pay.yaml:1:1 invalid-yaml']),

  // tables that belong together
  others(
    'stays that overlap',
    { 'people.csv': 'person_id,department,starts_on,ends_on\nana,sales,,2026-03-01\nana,marketing,2026-02-01,\n' },
    ['people.csv:2:11 overlapping-stays', 'people.csv:3:15 overlapping-stays'],
  ),
  others(
    'more working time than there is',
    { 'people.csv': 'person_id,department,share\nana,sales,60%\nana,marketing,50%\n' },
    ['people.csv:2:11 shares-above-whole', 'people.csv:3:15 shares-above-whole'],
  ),
  others(
    'a stay that ends before it starts',
    { 'people.csv': 'person_id,department,starts_on,ends_on\nana,sales,2026-03-01,2026-02-01\n' },
    ['people.csv:2:22 value-out-of-range'],
  ),
  others('nobody of that name', { 'people.csv': 'person_id,department\nAna,sales\n' }, [
    'deals.csv:2:4 unknown-person',
  ]),
  others(
    'ids that lead nowhere',
    {
      'align-pay.yaml': TOUCHED,
      'attributions.csv': 'deal_id,campaign_id\nd9,c1\nd1,c9\n',
      'campaigns.csv': 'campaign_id,owner\nc1,ana\n',
    },
    ['attributions.csv:2:1 dangling-id', 'attributions.csv:3:4 dangling-id'],
    'did you mean d1?',
  ),
  others(
    'tables that are not there',
    { 'align-pay.yaml': TOUCHED },
    ['file-not-found', 'file-not-found'],
    '--table campaigns=FILE',
  ),
  others(
    'quotas wrong in every way',
    {
      'align-pay.yaml': QUOTED,
      'quotas.csv':
        'for,period,measure,amount\nana,2026-01,bookings,5\nana,2026-01,bookings,6\nana,2026-Q5,bookings,5\nana,2026-02,booking,5\n,2026-05,bookings,5\nana,2026-06,bookings,x\n',
    },
    [
      'quotas.csv:2:1 duplicate-row',
      'quotas.csv:3:1 duplicate-row',
      'quotas.csv:4:5 invalid-period',
      'quotas.csv:5:13 unknown-measure',
      'quotas.csv:6:1 invalid-id',
      'quotas.csv:7:22 invalid-number',
    ],
    'did you mean bookings?',
  ),
  others(
    'a quota of nothing',
    { 'align-pay.yaml': QUOTED, 'quotas.csv': 'for,period,measure,amount\nana,2026-01,bookings,0\n' },
    ['align-pay.yaml:8:3 missing-payout'],
    'commission of ana in 2026-01',
  ),
  others(
    'refunds wrong in every way',
    {
      'deals.csv': `${REFUNDS}r1,ana,2026-01-19,-5,won,d1\nr2,ana,2026-01-21,5,won,d1\nr3,ana,2026-01-22,-200,won,d1\nr4,ana,2026-01-22,-5,won,r1\nr5,ana,2026-01-22,-5,won,d9\n`,
    },
    [
      'deals.csv:3:8 invalid-refund',
      'deals.csv:4:19 invalid-refund',
      'deals.csv:5:19 invalid-refund',
      'deals.csv:6:26 invalid-refund',
      'deals.csv:7:26 dangling-id',
    ],
  ),
  others('no rate of exchange', { 'deals.csv': `${ABROAD}d1,ana,2026-01-20,100,won,EUR\n` }, [
    'deals.csv:2:27 missing-fx-rate',
  ]),
  others(
    'a rate of exchange too old',
    {
      'deals.csv': `${ABROAD}d1,ana,2026-01-20,100,won,EUR\nd2,ana,2026-01-19,100,won,EUR\n`,
      'fx.csv': 'date,from,to,rate\n2026-01-12,EUR,USD,1.1\n',
    },
    ['deals.csv:2:27 missing-fx-rate'],
  ),
  others('no such currency', { 'deals.csv': `${ABROAD}d1,ana,2026-01-20,100,won,EURO\n` }, [
    'deals.csv:2:27 invalid-currency',
  ]),
  others(
    'adjustments wrong in every way',
    {
      'adjustments.csv':
        'person_id,period,amount,reason,approved_by\nana,2026-01,5,,bob\nana,2026-01,5,x,ana\nana,2026-Q1,5,x,bob\nana,2026-01,,x,bob\nana,2026-01,5,x,\n',
    },
    [
      'adjustments.csv:2:15 invalid-adjustment',
      'adjustments.csv:3:17 invalid-adjustment',
      'adjustments.csv:4:5 invalid-adjustment',
      'adjustments.csv:5:13 invalid-adjustment',
      'adjustments.csv:6:17 invalid-adjustment',
    ],
  ),
];
