import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

const GROWTH = path.join(root, 'examples/shared-growth/deals.csv');

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
