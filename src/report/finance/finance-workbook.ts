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

/** Characters that spreadsheets take a formula of. */
const LONGEST_FORMULA = 8192;

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
    sheetOf(
      'payouts',
      payouts,
      amountFormulas(payouts, { ...lines, sheet: 'lines' }, ['person_id', 'reward', 'department']),
    ),
    sheetOf('lines', lines),
    sheetOf('links', tableOf(linksReport, context, result)),
    peopleSheet(computation, result, held, payouts),
    sheetOf('payroll', payrollTable(computation, result, payrollLines(computation, result, held))),
    journalSheet(context, result),
    manifestSheet(context),
  ];
  return { title: `${plan.name}, ${result.period.label}`, digits: plan.digits, sheets };
};

/** Each row of a table as the sum of another's rows that agree with it in the `by` columns, whose amounts stand in that sheet. */
const amountFormulas = (
  table: ReportTable,
  { sheet, rows, header }: ReportTable & { readonly sheet: string },
  by: readonly string[],
): ((row: number, header: string) => string | undefined) => {
  const keyIn = (names: readonly string[]): ((row: readonly string[]) => string) => {
    const columns = by.map((name) => names.indexOf(name));
    return (row) => JSON.stringify(columns.map((column) => row[column]));
  };
  const amount = header.indexOf('amount');
  const keyOf = keyIn(header);
  const ranges = new Map<string, { from: number; to: number }[]>();
  let at = 0;
  for (const row of rows) {
    const key = keyOf(row);
    const own = ranges.get(key) ?? [];
    ranges.set(key, own);
    const last = own.at(-1);
    if (last?.to === at - 1) last.to = at;
    else own.push({ from: at, to: at });
    at++;
  }
  const wanted = keyIn(table.header);
  const formulas = [...table.rows].map((row) => {
    const sums = ranges.get(wanted(row))?.map(({ from, to }) => sumFormula(amount, from, to, sheet));
    const formula = sums?.join('+');
    return formula === undefined || formula.length > LONGEST_FORMULA ? undefined : formula;
  });
  return (row, name) => (name === 'amount' ? formulas[row] : undefined);
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
  return sheetOf(
    'people',
    { header, rows },
    amountFormulas({ header, rows }, { ...payouts, sheet: 'payouts' }, ['person_id']),
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
