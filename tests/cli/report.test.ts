import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

const GROWTH = path.join(root, 'examples/shared-growth/deals.csv');

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
