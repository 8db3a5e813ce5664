import { expressionOf, type ReferencePlan, textOf } from './model.ts';
import type { Expression } from './syntax.ts';

/** Types of the tables' own columns; those that are not named are texts. */
const MONEY = ['deal.amount', 'campaign.cost', 'payee.target_pay', 'adjustment.amount'];
const DATES = ['deal.close_date', 'deal.created_on', 'deal.paid_date', 'attribution.touched_on'];
const MORE_DATES = ['announced_on', 'acknowledged_on', 'starts_on', 'ends_on'].map((name) => `campaign.${name}`);
const LEAD_DATES = ['lead.assigned_on', 'lead.followed_up_on', 'payee.starts_on', 'payee.ends_on'];
const NUMBERS = ['attribution.weight', 'payee.share', 'split.share'];
const TABLE_OF: Readonly<Record<string, string>> = {
  deal: 'deals',
  attribution: 'attributions',
  campaign: 'campaigns',
  lead: 'leads',
  split: 'splits',
  payee: 'people',
};

export type ColumnType = 'money' | 'number' | 'date' | 'text' | 'boolean';

export const columnType = (plan: ReferencePlan, row: string, column: string): ColumnType => {
  const name = `${row}.${column}`;
  if (MONEY.includes(name)) return 'money';
  if (DATES.includes(name) || MORE_DATES.includes(name) || LEAD_DATES.includes(name)) return 'date';
  if (NUMBERS.includes(name)) return 'number';
  return (plan.further(TABLE_OF[row] ?? row, column) ?? 'text') as ColumnType;
};

/** Whether an expression comes to money, as far as quotas and `pay` need to know it. */
export const isMoney = (plan: ReferencePlan, expression: Expression): boolean => {
  switch (expression.kind) {
    case 'money':
      return true;
    case 'path': {
      const measure = expression.names.find((name) => plan.measures[name] !== undefined);
      if (measure !== undefined) return isMoney(plan, expressionOf(textOf(plan.measures[measure]) ?? ''));
      const param = textOf(plan.params[expression.names[0] ?? '']);
      if (param !== undefined) return / [A-Z]{3}$/.test(param);
      return columnType(plan, expression.names[0] ?? '', expression.names[1] ?? '') === 'money';
    }
    case 'aggregate': {
      if (expression.name.startsWith('count')) return false;
      const column = expression.of.slice(1);
      return column[0] === 'amount' || columnType(plan, column[0] ?? '', column[1] ?? '') === 'money';
    }
    case 'call': {
      const name = expression.names.at(-1);
      if (name === 'pay') return true;
      if (name === 'quota') return isMoney(plan, expression.args[0] ?? expression);
      if (name === 'if') return isMoney(plan, expression.args[1] ?? expression);
      if (name === 'result') return false;
      return expression.args.some((arg) => isMoney(plan, arg));
    }
    case 'minus':
      return isMoney(plan, expression.of);
    case 'binary': {
      const [left, right] = [isMoney(plan, expression.left), isMoney(plan, expression.right)];
      if (expression.operator === '/') return left && !right;
      return ['+', '-', '*'].includes(expression.operator) && (left || right);
    }
    default:
      return false;
  }
};

export interface Reads {
  /** A measure, a quota, an aggregate or another reward, in whatever scope. */
  readonly measures: boolean;
  /** A money column of the payee. */
  readonly payeeMoney: boolean;
  /** A result that no row shows. */
  readonly results: boolean;
}

/** What an expression reads, through the measures that it names. */
export const readsOf = (plan: ReferencePlan, expression: Expression): Reads => {
  const join = (list: readonly Reads[]): Reads => ({
    measures: list.some((reads) => reads.measures),
    payeeMoney: list.some((reads) => reads.payeeMoney),
    results: list.some((reads) => reads.results),
  });
  const of = (inner: Expression): Reads => readsOf(plan, inner);
  const nothing = join([]);
  switch (expression.kind) {
    case 'path': {
      const [row = '', column = ''] = expression.names;
      if (expression.names.some((name) => plan.measures[name] !== undefined)) {
        const name = expression.names.find((n) => plan.measures[n] !== undefined) ?? '';
        return join([{ ...nothing, measures: true }, of(expressionOf(textOf(plan.measures[name]) ?? ''))]);
      }
      return { ...nothing, payeeMoney: row === 'payee' && columnType(plan, row, column) === 'money' };
    }
    case 'aggregate':
      return { ...nothing, measures: true };
    case 'call': {
      const name = expression.names.at(-1) ?? '';
      if (name === 'quota' || name === 'pay') return { ...nothing, measures: true };
      if (name === 'result') return { ...nothing, results: true };
      return join(expression.args.map(of));
    }
    case 'not':
    case 'minus':
    case 'is':
      return of(expression.of);
    case 'in':
      return join([expression.of, ...expression.list].map(of));
    case 'binary':
      return join([of(expression.left), of(expression.right)]);
    default:
      return nothing;
  }
};
