import { describe, expect, it } from 'vitest';
import { fromFiles } from './computing.ts';

const PLAN = `plan: P
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 10% }
`;
const COLUMNS = 'deal_id,owner,close_date,amount,stage';
const DEALS = `${COLUMNS}\nd1,ana,2026-01-20,100.00,won\n`;
const ANA = { '2026-01 ana commission': '10.00' };

/** Deals read with settings of their own: what is paid, else what is said. */
const read = async (deals: string | Buffer, settings = '', more: Readonly<Record<string, string>> = {}) => {
  const data = settings === '' ? '' : `data: { deals: { ${settings} } }\n`;
  const { payouts, said } = await fromFiles({ 'align-pay.yaml': `${PLAN}${data}`, 'deals.csv': deals, ...more });
  return said.length > 0 ? said : payouts;
};

describe('where tables stand', () => {
  const people = (person: string): string => `person_id,department\n${person},sales\n`;

  it('beside the deals file, else beside the plan that was named; beside the deals comes first', async () => {
    const files = { 'plans/p.yaml': PLAN, 'plans/people.csv': people('ben'), 'january/deals.csv': DEALS };
    const named = { plan: 'plans/p.yaml', deals: 'january/deals.csv' };
    expect((await fromFiles(files, named)).said).toEqual(['deals.csv:2:4 unknown-person']);
    const { payouts } = await fromFiles({ ...files, 'january/people.csv': people('ana') }, named);
    expect(payouts).toEqual(ANA);
  });

  it('people, adjustments and, where currencies differ, fx are read whenever they stand there', async () => {
    const { payouts } = await fromFiles({
      'align-pay.yaml': PLAN,
      'deals.csv': `${COLUMNS},currency\nd1,ana,2026-01-20,100.00,won,EUR\n`,
      'people.csv': people('ana'),
      'adjustments.csv': 'person_id,period,amount,reason,approved_by\nana,2026-01,5,spot,fay\n',
      'fx.csv': 'date,from,to,rate\n2026-01-20,EUR,USD,1.2\n',
    });
    expect(payouts).toEqual({ '2026-01 ana commission': '12.00', '2026-01 ana adjustments': '5.00' });
  });

  it('an fx file that nobody needs is not read', async () => {
    expect(await read(DEALS, '', { 'fx.csv': 'rubbish' })).toEqual(ANA);
  });

  it('a file that the plan places is looked for there alone, relative to the plan', async () => {
    const plan = `${PLAN}data: { people: { file: hr/staff.csv } }\n`;
    const files = { 'align-pay.yaml': plan, 'deals.csv': DEALS, 'people.csv': people('ana') };
    expect((await fromFiles(files)).said.join()).toContain('file-not-found');
    expect((await fromFiles({ ...files, 'hr/staff.csv': people('ana') })).payouts).toEqual(ANA);
  });
});

describe('headers', () => {
  it.each([
    [
      'in any case, with blanks around them, in any order, among others',
      'x, STAGE ,Amount,Close_Date,"owner",deal_id,y\n,won,100,2026-01-20,ana,d1,\n',
      '',
    ],
    [
      'mapped by the plan',
      'Nr,Rep,Day,Sum,Where\nd1,ana,2026-01-20,100,won\n',
      'columns: { deal_id: Nr, owner: Rep, close_date: Day, amount: Sum, stage: Where }',
    ],
    [
      'mapped with commas in them',
      '"Deal, no.",owner,close_date,amount,stage\nd1,ana,2026-01-20,100,won\n',
      'columns: { deal_id: "Deal, no." }',
    ],
    [
      'composed and decomposed',
      'deal_id,owner,close_date,Prä,stage\nd1,ana,2026-01-20,100,won\n'.normalize('NFD'),
      `columns: { amount: ${'Prä'.normalize('NFC')} }`,
    ],
  ])('%s', async (_, deals, settings) => {
    expect(await read(deals, settings)).toEqual(ANA);
  });

  it('a header that the plan names must be there', async () => {
    expect(await read(DEALS, 'columns: { amount: Betrag }')).toEqual(['align-pay.yaml:8:37 unknown-column']);
  });
});

