import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { HAS_POPPLER, pdfInfo, pdfText } from './pdf.ts';
import { run, scratch } from './run.ts';
import { columnOf, type ReadSheet, readWorkbook } from './xlsx.ts';

const EXAMPLES = {
  'first-plan': 'deals.csv',
  'salesforce-export': 'opportunities.csv',
  'shared-growth': 'deals.csv',
  'plans-over-time': 'deals.csv',
} as const;

/** An amount as any format shows it, in cents: 1,234.50, −12.00, 1234.5. */
const cents = (text: string): bigint => {
  const [whole = '', part = ''] = text.trim().replaceAll(',', '').replace('−', '-').replace('+', '').split('.');
  const size = BigInt(whole.replace('-', '')) * 100n + BigInt(part.padEnd(2, '0'));
  return whole.startsWith('-') ? -size : size;
};

/** Cents by person and reward, from payouts.csv. */
const paidIn = (folder: string): ReadonlyMap<string, ReadonlyMap<string, bigint>> => {
  const rows: readonly { person_id: string; reward: string; amount: string }[] = parse(
    readFileSync(path.join(folder, 'payouts.csv')),
    { columns: true },
  );
  const people = new Map<string, Map<string, bigint>>();
  for (const { person_id, reward, amount } of rows) {
    const own = people.get(person_id) ?? new Map<string, bigint>();
    own.set(titled(reward), (own.get(titled(reward)) ?? 0n) + cents(amount));
    people.set(person_id, own);
  }
  return people;
};

const titled = (reward: string): string => (reward[0]?.toUpperCase() ?? '') + reward.slice(1).replaceAll('_', ' ');
const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((all, amount) => all + amount, 0n);

/** The last figure of the line that begins with these words, in the text of a PDF or a table of Markdown. */
const lastFigure = (text: string, words: string): bigint | undefined => {
  const line = text
    .split('\n')
    .find((each) => each.replace(/^[|\s*]+/, '').startsWith(words) && /\d\.\d\d[\s|*]*$/.test(each));
  const found = /([−+]?[\d,]+\.\d\d)[\s|*]*$/.exec(line ?? '');
  return found?.[1] === undefined ? undefined : cents(found[1]);
};

/** How often each amount with two decimals stands in a text. */
const amountsIn = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [, amount = ''] of text.matchAll(/(?<![\d.,])([−+]?\d{1,3}(?:,\d{3})*\.\d\d)(?![\d%…])/g))
    counts.set(amount, (counts.get(amount) ?? 0) + 1);
  return counts;
};

test.each(Object.entries(EXAMPLES))(
  '%s: every format of every report says what payouts.csv says',
  async (example, deals) => {
    const cwd = scratch();
    const file = path.join(root, 'examples', example, deals);
    const [computed, reported] = await Promise.all([
      run(['compute', file, '--quiet'], { cwd }),
      run(['report', file, '--format', 'html,xlsx,pdf,md,csv'], { cwd }),
    ]);
    expect([computed.code, reported.code]).toEqual([0, 0]);
    let reports = 0;
    for (const period of readdirSync(path.join(cwd, 'reports'))) {
      const paid = paidIn(path.join(cwd, 'payouts', period));
      for (const reader of readdirSync(path.join(cwd, 'reports', period))) {
        const folder = path.join(cwd, 'reports', period, reader);
        for (const name of readdirSync(folder).filter((each) => each.endsWith('.md'))) {
          const report = path.join(folder, name.slice(0, -'.md'.length));
          const read: ReadBack = {
            pdf: HAS_POPPLER ? pdfText(`${report}.pdf`) : undefined,
            workbook: await readWorkbook(`${report}.xlsx`),
          };
          sameInAllFormats(report, read);
          if (reader === 'person') sameAsPaid(report, paid.get(path.basename(report)) ?? new Map(), read);
          reports++;
        }
        if (reader === 'person')
          expect(readdirSync(folder).filter((each) => each.endsWith('.html'))).toHaveLength(paid.size);
        if (reader === 'company') {
          const total = sum([...paid.values()].flatMap((own) => [...own.values()]));
          const payroll: readonly Record<string, string>[] = parse(
            readFileSync(path.join(folder, 'finance-payroll.csv')),
            {
              columns: true,
            },
          );
          const inPayroll = payroll.map((row) => cents(row.amount ?? row.Amount ?? ''));
          expect(sum(inPayroll)).toBe(total);
          const payouts = (await readWorkbook(path.join(folder, 'finance.xlsx'))).get('payouts');
          const inWorkbook = (columnOf(payouts, 'amount') as readonly number[]).map((value) => cents(value.toFixed(2)));
          expect(sum(inWorkbook)).toBe(total);
        }
      }
    }
    expect(reports).toBeGreaterThan(1);
  },
);

const cut = (value: number): string => /^-?\d+(?:\.\d{1,2})?/.exec(value.toFixed(9))?.[0] ?? '';

/** A report's PDF, where there is something to read it with, and its workbook. */
interface ReadBack {
  readonly pdf: string | undefined;
  readonly workbook: ReadonlyMap<string, ReadSheet>;
}

