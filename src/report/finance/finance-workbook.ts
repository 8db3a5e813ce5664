import type { Computation, PeriodResult } from '../../engine/result.ts';
import { parseIsoDay } from '../../values/date.ts';
import { formatMinor } from '../../values/money.ts';
import { add, type Num } from '../../values/num.ts';
import { payoutsOut } from '../figures/payout-parts.ts';
import type { Report, ReportContext, ReportTable } from '../period/report.ts';
import { linesReport } from '../period/report-lines.ts';
import { linksReport } from '../period/report-links.ts';
import { payoutsReport } from '../period/report-payouts.ts';
import {
  columnLetters,
  figureCell,
  type Sheet,
  type SheetCell,
  type SheetFormat,
  sumFormula,
  textCell,
  type Workbook,
} from '../workbook/workbook.ts';
import { journalOf } from './journal.ts';
import { payrollIdOf, payrollLines, payrollTable } from './payroll.ts';

/** Columns that are figures, in any of the sheets. */
const FORMATS: Readonly<Record<string, SheetFormat>> = {
  amount: 'money',
  credited: 'money',
  original: 'money',
  base: 'money',
  effect: 'money',
  debit: 'money',
  credit: 'money',
  rate: 'number',
  factor: 'number',
  fx_rate: 'number',
  accumulated_before: 'number',
  value: 'number',
  line: 'number',
  lines: 'number',
};

const DATES = new Set(['credit_date']);
const NUMBER = /^-?\d+(?:\.\d+)?$/;

const cellOf = (header: string, text: string, formula?: string): SheetCell | undefined => {
  if (DATES.has(header)) {
    const day = parseIsoDay(text);
    return day === undefined ? textCell(text) : { kind: 'date', day };
  }
  const format = FORMATS[header];
  return format !== undefined && NUMBER.test(text) ? figureCell(text, format, formula) : textCell(text);
};

const WIDEST = 60;

const widthsOf = (header: readonly string[], rows: readonly (readonly string[])[]): readonly number[] =>
  header.map((name, i) => {
    let width = name.length;
    for (const row of rows.slice(0, 500)) width = Math.max(width, row[i]?.length ?? 0);
    return Math.min(WIDEST, width + 2);
  });

const sheetOf = (
  name: string,
  { header, rows }: ReportTable,
  formulas?: (row: number, header: string) => string | undefined,
): Sheet => {
  const all = [...rows];
  return {
    name,
    header,
    widths: widthsOf(header, all),
    rows: {
      *[Symbol.iterator]() {
        for (const [row, cells] of all.entries())
          yield header.map((column, i) => cellOf(column, cells[i] ?? '', formulas?.(row, column)));
      },
    },
  };
};

const tableOf = (report: Report, context: ReportContext, result: PeriodResult): ReportTable => {
  if (report.kind !== 'table') throw new Error(`${report.name} is no table`);
  return report.of(context, result);
};

/** A run's period as a workbook that an auditor can follow: payouts are the sums of their lines, people's pay that of payouts. */
export const financeWorkbook = (context: ReportContext, result: PeriodResult): Workbook => {
  const { computation, held } = context;
  const { plan } = computation;
  const payouts = tableOf(payoutsReport, context, result);
  const lines = tableOf(linesReport, context, result);
  const sheets = [
    sheetOf('payouts', payouts, payoutFormulas(payouts, lines)),
    sheetOf('lines', lines),
    sheetOf('links', tableOf(linksReport, context, result)),
    peopleSheet(computation, result, held, payouts),
    sheetOf('payroll', payrollTable(computation, result, payrollLines(computation, result, held))),
    journalSheet(context, result),
    manifestSheet(context),
  ];
  return { title: `${plan.name}, ${result.period.label}`, digits: plan.digits, sheets };
};

