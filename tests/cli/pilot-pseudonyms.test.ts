import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../docs/blocks.ts';
import { HOSTILE, HOSTILE_PEOPLE } from '../page/hostile.ts';
import { run, scratch } from './run.ts';

const example = path.join(root, 'examples/shared-growth');
const plan = path.join(example, 'align-pay.yaml');
const rowsOf = (file: string): readonly (readonly string[])[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const PEOPLE = rowsOf(path.join(example, 'people.csv'));

/** Ids, payroll ids, names and their words; the numbers of payroll ids are found as texts only. */
const wordsOf = (people: readonly (readonly string[])[]): readonly string[] =>
  people.flatMap(([id = '', name = '']) => [id, name, ...name.split(/[^\p{L}]+/u).filter((word) => word.length > 2)]);

const holdsWord = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\p{L}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'iu').test(text);

/** What a page says: its program and style are the same in all pages. */
const withoutProgram = (page: string): string =>
  page.replace(/<script id="program">.*?<\/script>/s, '').replace(/<style>.*?<\/style>/s, '');

it('hides everybody, in the page too, and pays the same cents; the same key gives the same names', async () => {
  const folder = scratch();
  const key = path.join(folder, 'key');
  const page = path.join(folder, 'pilot.html');
  const made = await run(['pilot', plan, '--format', 'html', '--out', page, '--pseudonyms', key]);
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  expect(statSync(key).mode & 0o777).toBe(0o600);
  const text = readFileSync(page, 'utf8');
  const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
  // In the whole file but the program, which is the same in all: no id, no name, no word of a name, no id of a deal or campaign that the CRM knows.
  const shown = withoutProgram(text);
  for (const word of wordsOf(PEOPLE)) expect(holdsWord(shown, word), word).toBe(false);
  for (const table of ['deals', 'campaigns', 'leads']) {
    for (const [id = ''] of rowsOf(path.join(example, `${table}.csv`)))
      expect(data.includes(`"${id}"`), id).toBe(false);
  }
  for (const [, name = ''] of rowsOf(path.join(example, 'campaigns.csv'))) expect(shown).not.toContain(name);
  expect(data).not.toContain(readFileSync(key, 'utf8').trim());
  // Nothing that no rule reads goes into the page.
  expect(data).not.toContain('Baltic Bakery Group');
  expect(data).not.toContain(folder);

  const people = async (...args: string[]): Promise<Record<string, string>> => {
    const { stdout } = await run(['pilot', plan, '--draws', '0', '--format', 'json', ...args]);
    return JSON.parse(stdout).today.figures.paid.people;
  };
  const [hidden, again, open] = [await people('--pseudonyms', key), await people('--pseudonyms', key), await people()];
  expect(again).toEqual(hidden);
  expect(Object.keys(hidden).every((id) => /^P-[2-9A-Z]{6}$/.test(id))).toBe(true);
  expect(Object.values(hidden).sort()).toEqual(Object.values(open).sort());
  expect(await people('--pseudonyms', path.join(folder, 'other'))).not.toEqual(hidden);
}, 30_000);

it('refuses where the plan names somebody, or its data shows who they are', async () => {
  const folder = scratch({
    'align-pay.yaml': `plan: Small
currency: USD
period: month
data: { deals: { columns: { rep: { type: text } } } }
credits: { won: { each: deal, when: deal.stage == "won" and deal.rep is present } }
rewards: { commission: { per: won, rate: 6% } } # as Ana Duarte asked for
`,
    'deals.csv': 'deal_id,owner,close_date,amount,stage,rep\nd1,ana,2026-01-10,100,won,Ana Duarte\n',
    'people.csv': 'person_id,name,department\nana,Ana Duarte,sales\n',
  });
  const pilot = (file: string) => run(['pilot', file, '--draws', '0', '--pseudonyms', path.join(folder, 'key')]);
  const shown = await pilot(path.join(folder, 'align-pay.yaml'));
  expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 2, stdout: '' });
  expect(shown.stderr).toContain('deals.rep (deals.csv:2) is “Ana Duarte”, by which Ana Duarte (ana) can be told');
  const named = scratch({
    'align-pay.yaml': readFileSync(path.join(folder, 'align-pay.yaml'), 'utf8')
      .replace(' and deal.rep is present', '')
      .replace('data: { deals: { columns: { rep: { type: text } } } }\n', ''),
    'deals.csv': 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-10,100,won\n',
    'people.csv': 'person_id,name,department\nana,Ana Duarte,sales\n',
  });
  const refused = await pilot(path.join(named, 'align-pay.yaml'));
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/align-pay\.yaml:5 says “Ana Duarte”, by which Ana Duarte \(ana\) can be told/);
});

