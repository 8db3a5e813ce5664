import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { rowsOf } from '../report/reading.ts';
import { run, scratch } from './run.ts';
import { columnOf, readWorkbook } from './xlsx.ts';

type Csv = readonly Readonly<Record<string, string>>[];

const csv = (...file: string[]): Csv => parse(readFileSync(path.join(...file)), { columns: true });

/** An amount as any format shows it: 1,234.50, −12.00, 1234.5. */
const cents = (text: string): bigint => {
  const plain = text.replaceAll(',', '').replace('−', '-').replace('+', '').trim();
  const [whole = '', part = ''] = plain.split('.');
  return BigInt(`${whole}${part.padEnd(2, '0')}`);
};

const sumBy = (rows: Csv, key: (row: Csv[number]) => string, amount: string): Record<string, bigint> => {
  const sums: Record<string, bigint> = {};
  for (const row of rows) sums[key(row)] = (sums[key(row)] ?? 0n) + cents(row[amount] ?? '');
  return sums;
};

const titled = (name: string): string => name[0]?.toUpperCase() + name.slice(1).replaceAll('_', ' ');

const pageOf = (...file: string[]) => parseHTML(readFileSync(path.join(...file), 'utf8')).document;

const made = async () => {
  const cwd = scratch();
  const deals = path.join(root, 'examples/shared-growth/deals.csv');
  const [computed, reported] = await Promise.all([
    run(['compute', deals, '--quiet'], { cwd }),
    run(['report', deals, '--for', 'team,department,company', '--format', 'html,md,csv,xlsx'], { cwd }),
  ]);
  expect([computed.code, reported.code, reported.stderr]).toEqual([0, 0, '']);
  return cwd;
};

