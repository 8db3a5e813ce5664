import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';
import { columnOf, readWorkbook, sumOf } from './xlsx.ts';

const GROWTH = path.join(root, 'examples/shared-growth/deals.csv');

const rowsOf = (file: string): readonly Record<string, string>[] => parse(readFileSync(file), { columns: true });
const cents = (text: string): bigint => BigInt(text.replaceAll(',', '').replace('.', ''));
const total = (amounts: Iterable<string>): bigint => [...amounts].reduce((sum, amount) => sum + cents(amount), 0n);

test('what finance is given is payouts.csv to the cent: workbook, payroll, journal and page', async () => {
  const cwd = scratch();
  const period = ['--period', '2026-Q1', '--quiet'];
  const asked = ['report', GROWTH, '--for', 'company', '--format', 'xlsx,csv,html,md', ...period];
  const done = await Promise.all([
    run(['compute', GROWTH, ...period], { cwd }),
    run(asked, { cwd }),
    run([...asked, '--out', 'again'], { cwd }),
  ]);
  expect(done.map(({ code, stderr }) => [code, stderr])).toEqual([0, 0, 0].map((code) => [code, '']));
  const folder = path.join(cwd, 'reports/2026-Q1/company');
  const payouts = rowsOf(path.join(cwd, 'payouts/2026-Q1/payouts.csv'));
  const paid = total(payouts.map(({ amount = '' }) => amount));

  // The same run gives the same bytes.
  const bytes = readFileSync(path.join(folder, 'finance.xlsx'));
  expect(readFileSync(path.join(cwd, 'again/2026-Q1/company/finance.xlsx')).equals(bytes)).toBe(true);

  const sheets = await readWorkbook(path.join(folder, 'finance.xlsx'));
  expect([...sheets.keys()]).toEqual(['payouts', 'lines', 'links', 'people', 'payroll', 'journal', 'manifest']);
  // Every cell of payouts.csv and lines.csv: ids stay text, amounts are figures.
  for (const name of ['payouts', 'lines', 'links']) {
    const expected = rowsOf(path.join(cwd, `payouts/2026-Q1/${name}.csv`));
    const sheet = sheets.get(name);
    expect(sheet?.rows).toHaveLength(expected.length);
    expect(sheet?.header).toEqual(Object.keys(expected[0] ?? {}));
    for (const header of sheet?.header ?? []) {
      const shown = columnOf(sheet, header).map((value) =>
        value instanceof Date ? value.toISOString().slice(0, 10) : value,
      );
      const written = expected.map((row) => row[header] ?? '');
      const areFigures = shown.some((value) => typeof value === 'number');
      expect([name, header, shown]).toEqual([
        name,
        header,
        written.map((text, i) =>
          text === '' ? null : areFigures && typeof shown[i] === 'number' ? Number(text) : text,
        ),
      ]);
    }
    for (const amount of columnOf(sheet, 'person_id')) expect(amount).toBeTypeOf('string');
  }
  for (const amount of columnOf(sheets.get('payouts'), 'amount')) expect(amount).toBeTypeOf('number');

  // Formulas come to what stands in their cells, and there is one wherever there are lines to add up.
  let formulas = 0;
  for (const sheet of sheets.values()) {
    for (const [cell, formula] of sheet.formulas) {
      formulas++;
      const column = (cell.codePointAt(0) ?? 0) - 65;
      const value = sheet.rows[Number(cell.slice(1)) - 2]?.[column];
      expect([sheet.name, cell, sumOf(formula, sheets, sheet.name)]).toEqual([
        sheet.name,
        cell,
        BigInt(Math.round(Number(value) * 100)),
      ]);
    }
  }
  const lines = rowsOf(path.join(cwd, 'payouts/2026-Q1/lines.csv'));
  const summed = payouts.filter((payout) =>
    lines.some(
      ({ person_id, reward, department }) =>
        person_id === payout.person_id && reward === payout.reward && department === payout.department,
    ),
  );
  expect(sheets.get('payouts')?.formulas.size).toBe(summed.length);
  expect(sheets.get('people')?.formulas.size).toBe(12);
  expect(formulas).toBe(summed.length + 12 + 2);

  const payroll = rowsOf(path.join(folder, 'finance-payroll.csv'));
  expect(total(payroll.map(({ amount = '' }) => amount))).toBe(paid);
  expect(new Set(payroll.map(({ earning_code }) => earning_code))).toEqual(new Set(['COMM', 'BONUS', 'IDEA', 'POOL']));
  expect(new Set(payroll.map(({ payroll_id, earning_code }) => `${payroll_id} ${earning_code}`)).size).toBe(
    payroll.length,
  );
  const journal = rowsOf(path.join(folder, 'finance-journal.csv'));
  const side = (name: string): bigint => total(journal.map((row) => row[name] ?? '').filter((text) => text !== ''));
  expect([side('debit'), side('credit')]).toEqual([paid, paid]);

  const { document } = parseHTML(readFileSync(path.join(folder, 'finance.html'), 'utf8'));
  for (const name of ['totals', 'payroll', 'journal']) {
    const cells = [...document.querySelectorAll(`table[data-name=${name}] tfoot td`)];
    expect(cents(cells.at(-1)?.textContent ?? '')).toBe(paid);
  }
  expect(readFileSync(path.join(folder, 'finance.md'), 'utf8')).toContain('89,825.45');
});