it('leaves nothing in the page by which anybody could be told: no id, name, payroll id, cost centre', async () => {
  const folder = scratch(HOSTILE);
  const made = await run(['pilot', '--format', 'html', '--pseudonyms', 'key'], { cwd: folder });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  const text = readFileSync(path.join(folder, 'pilot.html'), 'utf8');
  for (const [id, name, , payroll] of HOSTILE_PEOPLE) {
    for (const word of [id, name, payroll]) {
      for (const written of [
        word,
        JSON.stringify(word).slice(1, -1),
        JSON.stringify(word).slice(1, -1).replaceAll('<', '\\u003c'),
      ])
        expect(text.includes(written), `${word} as ${written}`).toBe(false);
    }
  }
  for (const word of ['Duarte', 'duarte', 'Zoë', readFileSync(path.join(folder, 'key'), 'utf8').trim()])
    expect(text.includes(word), word).toBe(false);
  // Who is there is there all the same, and is paid.
  expect(text.match(/P-[2-9A-Z]{6}/g)?.length).toBeGreaterThan(HOSTILE_PEOPLE.length);
}, 30_000);

const SMALL = {
  'align-pay.yaml': `plan: Small
currency: USD
period: month
groups: { sales: payee.department == "sales" }
credits: { won: { each: deal, when: deal.stage == "won" }, touched: { each: attribution, share: linear } }
rewards: { commission: { per: won, rate: 6% }, bonus: { per: touched, rate: 1% } }
`,
  'deals.csv':
    'deal_id,owner,close_date,amount,stage,type,account\nd1,7,2026-01-10,100,won,new,Acme\nd2,8,2026-01-11,300,won,7,Bolt\n',
  'people.csv': 'person_id,name,department,team,role\n7,Ana Duarte,sales,north,rep\n8,Mark May,sales,south,rep\n',
  'campaigns.csv': 'campaign_id,name,owner\n7,May sale,7\nc2,Ana’s fair,8\n',
  'attributions.csv': 'deal_id,campaign_id,touched_on\nd1,7,2026-01-02\nd2,c2,2026-01-03\n',
} as const;

const tryOut = async (files: Readonly<Record<string, string>>, ...args: string[]) => {
  const folder = scratch({ ...SMALL, ...files });
  const made = await run(['pilot', 'align-pay.yaml', ...args, '--format', 'html', '--pseudonyms', 'key'], {
    cwd: folder,
  });
  const page = path.join(folder, 'pilot.html');
  return { ...made, page: existsSync(page) ? withoutProgram(readFileSync(page, 'utf8')) : undefined };
};

const planWith = (before: string, after: string): Readonly<Record<string, string>> => {
  const plan = SMALL['align-pay.yaml'].replace(before, after);
  expect(plan).not.toBe(SMALL['align-pay.yaml']);
  return { 'align-pay.yaml': plan };
};

it('is not put off by ids that are numbers, nor by names that are words, dates or a department', async () => {
  const made = await tryOut({
    ...planWith('plan: Small', '# in May we mark this\nplan: Sales 7, 8'),
    'people.csv': SMALL['people.csv'].replace('Ana Duarte', 'Sales Ana'),
  });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  for (const told of ['Ana', 'Acme', '"d1"', 'May sale']) expect(made.page).not.toContain(told);
});

