import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

/** Runs init on a file and gives the plan that it wrote, once its plan has paid and its test has passed. */
const planFor = async (file: string, text: string | Buffer): Promise<string> => {
  const cwd = scratch({ [file]: text });
  const init = await run(['init', file], { cwd });
  expect({ code: init.code, stderr: init.stderr }).toEqual({ code: 0, stderr: '' });
  expect((await run(['compute', file], { cwd })).code).toBe(0);
  expect((await run(['test'], { cwd })).code).toBe(0);
  return readFileSync(path.join(cwd, 'align-pay.yaml'), 'utf8');
};

/** The plan without its comments. */
const bare = (plan: string): string => plan.replace(/^#.*\n/gm, '').replace(/ +# guess: .*$/gm, '');

test('a file in the language’s own columns needs no mapping', async () => {
  const plan = await planFor(
    'deals.csv',
    'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-05,100,won\nd2,ben,2026-02-06,50,lost\n',
  );
  expect(bare(plan)).toBe(`plan: Deals
currency: USD
period: month
credits:
  won:
    each: deal
    when: deal.stage == "won"
rewards:
  commission: { per: won, rate: 6% }
`);
  expect(plan).toContain('# guess: won, of "lost" 1, "won" 1');
});

test('columns by other names, German dates and amounts, semicolons, Windows’ encoding, a word for nothing', async () => {
  const text =
    'Nr;Verkäufer;Sales rep;Closed on;Deal value;Deal stage\n1;x;Jörg;14.01.2026;1.200,50 €;Closed Won\n2;x;Ana;03.02.2026;800,00 €;Closed Lost\n3;x;Jörg;29.01.2026;n/a;Closed Won\n';
  const plan = bare(await planFor('Aufträge.csv', Buffer.from(text.replaceAll('€', '\u0080'), 'latin1')));
  for (const line of [
    'currency: EUR',
    'delimiter: ";"',
    'encoding: windows-1252',
    'dates: DD.MM.YYYY',
    'numbers: "1.234,56 €"',
    'deal_id: Nr',
    'owner: Sales rep',
    'close_date: Closed on',
    'amount: { column: "Deal value", values: { "n/a": "" } }',
    'deal.stage == "Closed Won" and deal.amount is present',
  ]) {
    expect(plan).toContain(line);
  }
});

test('an export of a system is read by its preset', async () => {
  const plan = bare(
    await planFor(
      'opps.csv',
      'Id,OwnerId,CloseDate,Amount,StageName\n1,ana,2026-01-05,100,Closed Won\n2,ben,2026-02-06,50,Prospecting\n',
    ),
  );
  expect(plan).toContain('preset: salesforce\n');
  expect(plan).toContain('when: deal.stage == "won"');
  expect(plan).not.toContain('columns:');
});

test('dates that read in two ways are said to', async () => {
  const plan = await planFor(
    'deals.csv',
    'deal_id,owner,close_date,amount\nd1,ana,05/01/2026,100\nd2,ana,06/02/2026,100\n',
  );
  expect(plan).toContain('dates: DD/MM/YYYY');
  expect(plan).toContain('but with dates: MM/DD/YYYY too: check it');
});

test('a column that asks whether it was won, amounts in another precision, several currencies, a long time', async () => {
  const rows = [
    'd1,ana,2019-01-05,100.1234,true,USD',
    'd2,ana,2026-02-06,50,true,USD',
    'd3,ben,2026-02-07,50,false,EUR',
    'd4,ben,2026-02-07,50,true,EUR',
    'd5,ben,2026-02-08,50,true,USD',
  ];
  const plan = bare(
    await planFor('deals.csv', `deal_id,owner,close_date,amount,is_won,currency\n${rows.join('\n')}\n`),
  );
  expect(plan).toContain('deal.stage == "true"');
  expect(plan).toContain('amount: { column: "amount", round: true }');
  expect(plan).toContain('coalesce(deal.currency, "USD") == "USD"');
  expect(plan).toContain('period: quarter');
});

test('amounts that read in two ways are said to', async () => {
  const plan = await planFor(
    'deals.csv',
    'deal_id,owner,close_date,amount\nd1,ana,2026-01-05,1.234\nd2,ana,2026-01-06,500\n',
  );
  expect(plan).toContain('numbers: "1.234,56"');
  expect(plan).toContain('but with a decimal point and round: true too: check it');
});

test('nothing is overwritten', async () => {
  const files = { 'deals.csv': 'deal_id,owner,close_date,amount\nd1,ana,2026-01-05,100\n', 'align-pay.yaml': 'mine' };
  const cwd = scratch(files);
  const { code, stderr } = await run(['init', 'deals.csv'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('align-pay.yaml is there already');
  expect(readFileSync(path.join(cwd, 'align-pay.yaml'), 'utf8')).toBe('mine');
  expect((await run(['init', 'deals.csv', '--plan', 'other.yaml'], { cwd })).code).toBe(0);
  expect(readdirSync(cwd).sort()).toEqual(['align-pay.yaml', 'deals.csv', 'other.test.yaml', 'other.yaml']);
});

test('what a file lacks is said, and nothing is written', async () => {
  const cwd = scratch({ 'deals.csv': 'deal_id,owner,close_date,value\nd1,ana,2026-01-05,\n' });
  const { code, stderr } = await run(['init', 'deals.csv'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('no column can be amount: "value" is empty in every row');
  expect(readdirSync(cwd)).toEqual(['deals.csv']);
  expect((await run(['init', 'no.csv'], { cwd })).code).toBe(2);
});

const shared = path.join(root, '../shared/data');
test.runIf(existsSync(shared)).each([
  ['maven-crm/sales_pipeline.csv', '600,332.04 USD to 30 people in 10 periods'],
  ['olist/olist_closed_deals_dataset.csv', '22 people in 12 periods'],
  ['csv-variants/maven200_de_semicolon_decimalcomma_cp1252.csv', '24,578.16 EUR to 30 people in one period'],
  ['csv-variants/maven200_fr_nbsp_cp1252.csv', '24,578.16 USD to 30 people in one period'],
  ['csv-variants/maven200_us_dollar.csv', '24,578.16 USD to 30 people in one period'],
  ['crm-exports/salesforce_demo_org/Opportunity.csv', 'its test passes'],
])('a real file pays at once: %s', async (name, pays) => {
  const cwd = scratch({});
  const file = path.basename(name);
  copyFileSync(path.join(shared, name), path.join(cwd, file));
  const { code, stdout } = await run(['init', file], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain(pays);
});