describe('the form of a file', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${DEALS}`), ''],
    ['UTF-16 with a mark, either way round', Buffer.from(`\ufeff${DEALS}`, 'utf16le'), ''],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${DEALS}`, 'utf16le').swap16(), ''],
    ['UTF-16 as declared', Buffer.from(DEALS, 'utf16le'), 'encoding: utf-16le'],
    ['CRLF', DEALS.replaceAll('\n', '\r\n'), ''],
    ['CR alone', DEALS.replaceAll('\n', '\r'), ''],
    ['no line end behind the last row', DEALS.trimEnd(), ''],
    ['blank lines', `\n\n${DEALS}\n\n`, ''],
    ['sep=;', `sep=;\r\n${DEALS.replaceAll(',', ';')}`, ''],
    ['sep=; in quotes', `"sep=;"\r\n${DEALS.replaceAll(',', ';')}`, ''],
    ['semicolons as declared', DEALS.replaceAll(',', ';'), 'delimiter: ";"'],
    ['tabs as declared', DEALS.replaceAll(',', '\t'), 'delimiter: tab'],
    ['quotes around everything', DEALS.replaceAll(/[^,\n]+/g, '"$&"'), ''],
    [
      'a line break within quotes, in a column that nobody reads',
      `note,${COLUMNS}\n"two\nlines",d1,ana,2026-01-20,100.00,won\n`,
      '',
    ],
    ['white space around values', DEALS.replaceAll(',', '\u00a0 , '), ''],
  ])('%s', async (_, deals, settings) => {
    expect(await read(deals, settings)).toEqual(ANA);
  });

  it('a line break within quotes does not move the lines that findings name', async () => {
    const deals = `note,${COLUMNS}\n"two\nlines",d1,ana,2026-01-20,100.00,won\nx,d2,ana,2026-01-20,?,won\n`;
    expect(await read(deals)).toEqual(['deals.csv:4:21 invalid-number']);
  });

  it.each([['windows-1252'], ['latin1'], ['iso-8859-1'], ['macroman']])('%s as declared', async (encoding) => {
    const byte = encoding === 'macroman' ? 0x8e : 0xe9;
    const deals = Buffer.concat([
      Buffer.from(`${COLUMNS}\nd1,jos`),
      Buffer.from([byte]),
      Buffer.from(',2026-01-20,100,won\n'),
    ]);
    expect(await read(deals, `encoding: ${encoding}`)).toEqual({ '2026-01 josé commission': '10.00' });
  });

  it('an encoding that is none is an error of the plan', async () => {
    expect(await read(DEALS, 'encoding: klingon')).toEqual(['align-pay.yaml:8:28 invalid-value']);
  });
});

describe('texts and ids', () => {
  it('are brought to NFC, so that José is José', async () => {
    const { payouts } = await fromFiles({
      'align-pay.yaml': PLAN,
      'deals.csv': DEALS.replace('ana', 'José'.normalize('NFD')),
      'people.csv': `person_id,department\n${'José'.normalize('NFC')},sales\n`,
    });
    expect(Object.keys(payouts)).toEqual([`2026-01 ${'José'.normalize('NFC')} commission`]);
  });

  it('are compared to the letter', async () => {
    const people = { 'people.csv': 'person_id,department\nAna,sales\nana,sales\n' };
    expect(await read(DEALS, '', people)).toEqual(ANA);
    expect(await read(DEALS.replace('won\n', 'Won\n'))).toContain('align-pay.yaml:5:28 text-never-found');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '0', '-1', '1e3', 'null', 'true'])(
    '%s is a person, a deal, a team, a product like any other',
    async (name) => {
      const { payouts, said } = await fromFiles({
        'align-pay.yaml': `plan: P
currency: USD
period: month
groups: { sales: payee.department == "${name}" }
credits:
  won: { each: deal, when: deal.stage == "${name}" }
  touched: { each: attribution, share: linear }
measures: { bookings: sum(won.amount), products: count_distinct(won.deal.product) }
rewards:
  commission: { who: sales, per: won, rate: { by: deal.product, table: { "${name}": 10% }, else: 1% } }
  team_bonus: { pay: team.bookings * 1% + 1 USD * products + 1 USD * result("${name}") }
  touch: { per: touched, rate: 1% }
  pool: { pool: team.bookings * 10%, share_by: quota(bookings), each: payee.team }
`,
        'deals.csv': `deal_id,owner,close_date,amount,stage,product\n${name},${name},2026-01-20,100.00,${name},${name}\n`,
        'people.csv': `person_id,department,team\n${name},${name},${name}x\n`,
        'quotas.csv': `for,period,measure,amount\n${name},2026-01,bookings,50\n`,
        'results.csv': `result,period,value,for\n${name},2026-01,3,${name}\n`,
        'campaigns.csv': `campaign_id,owner\n${name},${name}\n`,
        'attributions.csv': `deal_id,campaign_id\n${name},${name}\n`,
      });
      expect(said).toEqual([]);
      expect(payouts).toEqual({
        [`2026-01 ${name} commission`]: '10.00',
        [`2026-01 ${name} team_bonus`]: '5.00',
        [`2026-01 ${name} touch`]: '1.00',
        [`2026-01 ${name} pool`]: '10.00',
      });
    },
  );
});