it.each<[what: string, files: Readonly<Record<string, string>>, args: readonly string[], said: RegExp]>([
  ['the name of the plan', planWith('Small', 'Plan of ANA'), [], /align-pay\.yaml:1 says “ANA”/],
  ['an escaped name', planWith('Small', '"Plan of \\u0041na"'), [], /align-pay\.yaml:1 says “Ana”/],
  [
    'a first name in a reason',
    planWith('rate: 6%', 'rate: 6%, links: { a: { because: as Duarte said, factor: 1 } }'),
    [],
    /“Duarte”/,
  ],
  ['the name of a reward', planWith('bonus:', 'duarte_bonus:'), [], /“duarte”/],
  [
    'a numeric id that a rule asks for',
    planWith('rate: 6%', 'rate: 6%, when: deal.owner != "8"'),
    [],
    /rewards > commission > when asks for 8/,
  ],
  [
    'a numeric id in a table of rates',
    planWith('rate: 6%', 'rate: { by: deal.owner, table: { 8: 5% }, else: 6% }'),
    [],
    /asks for 8/,
  ],
  [
    'a column that a rule reads',
    {
      ...planWith('deal.stage == "won"', 'deal.type != "old"'),
      'deals.csv': SMALL['deals.csv'].replace(',new,', ',ana-new,'),
    },
    [],
    /deals\.type \(deals\.csv:2\) “ana-new” holds “ana”/,
  ],
  [
    'a column of bare ids that a rule reads',
    {
      ...planWith('deal.stage == "won"', 'deal.type != "old"'),
      'deals.csv': SMALL['deals.csv'].replace(',new,', ',8,'),
    },
    [],
    /deals\.type \(deals\.csv:2\) is “8”/,
  ],
  [
    'the name of a department',
    { 'people.csv': SMALL['people.csv'].replace('sales', 'Ana’s') },
    [],
    /people\.department/,
  ],
  [
    'an id that is read as a text',
    planWith('rate: 6%', 'rate: 6%, when: \'starts_with(deal.deal_id, "d")\''),
    [],
    /reads a deal’s id as a text/,
  ],
  [
    'a deal held against a person',
    planWith('rate: 6%', 'rate: 6%, when: deal.deal_id != deal.owner'),
    [],
    /reads a deal’s id as a text/,
  ],
  [
    'the name of a variant',
    { 'for-ana.yaml': 'extends: align-pay.yaml\n' },
    ['for-ana.yaml'],
    /for-ana\.yaml is called “ana”/,
  ],
  ['a folder', { 'ana/v.yaml': 'extends: ../align-pay.yaml\n' }, ['ana/v.yaml'], /ana\/v\.yaml is called “ana”/],
  ['what is varied', {}, ['--vary', 'bonus.when=deal.type != "Duarte"'], /bonus\.when/],
])('writes nothing where it would show %s', async (_, files, args, said) => {
  const made = await tryOut(files, ...args);
  expect({ code: made.code, page: made.page, stdout: made.stdout }).toEqual({ code: 2, page: undefined, stdout: '' });
  expect(made.stderr).toMatch(said);
});

it('gives pseudonyms to whatever stands for itself alone: teams called by a name, columns that name who is credited, roles', async () => {
  const files = {
    'align-pay.yaml': SMALL['align-pay.yaml']
      .replace('each: deal,', 'each: deal, to: "coalesce(deal.helper, deal.owner)",')
      .replace('rate: 6%', 'rate: 6%, when: deal.deal_id != "d2" and payee.team != "south" and deal.account != "Bolt"')
      .replace(
        'period: month\n',
        'period: month\ndata: { deals: { columns: { helper: { type: text } } } }\nroles: { liaison: olga, finance: { person: 8 } }\n',
      ),
    'deals.csv': SMALL['deals.csv']
      .replace('account', 'account,helper')
      .replace('Acme', 'Acme,8')
      .replace('Bolt', 'Bolt,'),
    'people.csv': SMALL['people.csv'].replace('north', 'Team Ana').replace('south', 'Team Ana'),
  };
  const made = await tryOut(files);
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  for (const told of ['Ana', 'Acme', '"d1"', '"Team', 'olga']) expect(made.page).not.toContain(told);
  expect(made.page).toMatch(/liaison: P-[2-9A-Z]{6}, finance: \{ person: P-[2-9A-Z]{6} \}/);
  for (const kind of ['P', 'D', 'C', 'T', 'A']) expect(made.page).toMatch(new RegExp(`"${kind}-[2-9A-Z]{6,8}"`));
  // What the plan compares with a text is still called so.
  expect(made.page).toContain('"d2"');
  const folder = scratch({ ...SMALL, ...files });
  const paid = async (...args: string[]): Promise<readonly string[]> => {
    const { stdout } = await run(['pilot', 'align-pay.yaml', '--format', 'json', '--draws', '0', ...args], {
      cwd: folder,
    });
    return Object.values<string>(JSON.parse(stdout).today.figures.paid.people).sort();
  };
  expect(await paid('--pseudonyms', 'key')).toEqual(await paid());
});

it('hides campaigns that are people, as those of Olist are', async () => {
  const campaigns = 'campaign_id,name,owner\nrosa,Rosa Lindqvist,ana\nrosa-2,,ana\n';
  const made = await tryOut({
    'people.csv': 'person_id,name,department,team\nana,Ana Duarte,sales,Rosa Lindqvist\nrosa,Rosa Lindqvist,sales,\n',
    'deals.csv': 'deal_id,owner,close_date,amount,stage,account\nd-rosa-1,ana,2026-01-10,100,won,Rosa Ltd\n',
    'campaigns.csv': campaigns,
    'attributions.csv': 'deal_id,campaign_id,touched_on\nd-rosa-1,rosa,2026-01-02\nd-rosa-1,rosa-2,2026-01-03\n',
  });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  for (const word of ['rosa', 'lindqvist', 'ana', 'duarte']) expect(holdsWord(made.page ?? '', word), word).toBe(false);
});
