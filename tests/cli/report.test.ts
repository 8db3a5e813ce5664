import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';
import { columnOf, readWorkbook } from './xlsx.ts';

const GROWTH = path.join(root, 'examples/shared-growth/deals.csv');

interface Payout {
  readonly person_id: string;
  readonly reward: string;
  readonly amount: string;
}

/** Cents by person and reward, from payouts.csv: `ana commission` → 720_00n. */
const paid = (folder: string): ReadonlyMap<string, bigint> => {
  const rows: readonly Payout[] = parse(readFileSync(path.join(folder, 'payouts.csv')), { columns: true });
  const sums = new Map<string, bigint>();
  for (const { person_id, reward, amount } of rows) {
    const key = `${person_id} ${reward}`;
    sums.set(key, (sums.get(key) ?? 0n) + cents(amount));
  }
  return sums;
};

/** An amount as any format shows it: 1,234.50, −12.00, 1234.5. */
const cents = (text: string): bigint => {
  const [whole = '', part = ''] = text.replaceAll(',', '').replace('−', '-').replace('+', '').split('.');
  return BigInt(`${whole}${part.padEnd(2, '0')}`);
};

const titled = (reward: string): string => reward[0]?.toUpperCase() + reward.slice(1).replaceAll('_', ' ');

test('statements are equal to payouts.csv to the cent, as page, Markdown, workbook and CSV', async () => {
  const cwd = scratch();
  const [computed, reported] = await Promise.all([
    run(['compute', GROWTH, '--quiet'], { cwd }),
    run(['report', GROWTH, '--for', 'person', '--format', 'html,md,csv,xlsx'], { cwd }),
  ]);
  expect([computed.code, reported.code, reported.stderr]).toEqual([0, 0, '']);
  expect(reported.stdout).toContain('12 statements (html, xlsx, md, csv) in reports/2026-Q1/person/');
  for (const period of ['2026-Q1', '2026-Q2']) {
    const expected = paid(path.join(cwd, 'payouts', period));
    const folder = path.join(cwd, 'reports', period, 'person');
    const people = [...new Set([...expected.keys()].map((key) => key.split(' ')[0] ?? ''))];
    expect(readdirSync(folder).sort()).toEqual(
      people.flatMap((id) => [`${id}.csv`, `${id}.html`, `${id}.md`, `${id}.xlsx`]).sort(),
    );
    for (const person of people) {
      const own = new Map([...expected].filter(([key]) => key.startsWith(`${person} `)));
      const total = [...own.values()].reduce((sum, amount) => sum + amount, 0n);
      const { document } = parseHTML(readFileSync(path.join(folder, `${person}.html`), 'utf8'));
      const shown = new Map(
        [...document.querySelectorAll('[data-amount]')].map((cell) => [
          cell.getAttribute('data-amount') ?? '',
          cents(cell.textContent ?? ''),
        ]),
      );
      expect(shown.get('total')).toBe(total);
      expect(cents(document.querySelector('.total')?.firstChild?.textContent?.trim() ?? '')).toBe(total);
      const markdown = readFileSync(path.join(folder, `${person}.md`), 'utf8');
      const lines: readonly { reward: string; paid: string }[] = parse(
        readFileSync(path.join(folder, `${person}.csv`)),
        { columns: true },
      );
      const workbook = await readWorkbook(path.join(folder, `${person}.xlsx`));
      const rewards = workbook.get('rewards');
      const inWorkbook = new Map(
        columnOf(rewards, rewards?.header[0] ?? '').map((reward, row) => [
          reward,
          columnOf(rewards, 'Paid').map((value) => cents(String(value)))[row],
        ]),
      );
      expect(inWorkbook.get('Paid') ?? inWorkbook.get('Total')).toBe(total);
      for (const [key, amount] of own) {
        const reward = key.split(' ')[1] ?? '';
        const inCsv = lines.filter((line) => line.reward === titled(reward)).map((line) => cents(line.paid));
        const inMarkdown = new RegExp(`^\\| ${titled(reward)} \\|.*\\| ([^|]+) \\|$`, 'm').exec(markdown)?.[1] ?? '';
        expect({
          key,
          html: shown.get(reward),
          md: cents(inMarkdown),
          xlsx: inWorkbook.get(titled(reward)),
          csv: inCsv.reduce((sum, x) => sum + x, 0n),
        }).toEqual({ key, html: amount, md: amount, xlsx: amount, csv: amount });
      }
    }
  }
});

