import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileNames } from '../../src/io/file-names.ts';

const HOSTILE = [
  'ana',
  'Ana',
  'Ana Duarte',
  '../../etc/passwd',
  '..',
  '.hidden',
  '',
  ' ',
  'con',
  'NUL.txt',
  'a/b',
  'a_b',
  'a\\b',
  'x'.repeat(300),
  'y'.repeat(300),
  '🧑‍🚀'.repeat(60),
  'שלום עולם',
  '\u202egnp.exe',
  '🧑‍🚀 Zoë',
  '<script>',
  '=1+1',
  'tab\tbell\u0007',
  'trailing. ',
  '100%',
];

test('every id has a file of its own, in the folder, on every system', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'align-pay-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const names = fileNames(HOSTILE);
  for (const name of names.values()) writeFileSync(path.join(folder, `${name}.html`), name, { flag: 'wx' });
  expect(readdirSync(folder)).toHaveLength(HOSTILE.length);
  expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(HOSTILE.length);
  for (const name of names.values()) expect(path.basename(name)).toBe(name);
});

test('an id that can be a name is its own', () => {
  const names = fileNames(['rosa', 'Ana Duarte', '005Hs00000R5FE0IAN', 'שלום עולם', '🧑‍🚀 Zoë', 'ana', 'ANA']);
  expect([...names.values()].slice(0, 5)).toEqual([
    'rosa',
    'Ana Duarte',
    '005Hs00000R5FE0IAN',
    'שלום עולם',
    '🧑‍🚀 Zoë',
  ]);
  expect(names.get('ana')).toMatch(/^ana-[0-9a-f]{8}$/);
});
