import { spawnSync } from 'node:child_process';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { pdfBytes } from '../../../src/cli/pdf-bytes.ts';
import { workbookBytes } from '../../../src/cli/workbook-bytes.ts';
import type { Computed } from '../../../src/engine/compute.ts';
import { compute } from '../../../src/engine/compute.ts';
import type { PeriodResult, Person } from '../../../src/engine/result.ts';
import { Sink } from '../../../src/findings/sink.ts';
import type { Document } from '../../../src/report/document/document.ts';
import { documentTables } from '../../../src/report/document/document-csv.ts';
import { documentMarkdown } from '../../../src/report/document/document-markdown.ts';
import { statementOf, statementsOf } from '../../../src/report/statement/statement.ts';
import { statementDocument } from '../../../src/report/statement/statement-document.ts';
import { statementHtml } from '../../../src/report/statement/statement-html.ts';
import { documentWorkbook } from '../../../src/report/workbook/workbook.ts';
import { formatMinor } from '../../../src/values/money.ts';
import { abs, type Num } from '../../../src/values/num.ts';
import { HAS_POPPLER } from '../../cli/pdf.ts';
import { readPlanAndTables } from '../../engine/pay.ts';
import { PLAN, TABLES } from '../../explain/every-kind.ts';

const PEOPLE = ['ana', 'ben', 'cy', 'mo', 'nia'];

/** Ids and names that nothing else in a statement can hold. */
const disguised = (text: string): string =>
  PEOPLE.reduce(
    (all, id) =>
      all
        .replace(new RegExp(`\\b${id}\\b`, 'g'), `zq${id}7`)
        .replace(new RegExp(`\\b${id[0]?.toUpperCase()}${id.slice(1)}\\b`, 'g'), `Xv${id}w`),
    text,
  );

/** Round amounts give round pay, which anybody may have: equal ones become equal others, none of them round. */
const uneven = (text: string): string =>
  text.replace(/(?<!\.)\b(\d{4,6})(?:\.(\d\d)\b|(?=,|\n|$))(?!-)/g, (all, whole: string, cents = '00') => {
    if (/^202\d$/.test(whole)) return all;
    const odd = ((Number(whole) * 7919 + Number(cents) * 31) % 9973) + 1;
    return `${Number(whole) + (odd % 389)}.${String(odd % 100).padStart(2, '0')}`;
  });

const computed = (): Computed => {
  const sink = new Sink();
  const tables = Object.fromEntries(Object.entries(TABLES).map(([name, text]) => [name, uneven(disguised(text))]));
  // A pool of one percent would hold what one percent of the same deals pays one of its members.
  const plan = PLAN.replace('1% * max(0 USD, team.bookings)', '1.37% * max(0 USD, team.bookings)');
  const read = readPlanAndTables(plan, tables, sink);
  const made = read.plan && compute(read.plan, read.tables, {}, sink);
  if (made === undefined) throw new Error(JSON.stringify(sink.all()));
  return made;
};

const amountsOf = (result: PeriodResult, person: Person): ReadonlySet<string> =>
  new Set(
    result.payouts
      .filter((payout) => payout.person === person)
      .flatMap(({ amount, lines }) => [amount, ...lines.map((line) => line.amount)])
      .map((amount: Num) => formatMinor(abs(amount), 2)),
  );

/** All that somebody can read in a statement, amounts without marks. */
const readable = (text: string): string => text.replaceAll('&#39;', "'").replace(/(?<=\d),(?=\d{3})/g, '');

/** Everything in a workbook's parts: sheets, shown or not, shared texts, formulas and what it says of itself; figures with two decimals. */
const workbookText = async (document: Document): Promise<string> =>
  Object.values(unzipSync(await workbookBytes(documentWorkbook(document))))
    .map((part) => new TextDecoder().decode(part))
    .join('\n')
    .replace(/(t="s")?><v>(-?[\d.]+)(?=<)/g, (_, isText: string | undefined, figure: string) =>
      isText === undefined ? ` ${Number(figure).toFixed(2)} ` : '',
    );

/** What stands on the pages of a PDF, and what stands in the file beside them. */
const pdfWords = async (document: Document, day: number): Promise<string> => {
  const bytes = await pdfBytes(document, day);
  if (!HAS_POPPLER) return '';
  const { stdout } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
  // Titles and bookmarks are kept as UTF-16: without every other byte they are text.
  return `${stdout}\n${Buffer.from(bytes).toString('latin1').replaceAll('\0', '')}`;
};

test('no statement holds another payee’s id, name or amounts, in any format', async () => {
  const run = computed();
  const statements = statementsOf(run, { least: 3 });
  let compared = 0;
  for (const result of run.periods) {
    const people = [...new Set(result.payouts.map(({ person }) => person))];
    for (const person of people) {
      const statement = statementOf(statements, result, person);
      const document = statementDocument(statement);
      const texts: Record<string, string> = {
        html: statementHtml(statement),
        md: documentMarkdown(document),
        csv: documentTables(document)
          .flatMap(({ table }) => [...table.rows].flat())
          .join('\n'),
        xlsx: await workbookText(document),
        pdf: await pdfWords(document, result.period.to),
      };
      const own = amountsOf(result, person);
      for (const [format, text] of Object.entries(texts)) {
        const plain = readable(text);
        for (const other of people) {
          if (other === person) continue;
          const where = { of: person.id, period: result.period.label, format };
          expect({ ...where, finds: plain.includes(other.id) ? other.id : '' }).toEqual({ ...where, finds: '' });
          expect({ ...where, finds: plain.includes(other.name ?? '?') ? other.name : '' }).toEqual({
            ...where,
            finds: '',
          });
          for (const amount of amountsOf(result, other)) {
            // Of small and of equal amounts nobody can say whose they are.
            if (own.has(amount) || amount.length < 5) continue;
            compared++;
            const found = new RegExp(`(?<![\\d.])${amount.replace('.', '\\.')}(?!\\d)`).exec(plain);
            const said = found === null ? '' : plain.slice(Math.max(0, found.index - 60), found.index + 30);
            expect({ ...where, whose: other.id, said }).toEqual({ ...where, whose: other.id, said: '' });
          }
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(500);
});