const textsIn = (node: Node): readonly string[] =>
  node.nodeType === 3 ? [node.textContent ?? ''] : [...node.childNodes].flatMap(textsIn);

/** Whatever amount stands in the Markdown of a report stands as often in its page, its workbook and its PDF. */
const sameInAllFormats = (report: string, { pdf, workbook }: ReadBack): void => {
  const markdown = readFileSync(`${report}.md`, 'utf8').replaceAll('**', '');
  const expected = amountsIn(markdown);
  expect(expected.size).toBeGreaterThan(0);
  const { document } = parseHTML(readFileSync(`${report}.html`, 'utf8'));
  for (const each of document.querySelectorAll('style')) each.remove();
  // A statement's page has a form of its own, and need not say a figure as often.
  const often =
    path.basename(path.dirname(report)) === 'person' ? new Map([...expected].map(([each]) => [each, 1])) : expected;
  expect(lackingIn(textsIn(document.body).join(' | '), often, 'html')).toEqual([]);
  if (pdf !== undefined) expect(lackingIn(pdf, expected, 'pdf')).toEqual([]);
  // Finance's workbook has sheets of its own, which are held against payouts.csv.
  if (workbook.has('manifest')) return;
  const figures = new Set<string>();
  for (const value of [...workbook.values()].flatMap(({ rows }) => rows.flat())) {
    // Money has two decimals anyhow; of ratios a workbook has more, and others cut or round them.
    if (typeof value === 'number') for (const each of [value.toFixed(2), cut(value)]) figures.add(String(cents(each)));
    if (typeof value === 'string') for (const amount of amountsIn(value).keys()) figures.add(String(cents(amount)));
  }
  expect([...expected.keys()].filter((amount) => !figures.has(String(cents(amount))))).toEqual([]);
};

const lackingIn = (text: string, expected: ReadonlyMap<string, number>, format: string): readonly unknown[] => {
  const found = amountsIn(text);
  return [...expected].filter(([amount, count]) => (found.get(amount) ?? 0) < count).map((each) => [format, ...each]);
};

/** A statement says in each format what its person is paid by each reward. */
const sameAsPaid = (report: string, own: ReadonlyMap<string, bigint>, { pdf, workbook }: ReadBack): void => {
  const total = sum(own.values());
  const markdown = readFileSync(`${report}.md`, 'utf8');
  const { document } = parseHTML(readFileSync(`${report}.html`, 'utf8'));
  const rewards = workbook.get('rewards');
  const lines: readonly { reward: string; paid: string }[] = existsSync(`${report}.csv`)
    ? parse(readFileSync(`${report}.csv`), { columns: true })
    : [];
  const inPage = new Map(
    [...document.querySelectorAll('[data-amount]')].map((cell) => [
      titled(cell.getAttribute('data-amount') ?? ''),
      cell.textContent ?? '',
    ]),
  );
  expect(cents(document.querySelector('.total')?.firstChild?.textContent ?? '')).toBe(total);
  const inWorkbook = new Map(rewards?.rows.map((row) => [row[0], cents(Number(row.at(-1)).toFixed(2))]));
  for (const [reward, amount] of [...own, ['Total', total] as const]) {
    const inLines = lines.filter((line) => reward === 'Total' || line.reward === reward).map(({ paid }) => cents(paid));
    expect({
      reward,
      html: cents(inPage.get(reward) ?? ''),
      md: lastFigure(markdown, reward),
      xlsx: inWorkbook.get(reward),
      csv: sum(inLines),
      pdf: pdf === undefined ? amount : lastFigure(pdf, reward),
    }).toEqual({ reward, html: amount, md: amount, xlsx: amount, csv: amount, pdf: amount });
  }
};

test('the same run gives the same bytes of PDF, dated by its period', async () => {
  const file = path.join(root, 'examples/first-plan/deals.csv');
  const [one, other] = [scratch(), scratch()];
  await run(['report', file, '--format', 'pdf', '--quiet'], { cwd: one, env: { TZ: 'Pacific/Auckland', LC_ALL: 'C' } });
  await run(['report', file, '--format', 'pdf', '--quiet'], {
    cwd: other,
    env: { TZ: 'America/Lima', LANG: 'tr_TR.UTF-8' },
  });
  const folder = path.join('reports/2026-01/person');
  const names = readdirSync(path.join(one, folder));
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) {
    const bytes = readFileSync(path.join(one, folder, name));
    expect(bytes.equals(readFileSync(path.join(other, folder, name)))).toBe(true);
    expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(bytes.includes('(D:20260131000000Z)')).toBe(true);
    expect(bytes.includes('/Lang (en)')).toBe(true);
    if (HAS_POPPLER) expect(pdfInfo(path.join(one, folder, name))).toMatch(/^Page size: .*\(A4\)$/m);
    if (HAS_POPPLER) expect(pdfInfo(path.join(one, folder, name))).toMatch(/^Page size: .*\(A4\)$/m);
  }
});
