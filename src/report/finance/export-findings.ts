import type { Computation, Line, PeriodResult, Stay } from '../../engine/result.ts';
import type { Sink } from '../../findings/sink.ts';
import { isZero } from '../../values/num.ts';
import { noAccountWords } from './finance-document.ts';
import { journalOf } from './journal.ts';
import { hasPayrollIds } from './payroll.ts';

/** Where a plan says how payouts are handed on, says what payroll and bookkeeping would miss. */
export const sayExportGaps = (computation: Computation, sink: Sink): void => {
  const { plan, periods } = computation;
  if (plan.export === undefined) return;
  sayPayrollIds(computation, sink);
  const said = new Set<string>();
  for (const result of periods) {
    for (const gap of journalGaps(computation, result)) {
      if (said.has(gap)) continue;
      said.add(gap);
      sink.add('missing-account', `${gap}, so that there is no journal`, {
        ...plan.export.place,
        path: 'export',
        hint: 'say it under export: expense, liability, or those of the reward under rewards',
      });
    }
  }
};

const journalGaps = (computation: Computation, result: PeriodResult): readonly string[] => {
  const { export: exported } = computation.plan;
  const books = exported?.expense !== undefined || exported?.liability !== undefined;
  const some = [...(exported?.rewards.values() ?? [])].some(
    (own) => own.expense !== undefined || own.liability !== undefined,
  );
  // A plan that names no account at all is for payroll alone.
  return books || some ? journalOf(computation, result, new Set()).missing.map(noAccountWords) : [];
};

const sayPayrollIds = (computation: Computation, sink: Sink): void => {
  if (!hasPayrollIds(computation)) return;
  const people = computation.tables.get('people');
  const lacking = new Set<Stay>();
  const take = ({ stay, amount }: Line): void => {
    if (stay.payrollId === undefined && !isZero(amount)) lacking.add(stay);
  };
  for (const { payouts } of computation.periods) for (const { lines } of payouts) lines.forEach(take);
  for (const stay of lacking) {
    sink.add('missing-payroll-id', `${stay.person.id} is paid and has no payroll_id`, {
      table: 'people',
      file: people?.file,
      line: people?.lines[stay.row],
      field: 'payroll_id',
      value: '',
      hint: 'fill the cell in: the payroll file has a row without an id',
    });
  }
};
