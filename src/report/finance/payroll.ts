import type { Computation, Line, PeriodResult, Person, Stay } from '../../engine/result.ts';
import type { PayrollColumn, Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { formatMinor } from '../../values/money.ts';
import { add, isZero, type Num } from '../../values/num.ts';
import { compareText } from '../figures/cell-text.ts';
import { payoutsOut } from '../figures/payout-parts.ts';
import type { ReportTable } from '../period/report.ts';

/** What one payroll id is paid under one earning code. */
export interface PayrollLine {
  readonly payrollId: string;
  readonly person: Person;
  readonly earningCode: string;
  readonly amount: Num;
}

/** The columns where the plan says none. */
const COLUMNS: readonly PayrollColumn[] = (
  ['period', 'payroll_id', 'person_id', 'name', 'earning_code', 'amount', 'currency'] as const
).map((value) => ({ header: value, value, fixed: undefined }));

/** The code under which a reward is paid: its own, else its name. */
export const earningCodeOf = (plan: Plan, reward: string): string =>
  plan.export?.rewards.get(reward)?.earningCode ?? reward;

/** Whether people are known to payroll by ids of their own; without that column by their person_id. */
export const hasPayrollIds = ({ tables }: Pick<Computation, 'tables'>): boolean =>
  tables.get('people')?.columns.has('payroll_id') === true;

/** The id that payroll knows somebody by in a stay; empty where the cell is. */
export const payrollIdOf = (computation: Computation, { person, payrollId }: Stay): string =>
  hasPayrollIds(computation) ? (payrollId ?? '') : person.id;

/** A line for each payroll id and earning code, by payroll id, then the plan's order of rewards; what comes to nothing is left out. */
export const payrollLines = (
  computation: Computation,
  result: PeriodResult,
  held: ReadonlySet<string>,
): readonly PayrollLine[] => {
  const { plan } = computation;
  const codes = [...new Set([...plan.rewards.keys(), 'adjustments'].map((reward) => earningCodeOf(plan, reward)))];
  const sums = new Map<string, { payrollId: string; person: Person; earningCode: string; amount: Num }>();
  const take = (reward: string, { stay, person, amount }: Line): void => {
    const payrollId = payrollIdOf(computation, stay);
    const earningCode = earningCodeOf(plan, reward);
    // Whoever has no id is not thrown together with others who have none.
    const key = JSON.stringify([payrollId, payrollId === '' ? person.id : '', earningCode]);
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { payrollId, person, earningCode, amount });
    else known.amount = add(known.amount, amount);
  };
  for (const { rewardName, lines } of payoutsOut(result, held)) for (const line of lines) take(rewardName, line);
  return [...sums.values()]
    .filter(({ amount }) => !isZero(amount))
    .sort(
      (a, b) =>
        compareText(a.payrollId, b.payrollId) ||
        compareText(a.person.id, b.person.id) ||
        codes.indexOf(a.earningCode) - codes.indexOf(b.earningCode),
    );
};

/** The payroll file: the plan's columns, a row a payroll line. */
export const payrollTable = (
  computation: Computation,
  { period }: PeriodResult,
  lines: readonly PayrollLine[],
): ReportTable => {
  const { plan } = computation;
  const columns = plan.export?.payroll ?? COLUMNS;
  const cell = ({ value, fixed }: PayrollColumn, { payrollId, person, earningCode, amount }: PayrollLine): string => {
    switch (value) {
      case 'payroll_id':
        return payrollId;
      case 'person_id':
        return person.id;
      case 'name':
        return person.name ?? '';
      case 'earning_code':
        return earningCode;
      case 'amount':
        return formatMinor(amount, plan.digits);
      case 'currency':
        return plan.currency;
      case 'period':
        return period.label;
      case 'period_start':
        return formatDay(period.from);
      case 'period_end':
        return formatDay(period.to);
      case 'fixed':
        return fixed ?? '';
    }
  };
  return {
    header: columns.map(({ header }) => header),
    rows: lines.map((line) => columns.map((column) => cell(column, line))),
  };
};