describe('numbers', () => {
  const row = (amount: string): string => `${COLUMNS}\nd1,ana,2026-01-20,${amount},won\n`;
  const bad = ['deals.csv:2:19 invalid-number'];

  it.each([
    ['100', ANA],
    ['+100', ANA],
    ['100.', bad],
    ['.5', { '2026-01 ana commission': '0.05' }],
    ['-100', { '2026-01 ana commission': '-10.00' }],
    ['100.000', ANA],
    ['0100', ANA],
    ['1e2', bad],
    ['$100', bad],
    ['100 USD', bad],
    ['"1,00"', bad],
    ['100%', bad],
    ['(100)', bad],
    ['−100', bad],
    ['1 000', bad],
  ])('%s without numbers', async (amount, what) => {
    expect(await read(row(amount))).toEqual(what);
  });

  it.each([
    ['1.234,56 €', '1.234,56 €', '123.46'],
    ['1.234,56 €', '1234,56', '123.46'],
    ['1.234,56 €', '-1.234,56 €', '-123.46'],
    ['1.234,56 €', '(1.234,56 €)', '-123.46'],
    ['$1,234.56', '$1,234.56', '123.46'],
    ['$1,234.56', '($1,234.56)', '-123.46'],
    ['$1,234.56', '-$1,234.56', '-123.46'],
    ['1 234,56', '1 234,56', '123.46'],
    ["1'234.56", "1'234.56", '123.46'],
  ])('numbers: "%s" reads %s', async (example, cell, amount) => {
    expect(await read(row(`"${cell}"`), `numbers: "${example}"`)).toEqual({ '2026-01 ana commission': amount });
  });

  it.each([
    ['1.234,56', '1,234.56'],
    ['1.234,56', '12.34'],
    ['1,234.56', '1,23.45'],
    ['1,234.56', '12,34,567.00'],
  ])('numbers: "%s" does not read %s', async (example, cell) => {
    expect(await read(row(`"${cell}"`), `numbers: "${example}"`)).toEqual(bad);
  });

  it('more decimals than the currency has are an error, unless the column says round', async () => {
    expect(await read(row('100.005'))).toEqual(['deals.csv:2:19 too-many-decimals']);
    // 100.05 rounded from 100.045, half away from zero: 10.005 is 10.01
    expect(await read(row('100.045'), 'columns: { amount: { round: true } }')).toEqual({
      '2026-01 ana commission': '10.01',
    });
  });

  it('in yen a decimal is one too many, in dinars three are right', async () => {
    const abroad = `${COLUMNS},currency\nd1,ana,2026-01-20,1.5,won,JPY\nd2,ana,2026-01-20,1.555,won,KWD\nd3,ana,2026-01-20,1.555,won,EUR\n`;
    expect(
      await read(abroad, '', {
        'fx.csv': 'date,from,to,rate\n2026-01-20,JPY,USD,1\n2026-01-20,KWD,USD,1\n2026-01-20,EUR,USD,1\n',
      }),
    ).toEqual(['deals.csv:2:19 too-many-decimals', 'deals.csv:4:19 too-many-decimals']);
  });

  it.each([
    ['share', '50%', '', '0.50'],
    ['share', '0.5', '', '0.50'],
    ['share', '50', 'unit: percent', '0.50'],
    ['share', '50%', 'unit: percent', '0.50'],
  ])('a number with percent: %s of %s %s', async (column, cell, unit, amount) => {
    const settings = `columns: { ${column}: { type: number${unit === '' ? '' : `, ${unit}`} } }`;
    const plan = PLAN.replace('per: won, rate: 10%', 'per: won, pay: deal.share * 1 USD');
    const { payouts, said } = await fromFiles({
      'align-pay.yaml': `${plan}data: { deals: { ${settings} } }\n`,
      'deals.csv': `${COLUMNS},share\nd1,ana,2026-01-20,1,won,${cell}\n`,
    });
    expect(said).toEqual([]);
    expect(payouts).toEqual({ '2026-01 ana commission': amount });
  });

  it('values: what stands for empty, or for another text', async () => {
    const settings =
      'columns: { amount: { values: { "n/a": "" } }, stage: { values: { "Closed Won": won, "Geschlossen": won } } }';
    const deals = `${COLUMNS}\nd1,ana,2026-01-20,60,Closed Won\nd2,ana,2026-01-20,40,Geschlossen\nd3,ana,2026-01-20,n/a,lost\n`;
    expect(await read(deals, settings)).toEqual(ANA);
  });
});