/** Each payout as the sum of its lines: those of one payee, reward and department, which stand together. */
const payoutFormulas = (
  payouts: ReportTable,
  lines: ReportTable,
): ((row: number, header: string) => string | undefined) => {
  const key = (table: ReportTable, row: readonly string[]): string =>
    JSON.stringify(['person_id', 'reward', 'department'].map((name) => row[table.header.indexOf(name)]));
  const amount = lines.header.indexOf('amount');
  const ranges = new Map<string, { from: number; to: number }[]>();
  let at = 0;
  for (const row of lines.rows) {
    const own = ranges.get(key(lines, row)) ?? [];
    ranges.set(key(lines, row), own);
    const last = own.at(-1);
    if (last?.to === at - 1) last.to = at;
    else own.push({ from: at, to: at });
    at++;
  }
  const formulas = [...payouts.rows].map((row) => {
    const own = ranges.get(key(payouts, row)) ?? [];
    return own.length === 0 ? undefined : own.map(({ from, to }) => sumFormula(amount, from, to, 'lines')).join('+');
  });
  return (row, header) => (header === 'amount' ? formulas[row] : undefined);
};

const peopleSheet = (
  computation: Computation,
  result: PeriodResult,
  held: ReadonlySet<string>,
  payouts: ReportTable,
): Sheet => {
  const { digits, currency } = computation.plan;
  const sums = new Map<string, Num>();
  for (const { person, amount } of payoutsOut(result, held)) sums.set(person.id, add(sums.get(person.id) ?? 0, amount));
  const column = (name: string): string => columnLetters(payouts.header.indexOf(name));
  const header = ['person_id', 'name', 'payroll_id', 'department', 'team', 'cost_center', 'amount', 'currency'];
  const rows = computation.people.flatMap((person) => {
    const amount = sums.get(person.id);
    const stay =
      person.stays.findLast(({ from, to }) => from <= result.period.to && result.period.from <= to) ??
      person.stays.at(-1);
    if (amount === undefined || stay === undefined) return [];
    return [
      [
        person.id,
        person.name ?? '',
        payrollIdOf(computation, stay),
        stay.department ?? '',
        stay.team ?? '',
        stay.costCenter ?? '',
        formatMinor(amount, digits),
        currency,
      ],
    ];
  });
  const count = [...payouts.rows].length;
  const range = (name: string): string => `payouts!$${column(name)}$2:$${column(name)}$${count + 1}`;
  return sheetOf('people', { header, rows }, (row, name) =>
    name === 'amount' ? `SUMPRODUCT((${range('person_id')}=A${row + 2})*${range('amount')})` : undefined,
  );
};

const journalSheet = ({ computation, held }: ReportContext, result: PeriodResult): Sheet => {
  const { lines } = journalOf(computation, result, held);
  const { digits } = computation.plan;
  const header = ['account', 'department', 'cost_center', 'debit', 'credit', 'text'];
  const shown = (x: Num): string => (x === 0 ? '' : formatMinor(x, digits));
  const total = lines.reduce<Num>((sum, { debit }) => add(sum, debit), 0);
  const rows = lines.map(({ account, department, costCenter, debit, credit, text }) => [
    account,
    department,
    costCenter,
    shown(debit),
    shown(credit),
    text,
  ]);
  const sum = formatMinor(total, digits);
  const whole = lines.length === 0 ? rows : [...rows, ['', '', '', sum, sum, 'total']];
  return sheetOf('journal', { header, rows: whole }, (row, name) =>
    row === lines.length && (name === 'debit' || name === 'credit')
      ? sumFormula(header.indexOf(name), 0, lines.length - 1)
      : undefined,
  );
};

const manifestSheet = ({ inputs, version, meaning, computation }: ReportContext): Sheet =>
  sheetOf('manifest', {
    header: ['what', 'is', 'sha256'],
    rows: [
      ['align-pay', version, ''],
      ['plan', computation.plan.name, meaning],
      ...inputs.map(({ file, sha256 }) => ['input', file, sha256]),
    ],
  });
