import type { PeriodResult } from '../../engine/result.ts';
import { add, type Num } from '../../values/num.ts';
import {
  type Block,
  type Cell,
  type Document,
  EMPTY,
  figureColumn,
  heading,
  money,
  paragraph,
  text,
  textColumn,
} from '../document/document.ts';
import { daysWords } from '../figures/day-words.ts';
import { totalsOf } from '../figures/totals.ts';
import { titleOf } from '../html/figures.ts';
import type { ReportContext } from '../period/report.ts';
import { type Journal, journalOf, type NoAccount } from './journal.ts';
import { payrollLines } from './payroll.ts';

/** A period for finance: what is paid, what payroll is handed, what is booked, and what all of it was made from. */
export const financeDocument = (context: ReportContext, result: PeriodResult): Document => {
  const { computation, held, inputs, version, meaning } = context;
  const { plan } = computation;
  const journal = journalOf(computation, result, held);
  return {
    title: `Pay of ${result.period.label}`,
    eyebrow: `${plan.name}, for finance`,
    meta: [daysWords(result.period)],
    currency: plan.currency,
    digits: plan.digits,
    blocks: [
      ...totals(context, result),
      ...payroll(context, result),
      ...booked(journal),
      heading('What it was made from', 'Files by their SHA-256: the same files and the same plan give the same cents.'),
      {
        kind: 'table',
        name: 'manifest',
        caption: undefined,
        columns: [textColumn('File', 'file'), textColumn('SHA-256', 'sha256')],
        rows: [
          ...inputs.map(({ file, sha256 }) => ({ cells: [text(file), text(sha256)] })),
          { cells: [text('meaning of the plan'), text(meaning)] },
          { cells: [text('align-pay'), text(version)] },
        ],
        foot: undefined,
      },
    ],
    foot: ['Amounts are those of payouts.csv; journal and payroll add up to the same.'],
  };
};

const totals = ({ computation, held }: ReportContext, result: PeriodResult): readonly Block[] => {
  const { plan } = computation;
  const sums = totalsOf(result, held, plan.rewards.keys());
  const departments = sums.departments;
  const cells = (byReward: (reward: string) => Num | undefined): Cell[] =>
    [...sums.rewards.keys()].map((reward) => {
      const amount = byReward(reward);
      return amount === undefined ? EMPTY : money(amount);
    });
  return [
    {
      kind: 'key-figures',
      figures: [
        { label: 'Paid', cell: money(sums.amount), note: plan.currency },
        { label: 'People', cell: { kind: 'number', value: sums.people } },
        ...(sums.held.people === 0
          ? []
          : [{ label: 'Held back', cell: money(sums.held.amount), note: `${sums.held.people} people, in held.csv` }]),
      ],
    },
    heading('By department and reward'),
    {
      kind: 'table',
      name: 'totals',
      caption: undefined,
      columns: [
        textColumn('Department', 'department'),
        ...[...sums.rewards.keys()].map((reward) => figureColumn(titleOf(reward), reward)),
        figureColumn('Paid', 'paid'),
      ],
      rows: departments.map(({ department, byReward, amount, people }) => ({
        cells: [
          text(department === '' ? 'no department' : department, `${people.length} people`),
          ...cells((reward) => byReward.get(reward)),
          money(amount),
        ],
      })),
      foot: {
        cells: [
          text('Total'),
          ...[...sums.rewards.values()].map(
            (minor): Cell => ({ kind: 'money', minor, formula: { kind: 'sum-above' } }),
          ),
          { kind: 'money', minor: sums.amount, formula: { kind: 'sum-above' } },
        ],
      },
    },
  ];
};

const payroll = ({ computation, held }: ReportContext, result: PeriodResult): readonly Block[] => {
  const lines = payrollLines(computation, result, held);
  const total = lines.reduce<Num>((sum, { amount }) => add(sum, amount), 0);
  return [
    heading('Payroll', 'A line for each payroll id and earning code; what comes to nothing is left out.'),
    {
      kind: 'table',
      name: 'payroll',
      caption: undefined,
      columns: [
        textColumn('Payroll id', 'payroll_id'),
        textColumn('Person', 'person'),
        textColumn('Earning code', 'earning_code'),
        figureColumn('Amount', 'amount'),
      ],
      rows: lines.map(({ payrollId, person, earningCode, amount }) => ({
        cells: [text(payrollId), text(person.name ?? person.id), text(earningCode), money(amount)],
      })),
      foot: {
        cells: [text('Total'), EMPTY, EMPTY, { kind: 'money', minor: total, formula: { kind: 'sum-above' } }],
      },
    },
  ];
};

const booked = ({ lines, missing }: Journal): readonly Block[] => {
  const head = heading(
    'Journal',
    'Accrual: the expense by department and cost centre against the liability until it is paid.',
  );
  if (missing.length > 0) return [head, paragraph(`There is no journal: ${missing.map(noAccountWords).join('; ')}.`)];
  const total = lines.reduce<Num>((sum, { debit }) => add(sum, debit), 0);
  const cell = (x: Num): Cell => (x === 0 ? EMPTY : money(x));
  return [
    head,
    {
      kind: 'table',
      name: 'journal',
      caption: undefined,
      columns: [
        textColumn('Account', 'account'),
        textColumn('Department', 'department'),
        textColumn('Cost centre', 'cost_center'),
        figureColumn('Debit', 'debit'),
        figureColumn('Credit', 'credit'),
      ],
      rows: lines.map(({ account, department, costCenter, debit, credit }) => ({
        cells: [text(account), text(department), text(costCenter), cell(debit), cell(credit)],
      })),
      foot: {
        cells: [
          text('Total'),
          EMPTY,
          EMPTY,
          { kind: 'money', minor: total, formula: { kind: 'sum-above' } },
          { kind: 'money', minor: total, formula: { kind: 'sum-above' } },
        ],
      },
    },
  ];
};

/** `sales_commission has no expense account for sales`: which account is missing where. */
export const noAccountWords = ({ reward, which, department }: NoAccount): string =>
  `${reward} has no ${which} account${department === undefined ? '' : ` for ${department === '' ? 'people without a department' : department}`}`;