describe('dates', () => {
  const row = (date: string): string => `${COLUMNS}\nd1,ana,${date},100,won\n`;

  it.each([
    '2026-01-20',
    '2026-01-20T10:00:00',
    '2026-01-20 10:00:00',
    '2026-01-20T10:00:00Z',
    '2026-01-20T10:00:00.123+02:00',
    '2026-01-20T10:00',
  ])('%s', async (date) => {
    expect(await read(row(date))).toEqual(ANA);
  });

  it.each([
    ['DD/MM/YYYY', '20/01/2026'],
    ['MM/DD/YYYY', '01/20/2026'],
    ['DD.MM.YYYY', '20.01.2026'],
    ['D.M.YYYY', '20.1.2026'],
    ['YYYY/MM/DD', '2026/01/20'],
    ['DD-MM-YYYY HH:mm', '20-01-2026 10:30'],
  ])('dates: %s reads %s, and nothing else', async (pattern, date) => {
    expect(await read(row(date), `dates: "${pattern}"`)).toEqual(ANA);
    expect(await read(row('2026-01-20'), `dates: "${pattern}"`)).toEqual(['deals.csv:2:8 invalid-date']);
  });

  it('timezone: a timestamp with an offset is of the day that it was there', async () => {
    // 23:30 in New York on 31 January is 1 February in London
    const plan = (zone: string): string => `timezone: ${zone}`;
    expect(await read(row('2026-02-01T04:30:00Z'), plan('America/New_York'))).toEqual(ANA);
    expect(await read(row('2026-01-31T23:30:00-05:00'), plan('Europe/London'))).toEqual({
      '2026-02 ana commission': '10.00',
    });
    // without an offset there is nothing to turn
    expect(await read(row('2026-01-31T23:30:00'), plan('Europe/London'))).toEqual(ANA);
  });
});

describe('keys stand once, and each row of a repeated one is bad', () => {
  const plan = `plan: P
currency: USD
period: month
credits:
  won: { each: deal }
  handed: { each: lead }
  touched: { each: attribution, share: linear }
measures: { bookings: sum(won.amount) }
rewards:
  r: { per: handed, pay: 1 USD }
  t: { per: touched, rate: 1% }
  q: { pay: 1 USD * (bookings / quota(bookings)) * result("mbo") }
`;
  const files = {
    'align-pay.yaml': plan,
    'deals.csv': `${COLUMNS},currency\nd1,ana,2026-01-20,100,won,EUR\n`,
    'fx.csv': 'date,from,to,rate\n2026-01-20,EUR,USD,1\n',
    'leads.csv': 'lead_id,assigned_to,assigned_on\nl1,ana,2026-01-02\n',
    'campaigns.csv': 'campaign_id,owner\nc1,ana\n',
    'attributions.csv': 'deal_id,campaign_id\nd1,c1\nd1,c1\n',
    'quotas.csv': 'for,period,measure,amount\nana,2026-01,bookings,100\n',
    'results.csv': 'result,period,value,for\nmbo,2026-01,1,ana\nmbo,2026-01,1,\n',
  };

  it('touches have no key: one campaign may touch a deal twice', async () => {
    const { said, payouts } = await fromFiles(files);
    expect(said).toEqual([]);
    expect(payouts).toEqual({ '2026-01 ana r': '1.00', '2026-01 ana t': '1.00', '2026-01 ana q': '1.00' });
  });

  it.each([['deals.csv'], ['fx.csv'], ['leads.csv'], ['campaigns.csv'], ['quotas.csv']])('%s', async (name) => {
    const text = files[name as keyof typeof files];
    const again = `${text}${text.split('\n')[1]}\n`;
    const { said } = await fromFiles({ ...files, [name]: again });
    expect(said.filter((one) => one.includes('duplicate'))).toEqual([
      `${name}:2:1 duplicate-row`,
      `${name}:3:1 duplicate-row`,
    ]);
  });

  it('results: the company’s, without for, as well', async () => {
    const { said } = await fromFiles({
      ...files,
      'results.csv': 'result,period,value,for\nmbo,2026-01,1,\nmbo,2026-01,2,\n',
    });
    expect(said.filter((one) => one.includes('duplicate'))).toEqual([
      'results.csv:2:1 duplicate-row',
      'results.csv:3:1 duplicate-row',
    ]);
  });

  it('one day written in two ways is one day, and one period one', async () => {
    const { said } = await fromFiles({ ...files, 'fx.csv': `${files['fx.csv']}2026-01-20T00:00:00,EUR,USD,1\n` });
    expect(said.filter((one) => one.includes('duplicate'))).toHaveLength(2);
  });
});
