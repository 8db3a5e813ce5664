import type { Computation, PeriodResult } from '../../engine/result.ts';
import type { Plan } from '../../rules/plan.ts';
import { add, isZero, type Num, neg, sign } from '../../values/num.ts';
import { compareText } from '../figures/cell-text.ts';
import { payoutsOut } from '../figures/payout-parts.ts';

/** A line of an entry: one of debit and credit is zero, none is below it. */
export interface JournalLine {
  readonly account: string;
  readonly department: string;
  readonly costCenter: string;
  readonly debit: Num;
  readonly credit: Num;
  readonly text: string;
}

/** A reward that pays something, but whose account is not in the plan. */
export interface NoAccount {
  readonly reward: string;
  readonly which: 'expense' | 'liability';
  /** Of an expense that has an account for each department: the one that has none. */
  readonly department: string | undefined;
}

export interface Journal {
  /** Debits first, by account, department and cost centre; then credits by account. They balance. */
  readonly lines: readonly JournalLine[];
  readonly missing: readonly NoAccount[];
}

const expenseOf = (plan: Plan, reward: string, department: string): string | undefined => {
  const own = plan.export?.rewards.get(reward)?.expense ?? plan.export?.expense;
  return own?.byDepartment.get(department) ?? own?.all;
};

const liabilityOf = (plan: Plan, reward: string): string | undefined =>
  plan.export?.rewards.get(reward)?.liability ?? plan.export?.liability;

/**
 * What a period's payouts are to the books when they are accrued: expense by account, department and cost centre of the lines'
 * stays, against the liability to those who are paid. Without lines where an account is missing: half an entry helps nobody.
 */
export const journalOf = ({ plan }: Computation, result: PeriodResult, held: ReadonlySet<string>): Journal => {
  const debits = new Map<string, { account: string; department: string; costCenter: string; amount: Num }>();
  const credits = new Map<string, Num>();
  const missing = new Map<string, NoAccount>();
  const lacks = (reward: string, which: NoAccount['which'], department?: string): void => {
    missing.set(JSON.stringify([reward, which, department]), { reward, which, department });
  };
  for (const { rewardName, lines } of payoutsOut(result, held)) {
    for (const { amount, stay } of lines) {
      if (isZero(amount)) continue;
      const department = stay.department ?? '';
      const account = expenseOf(plan, rewardName, department);
      const liability = liabilityOf(plan, rewardName);
      if (account === undefined) {
        const perDepartment = (plan.export?.rewards.get(rewardName)?.expense ?? plan.export?.expense) !== undefined;
        lacks(rewardName, 'expense', perDepartment ? department : undefined);
      }
      if (liability === undefined) lacks(rewardName, 'liability');
      if (account === undefined || liability === undefined) continue;
      const costCenter = stay.costCenter ?? '';
      const key = JSON.stringify([account, department, costCenter]);
      const known = debits.get(key);
      if (known === undefined) debits.set(key, { account, department, costCenter, amount });
      else known.amount = add(known.amount, amount);
      credits.set(liability, add(credits.get(liability) ?? 0, amount));
    }
  }
  if (missing.size > 0) return { lines: [], missing: [...missing.values()] };
  const text = `${plan.name} ${result.period.label}`;
  // What is taken back stands on the other side: no amount of an entry is below zero.
  const sides = (amount: Num, isDebit: boolean): Pick<JournalLine, 'debit' | 'credit'> => {
    const positive = sign(amount) >= 0;
    const absolute = positive ? amount : neg(amount);
    return positive === isDebit ? { debit: absolute, credit: 0 } : { debit: 0, credit: absolute };
  };
  const expenses = [...debits.values()]
    .filter(({ amount }) => !isZero(amount))
    .sort(
      (a, b) =>
        compareText(a.account, b.account) ||
        compareText(a.department, b.department) ||
        compareText(a.costCenter, b.costCenter),
    )
    .map(({ amount, ...where }) => ({ ...where, ...sides(amount, true), text }));
  const liabilities = [...credits]
    .filter(([, amount]) => !isZero(amount))
    .sort(([a], [b]) => compareText(a, b))
    .map(([account, amount]) => ({ account, department: '', costCenter: '', ...sides(amount, false), text }));
  return { lines: [...expenses, ...liabilities], missing: [] };
};
