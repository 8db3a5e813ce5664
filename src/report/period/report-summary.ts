import type { Computation, PeriodResult } from '../../engine/result.ts';
import { currencyDigits } from '../../values/currency.ts';
import { formatDay } from '../../values/date.ts';
import { formatMinor } from '../../values/money.ts';
import type { Num } from '../../values/num.ts';
import { totalsOf } from '../figures/totals.ts';
import { type Count, creditControls, type TableRead, tablesRead } from './control-totals.ts';
import type { Report, ReportContext } from './report.ts';

/** Totals as data: amounts are decimal strings. */
export const totalsData = ({ computation, held }: ReportContext, result: PeriodResult) => {
  const { plan } = computation;
  const text = (amount: Num): string => formatMinor(amount, plan.digits);
  const totals = totalsOf(result, held, plan.rewards.keys());
  return {
    total: text(totals.amount),
    people: totals.people,
    rewards: [...totals.rewards].map(([reward, amount]) => ({ reward, amount: text(amount) })),
    departments: totals.departments.map(({ department, amount, people }) => ({
      department,
      people: people.length,
      amount: text(amount),
    })),
    teams: totals.teams.map(({ department, team, amount }) => ({ department, team, amount: text(amount) })),
    held: { people: totals.held.people, amount: text(totals.held.amount) },
  };
};

const readOnce = new WeakMap<Computation, readonly TableRead[]>();

const readData = ({ computation, shown }: ReportContext) => {
  // The tables are those of the whole run: added up once, not once a period.
  const read = readOnce.get(computation) ?? tablesRead(computation);
  readOnce.set(computation, read);
  return read.map(({ table, file, rows, amounts }) => ({
    table,
    file: shown(file),
    rows,
    amounts: amounts.map(({ currency, amount }) => ({
      currency,
      amount: formatMinor(amount, currencyDigits(currency) ?? computation.plan.digits),
    })),
  }));
};

/** Rows and amounts read, credited, paid, and credited but unpaid, as data. */
export const controlData = (context: ReportContext, result: PeriodResult) => {
  const { computation } = context;
  const counted = ({ rows, amount }: Count) => ({ rows, amount: formatMinor(amount, computation.plan.digits) });
  return {
    read: readData(context),
    credits: creditControls(computation, result).map(({ credit, credited, paid, unpaid }) => ({
      credit,
      credited: counted(credited),
      paid: counted(paid),
      unpaid: counted(unpaid),
    })),
  };
};

/** The plan that was in force: its name, file, days and what it means. */
export const planData = ({ computation: { plan }, shown, meaning }: ReportContext) => ({
  plan: plan.name,
  file: shown(plan.file),
  effective: plan.change === undefined ? null : formatDay(plan.change.effective),
  ends: plan.change?.ends === undefined ? null : formatDay(plan.change.ends),
  meaning,
});

/** summary.json: totals, control totals and the manifest. */
export const summaryReport: Report = {
  name: 'summary.json',
  kind: 'text',
  of: (context, result) => {
    const { plan } = context.computation;
    const { period } = result;
    const summary = {
      period: period.label,
      from: formatDay(period.from),
      to: formatDay(period.to),
      currency: plan.currency,
      totals: totalsData(context, result),
      control: controlData(context, result),
      manifest: { align_pay: context.version, ...planData(context), inputs: context.inputs },
    };
    return `${JSON.stringify(summary, undefined, 2)}\n`;
  },
};