test('what teams, heads of department and management read is payouts.csv and links.csv to the cent, in all formats', async () => {
  const cwd = await made();
  for (const period of ['2026-Q1', '2026-Q2']) {
    const payouts = csv(cwd, 'payouts', period, 'payouts.csv');
    const folder = path.join(cwd, 'reports', period);

    // Of teams: everybody's pay once, where it was earned.
    const expected = sumBy(payouts, (row) => `${row.person_id}`, 'amount');
    const teams = readdirSync(path.join(folder, 'team')).filter((file) => file.endsWith('.html'));
    expect(teams.length).toBeGreaterThan(1);
    const onPages: Record<string, bigint> = {};
    const inCsv: Record<string, bigint> = {};
    const inWorkbooks: Record<string, bigint> = {};
    const take = (into: Record<string, bigint>, who: string, amount: string): void => {
      into[who] = (into[who] ?? 0n) + cents(amount);
    };
    for (const file of teams) {
      const page = pageOf(folder, 'team', file);
      for (const row of page.querySelectorAll('table[data-name="pay"] tbody tr'))
        take(onPages, row.querySelector('th small')?.textContent ?? '', row.lastElementChild?.textContent ?? '');
      for (const row of csv(folder, 'team', file.replace('.html', '-pay.csv')))
        take(inCsv, row.person_id ?? '', row.paid ?? '');
      const sheet = (await readWorkbook(path.join(folder, 'team', file.replace('.html', '.xlsx')))).get('pay');
      const paid = columnOf(sheet, 'Paid').map(String);
      for (const [i, name] of columnOf(sheet, 'Who').map(String).entries()) {
        const id = /\(([^()]+)\)$/.exec(name)?.[1];
        if (id !== undefined) take(inWorkbooks, id, paid[i] ?? '');
      }
    }
    expect(onPages).toEqual(expected);
    expect(inCsv).toEqual(expected);
    expect(inWorkbooks).toEqual(expected);

    // Of the management: by reward and department.
    const byReward = sumBy(payouts, (row) => `${titled(row.reward ?? '')} ${row.department}`, 'amount');
    const management = pageOf(folder, 'company', 'management.html');
    const [departments = []] = [
      [...management.querySelectorAll('table[data-name="pay"] thead th')].map((cell) => cell.textContent ?? ''),
    ];
    const shown: Record<string, bigint> = {};
    const markdown = readFileSync(path.join(folder, 'company', 'management.md'), 'utf8');
    for (const [reward = '', ...cells] of rowsOf(management, 'pay')) {
      if (reward === 'Total') continue;
      cells.slice(0, -1).forEach((cell, i) => {
        if (cell !== '') shown[`${reward} ${departments[i + 1]}`] = cents(cell);
      });
      expect(markdown).toContain(`| ${reward} | ${cells.join(' | ')} |`);
    }
    expect(shown).toEqual(byReward);
    const total = Object.values(byReward).reduce((sum, amount) => sum + amount, 0n);
    expect(cents(rowsOf(management, 'pay').at(-1)?.at(-1) ?? '')).toBe(total);
    expect(cents(rowsOf(management, 'teams').at(-1)?.at(-1) ?? '')).toBe(total);
    expect(cents(rowsOf(management, 'spent').at(-1)?.[1] ?? '')).toBe(total);

    // Of the heads of department: what each link moved.
    const links = csv(cwd, 'payouts', period, 'links.csv').filter((row) => row.crosses === 'true');
    const moved = sumBy(links, (row) => `${row.link} ${row.reward}`, 'effect');
    expect(Object.keys(moved).length).toBeGreaterThan(2);
    const rows = csv(folder, 'department', 'linkage-links.csv');
    const names = Object.keys(moved).map((key) => [key, ...key.split(' ').map(titled)]);
    const keyOf = (link: string, reward: string): string =>
      names.find(([, a, b]) => a === link && b === reward)?.[0] ?? `${link} ${reward}`;
    expect(sumBy(rows, (row) => keyOf(row.link ?? '', row.reward ?? ''), 'net')).toEqual(moved);
    const page = pageOf(folder, 'department', 'linkage.html');
    const nets: Record<string, bigint> = {};
    for (const cells of rowsOf(page, 'links')) {
      const key = keyOf(cells[0] ?? '', cells[1] ?? '');
      nets[key] = (nets[key] ?? 0n) + cents(cells.at(-1) ?? '');
    }
    expect(nets).toEqual(moved);
    const net = columnOf((await readWorkbook(path.join(folder, 'department', 'linkage.xlsx'))).get('links'), 'Net');
    expect(net.map((amount) => cents(String(amount)))).toEqual(rows.map((row) => cents(row.net ?? '')));

    // What was paid for campaigns and for none is all that was paid, from the first period on.
    if (period === '2026-Q1') {
      const tied = rowsOf(page, 'campaigns').map((cells) => cents(cells.at(-3) ?? '') + cents(cells.at(-2) ?? ''));
      const none = /Paid for no campaign[^:]*: (.*?)\. A deal/.exec(page.body.textContent ?? '')?.[1] ?? '';
      const untied = [...none.matchAll(/[\d,]+\.\d\d/g)].map(([amount]) => cents(amount));
      expect([...tied, ...untied].reduce((sum, amount) => sum + amount, 0n)).toBe(total);
    }
  }
});

test('pages for all readers have headings, table headers and drawings with words', async () => {
  const cwd = await made();
  for (const file of ['team/Enterprise.html', 'department/linkage.html', 'company/management.html']) {
    const page = pageOf(cwd, 'reports/2026-Q2', file);
    expect(page.querySelectorAll('h1')).toHaveLength(1);
    for (const section of page.querySelectorAll('section'))
      expect(page.getElementById(section.getAttribute('aria-labelledby') ?? '')?.tagName).toBe('H2');
    const tables = [...page.querySelectorAll('table')];
    expect(tables.length).toBeGreaterThan(2);
    for (const table of tables) {
      expect(table.querySelectorAll('thead th:not([scope=col])')).toHaveLength(0);
      expect(table.querySelectorAll('tbody tr')).toHaveLength(table.querySelectorAll('tbody th[scope=row]').length);
      expect(table.querySelector('caption')?.textContent?.trim()).toBeTruthy();
    }
    for (const drawing of page.querySelectorAll('svg')) {
      expect(drawing.getAttribute('role')).toBe('img');
      const named = (drawing.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => page.getElementById(id));
      expect(named.map((element) => element?.tagName.toLowerCase())).toEqual(['title', 'desc']);
    }
  }
});

