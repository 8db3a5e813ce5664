import type { PeriodResult } from '../../engine/result.ts';
import { formatMinor } from '../../values/money.ts';
import type { Num } from '../../values/num.ts';
import { documentTables } from '../document/document-csv.ts';
import { financeDocument } from '../finance/finance-document.ts';
import { financeWorkbook } from '../finance/finance-workbook.ts';
import { journalOf } from '../finance/journal.ts';
import { payrollLines, payrollTable } from '../finance/payroll.ts';
import { managementDocument } from '../management/management-document.ts';
import type { ReportContext, ReportTable } from '../period/report.ts';
import type { Reader, ReaderContext, ReaderReport } from './reader.ts';

/**
 * Management: what was paid and what it bought. Finance: what payroll is handed, what is booked, and a workbook that an auditor
 * can follow.
 */
export const readerCompany: Reader = {
  name: 'company',
  what: 'company report',
  reads: ['campaigns'],
  reports: (context, result) => [
    management(context, result),
    {
      id: 'finance',
      document: () => financeDocument(context, result),
      workbook: () => financeWorkbook(context, result),
      tables: () => [
        { name: 'payroll', table: payrollOf(context, result) },
        { name: 'journal', table: journalTable(context, result) },
      ],
    },
  ],
};

const management = ({ computation, held }: ReaderContext, result: PeriodResult): ReaderReport => {
  const document = () => managementDocument(computation, result, held);
  return { id: 'management', document, tables: () => documentTables(document()) };
};

const payrollOf = ({ computation, held }: ReportContext, result: PeriodResult): ReportTable =>
  payrollTable(computation, result, payrollLines(computation, result, held));

const journalTable = ({ computation, held }: ReportContext, result: PeriodResult): ReportTable => {
  const { plan } = computation;
  const { lines } = journalOf(computation, result, held);
  const amount = (x: Num): string => (x === 0 ? '' : formatMinor(x, plan.digits));
  return {
    header: ['period', 'account', 'department', 'cost_center', 'debit', 'credit', 'currency', 'text'],
    rows: lines.map(({ account, department, costCenter, debit, credit, text }) => [
      result.period.label,
      account,
      department,
      costCenter,
      amount(debit),
      amount(credit),
      plan.currency,
      text,
    ]),
  };
};