test('names of all kinds are text in a workbook, and no formula', async () => {
  const names = [
    '=HYPERLINK("http://evil","x")',
    '+1',
    '@SUM(A1)',
    '<script>alert(1)</script>',
    'שלום 🧑‍🚀',
    '_x0041_ "q" &amp;',
    'be\u0001ll',
    '0012',
  ];
  const cwd = scratch({
    'align-pay.yaml':
      'plan: "=1+1"\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal }\nrewards:\n  pay_it: { per: won, rate: 10% }\n',
    'people.csv': `person_id,department,name\n${names.map((name, i) => `p${i},d,"${name.replaceAll('"', '""')}"`).join('\n')}\n`,
    'deals.csv': `deal_id,owner,close_date,amount\n${names.map((_, i) => `=d${i},p${i},2026-01-05,10.00`).join('\n')}\n`,
  });
  expect(await run(['report', '--format', 'xlsx', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  const sheets = await readWorkbook(path.join(cwd, 'reports/2026-01/company/finance.xlsx'));
  expect(columnOf(sheets.get('people'), 'name')).toEqual(names);
  expect([...(sheets.get('lines')?.formulas ?? [])]).toEqual([]);
  const statement = await readWorkbook(path.join(cwd, 'reports/2026-01/person/p0.xlsx'));
  expect(statement.get('overview')?.header[0]).toBe(names[0]);
  for (const { formulas } of statement.values()) {
    for (const formula of formulas.values()) expect(formula).toMatch(/^SUM\(/);
  }
});

test('accounts and payroll ids that are missing are said, and nothing is booked by half', async () => {
  const cwd = scratch({
    'align-pay.yaml': [
      'plan: P',
      'currency: USD',
      'period: month',
      'credits:',
      '  won: { each: deal }',
      'rewards:',
      '  pay_it: { per: won, rate: 10% }',
      'export:',
      '  expense: { sales: 6100 }',
      '  liability: 2310',
      '',
    ].join('\n'),
    'people.csv': 'person_id,department,payroll_id\nana,sales,1\nben,marketing,\n',
    'deals.csv': 'deal_id,owner,close_date,amount\nd1,ana,2026-01-05,10.00\nd2,ben,2026-01-06,20.00\n',
  });
  const { code, stderr } = await run(['report', '--for', 'company', '--format', 'csv,html'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain('missing-payroll-id');
  expect(stderr).toContain('pay_it has no expense account for marketing');
  const folder = path.join(cwd, 'reports/2026-01/company');
  expect(rowsOf(path.join(folder, 'finance-journal.csv'))).toEqual([]);
  expect(readFileSync(path.join(folder, 'finance.html'), 'utf8')).toContain(
    'There is no journal: pay_it has no expense account for marketing.',
  );
});