test('tables that a plan does not need are read for the linkage report where they stand', async () => {
  const cwd = scratch({
    'align-pay.yaml':
      'plan: Bare\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal }\nrewards:\n  pay_it: { per: won, rate: 10% }\n',
    'people.csv': 'person_id,department\nana,sales\nmo,marketing\n',
    'deals.csv': 'deal_id,owner,close_date,amount\nd1,ana,2026-01-05,100.00\n',
    'campaigns.csv':
      'campaign_id,owner,announced_on,starts_on,cost\nc1,mo,2026-01-02,2026-01-03,10\nc2,mo,,2026-01-03,\n',
    'leads.csv': 'lead_id,campaign_id,assigned_to,assigned_on\nl1,c1,ana,2026-01-03\nl2,c2,ana,2026-01-03\n',
  });
  const { code, stderr } = await run(['report', '--for', 'department', '--quiet'], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  const page = pageOf(cwd, 'reports/2026-01/department/linkage.html');
  expect(page.body.textContent).toContain('No link that crosses applied to anybody.');
  expect(rowsOf(page, 'campaigns').map((cells) => cells.slice(0, 4))).toEqual([
    ['c1', 'marketingmo', '10.00', 'missingthe plan credits no leads'],
    ['c2', 'marketingmo', 'missingno cost is given', 'missingthe plan credits no leads'],
  ]);
  // Nobody was told of c2, and no credit asks for it.
  expect(rowsOf(page, 'without_notice')).toEqual([['c2', 'sales', '1', '0']]);
  expect(page.body.textContent).toContain('Nobody has moved from one department to another.');

  // What is wrong in them is said, and nothing is written.
  const bad = await run(['report', '--for', 'department', '--table', 'leads=deals.csv', '--out', 'bad'], { cwd });
  expect([bad.code, bad.stdout]).toEqual([1, '']);
  expect(bad.stderr).toContain('nothing was written');
});

test('hostile names come out as text in the reports of all readers', async () => {
  const names = [
    '<script>alert(1)</script>',
    'שלום ״עולם״',
    '=HYPERLINK("http://evil","x")',
    `${'Wolfeschlegel'.repeat(6)}`,
  ];
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = (of: (name: string, i: number) => string): string =>
    names.map((name, i) => `${of(quoted(name), i)}\n`).join('');
  const cwd = scratch({
    'align-pay.yaml':
      'plan: "<b>Plan</b>"\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal }\n  touched: { each: attribution, share: linear }\nrewards:\n  pay_it: { per: won, rate: 10% }\n',
    'people.csv': `person_id,name,department,team\n${rows((name, i) => `p${i},${name},${name},${name}`)}`,
    'deals.csv': `deal_id,owner,close_date,amount\n${rows((_, i) => `d${i},p${i},2026-01-05,10${i}.00`)}`,
    'campaigns.csv': `campaign_id,name,owner,originator,starts_on\n${rows((name, i) => `=c${i},${name},p${3 - i},p${i},2026-01-02`)}`,
    'attributions.csv': `deal_id,campaign_id\n${rows((_, i) => `d${i},=c${i}`)}`,
  });
  const { code } = await run(['report', '--for', 'team,department,company', '--format', 'html,md,csv', '--quiet'], {
    cwd,
  });
  expect(code).toBe(0);
  const folder = path.join(cwd, 'reports/2026-01');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const pages = files.filter((file) => file.endsWith('.html'));
  expect(pages).toHaveLength(names.length + 3);
  for (const file of pages) {
    const page = pageOf(folder, file);
    expect(page.querySelectorAll('script, b, i, a, [href], [src], [style], [onerror]')).toHaveLength(0);
  }
  const linkage = pageOf(folder, 'department/linkage.html');
  expect(
    rowsOf(linkage, 'carried_through')
      .map(([who]) => who)
      .sort(),
  ).toEqual(names.map((name, i) => `${name}p${i}`).sort());
  expect(readFileSync(path.join(folder, 'department/linkage.md'), 'utf8')).not.toMatch(/(?<!\\)<script/);
  expect(readFileSync(path.join(folder, 'department/linkage-campaigns.csv'), 'utf8')).toContain("'=c0,");
});
