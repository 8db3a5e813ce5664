import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { HAS_POPPLER, pdfInfo, pdfText } from './pdf.ts';
import { run, scratch } from './run.ts';
import { readWorkbook } from './xlsx.ts';

/** Names, and how they read on one line where that is not the same: in a PDF and, without its marks, in Markdown. */
const NAMES: readonly (readonly [name: string, line?: string])[] = [
  ['<script>alert(1)</script>'],
  ['"><img src=x onerror=alert(1)>'],
  ["O\"Neil 'Q' & Söhne &lt;"],
  ['=HYPERLINK("http://evil","x")'],
  ['+1+cmd|x'],
  ['-2+3'],
  ['@SUM(A1)'],
  ['`**bold** [x](y) | # _z_ ~~'],
  ['a|b`c`d\\'],
  [`${'Wolfeschlegelsteinhausenbergerdorff '.repeat(2)}Sr. of X`],
  ['x'.repeat(80)],
  ['אבי כהן'],
  ['محمد عبد الله الفهد'],
  ['佐藤 花子'],
  ['김철수'],
  ['Ольга Иванова'],
  ['Γιώργος Παπαδόπουλος'],
  ['Zoë 😀 Ace'],
  ['ศรีสุข', 'U+0E28U+0E23U+0E35U+0E2AU+0E38U+0E02'],
  ['line\nbreak', 'line break'],
  ['gpj.\u202eexe', 'gpj.\\u202eexe'],
  ['bell\u0007', 'bell\\x07'],
  ['_x0041_'],
];

/** What a spreadsheet would run stands in CSV behind an apostrophe. */
const inCsv = (name: string): string => (/^[=+\-@]/.test(name) ? `'${name}` : name);

/** Markdown without its escapes: what a reader of it sees. */
const seen = (markdown: string): string =>
  markdown
    .replace(/\\([\\`*[\]<>|~_#+-])/g, '$1')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200b', '');

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

test('hostile names come out as the text that they are, in every format', async () => {
  const cwd = scratch({
    'align-pay.yaml':
      'plan: "<b>Plan</b>"\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal }\nrewards:\n  pay_it: { per: won, rate: 10% }\n',
    'people.csv': `person_id,name,department,team\n${NAMES.map(([name], i) => `p${i},${quoted(name)},<i>x</i>,${quoted(name.slice(0, 40))}`).join('\n')}\n`,
    'deals.csv': `deal_id,owner,close_date,amount\n${NAMES.map(([name], i) => `${quoted(`${name}/${i}`)},p${i},2026-01-05,1${String(i).padStart(2, '0')}0.00`).join('\n')}\n`,
  });
  const { code, stderr } = await run(['report', '--format', 'html,xlsx,pdf,md,csv'], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  const folder = path.join(cwd, 'reports/2026-01');
  const payroll: readonly Record<string, string>[] = parse(
    readFileSync(path.join(folder, 'company/finance-payroll.csv')),
    { columns: true },
  );
  for (const [i, [name, line = name]] of NAMES.entries()) {
    const report = path.join(folder, 'person', `p${i}`);
    const { document } = parseHTML(readFileSync(`${report}.html`, 'utf8'));
    const forbidden = 'script, b:not(.told b), i:not(.told i), a, img, [href], [src], [style], [onerror]';
    expect(document.querySelectorAll(forbidden)).toHaveLength(0);
    expect(document.querySelector('title')?.textContent).toContain('<b>Plan</b>');
    // HTML has no such character
    expect(document.querySelector('h1')?.textContent).toBe(name.replace('\u0007', ''));

    const markdown = readFileSync(`${report}.md`, 'utf8').split('\n');
    expect(seen(markdown[0] ?? '')).toBe(`# ${line.startsWith('U+') ? name : line}`);
    expect(markdown.join('\n')).not.toMatch(/(?<!\\)<\w/);
    const row = markdown.find((each) => each.startsWith('| Pay it | 1 |')) ?? '';
    expect(row.match(/(?<!(?<!\\)\\)\|/g)).toHaveLength(10);

    const [lines]: readonly Record<string, string>[] = parse(readFileSync(`${report}.csv`), { columns: true });
    expect(lines?.for).toBe(inCsv(`${name}/${i}`));
    expect(payroll.find((each) => each.person_id === `p${i}`)?.name).toBe(inCsv(name));

    const workbook = await readWorkbook(`${report}.xlsx`);
    expect(workbook.get('overview')?.header[0]).toBe(name);
    for (const { formulas } of workbook.values())
      for (const formula of formulas.values()) expect(formula).toMatch(/^SUM\((?:[a-z]+!)?[A-Z]+\d+:[A-Z]+\d+\)$/);

    if (!HAS_POPPLER) continue;
    const onPages = pdfText(`${report}.pdf`).replaceAll(/\s+/g, '');
    expect(onPages).toContain(line.replaceAll(/\s+/g, ''));
    expect(pdfInfo(`${report}.pdf`)).toMatch(/^JavaScript: +no$/m);
  }
});