const HOSTILE = {
  id: '<script>alert(1)</script>',
  names: [
    '<script>alert(1)</script>',
    'שלום ״עולם״ 2026',
    '🧑‍🚀 Zoë "Ace" O’Neil & Söhne',
    `${'Wolfeschlegelsteinhausenbergerdorff '.repeat(2)}Sr.`,
    '=HYPERLINK("http://evil","x")',
    '`**bold** [x](y) | # _z_',
  ],
};

test('hostile names come out as text', async () => {
  const cwd = scratch({
    'align-pay.yaml':
      'plan: "<b>Plan</b>"\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal }\nrewards:\n  pay_it: { per: won, rate: 10% }\n',
    'people.csv': `person_id,name,department\n${HOSTILE.names.map((name, i) => `p${i},"${name.replaceAll('"', '""')}",<i>x</i>`).join('\n')}\n`,
    'deals.csv': `deal_id,owner,close_date,amount\n${HOSTILE.names.map((_, i) => `<d${i}>,p${i},2026-01-05,10${i}.00`).join('\n')}\n`,
  });
  const { code } = await run(['report', '--format', 'html,md,csv', '--for', 'person'], { cwd });
  expect(code).toBe(0);
  for (const [i, name] of HOSTILE.names.entries()) {
    const read = (ending: string): string =>
      readFileSync(path.join(cwd, 'reports/2026-01/person', `p${i}.${ending}`), 'utf8');
    const { document } = parseHTML(read('html'));
    expect(document.querySelector('h1')?.textContent).toBe(name.trim());
    expect(document.querySelectorAll('script, b:not(.told b), i:not(.told i), a, [href], [src], [style]')).toHaveLength(
      0,
    );
    expect(document.querySelector('title')?.textContent).toContain('<b>Plan</b>');
    expect(document.body.textContent).toContain(`<d${i}>`);
    expect(read('md')).not.toMatch(/^(?:.*[^\\])?<script>/m);
    expect(read('csv')).toContain(`<d${i}>`);
  }
});

test('a page has one heading, sections with headings, tables with headers, drawings with words, and a strict policy', async () => {
  const cwd = scratch();
  await run(['report', GROWTH, '--for', 'person', '--period', '2026-Q2', '--quiet'], { cwd });
  const text = readFileSync(path.join(cwd, 'reports/2026-Q2/person/tomas.html'), 'utf8');
  const { document } = parseHTML(text);
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'$/,
  );
  expect(text).not.toMatch(/https?:\/\//);
  expect(document.documentElement.getAttribute('lang')).toBe('en');
  expect(document.querySelectorAll('h1')).toHaveLength(1);
  for (const section of document.querySelectorAll('section')) {
    const heading = document.getElementById(section.getAttribute('aria-labelledby') ?? '');
    expect(heading?.tagName).toBe('H2');
  }
  for (const table of document.querySelectorAll('table')) {
    expect(table.querySelectorAll('thead th:not([scope=col])')).toHaveLength(0);
    expect(table.querySelectorAll('tbody tr')).toHaveLength(table.querySelectorAll('tbody th[scope=row]').length);
  }
  const [drawing] = document.querySelectorAll('svg');
  expect(drawing?.getAttribute('role')).toBe('img');
  expect(drawing?.querySelector('desc')?.textContent).toContain('You stand at 133,187.25.');
});

test('--hold leaves a statement out, a wrong option is wrong usage, bad data writes nothing', async () => {
  const cwd = scratch();
  const held = await run(['report', GROWTH, '--for', 'person', '--hold', 'tomas', '--period', '2026-Q1', '--quiet'], {
    cwd,
  });
  expect(held.code).toBe(0);
  const files = readdirSync(path.join(cwd, 'reports/2026-Q1/person'));
  expect(files).toHaveLength(11);
  expect(files).not.toContain('tomas.html');
  expect(readFileSync(path.join(cwd, 'reports/held.csv'), 'utf8')).toContain('tomas');

  const wrong = await run(['report', GROWTH, '--for', 'persons'], { cwd });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--for persons: it is one of person')]);
  const few = await run(['report', GROWTH, '--least', '0'], { cwd });
  expect([few.code, few.stderr]).toEqual([2, expect.stringContaining('--least 0: write a number of people')]);

  const bad = await run(['report', GROWTH, '--table', 'leads=deals.csv'], {
    cwd: scratch({ 'deals.csv': 'a,b\n1,2\n' }),
  });
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain('nothing was written');
});
