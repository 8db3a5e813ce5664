import { type Node, walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { Plan } from '../rules/plan.ts';
import { TABLE_OF, TABLES, type TableName } from '../rules/tables.ts';

/** Columns that the engine itself looks at, whatever the plan says, besides keys and pointers. */
const ALWAYS: ReadonlySet<string> = new Set([
  'people.name',
  'people.department',
  'people.team',
  'people.manager',
  'people.starts_on',
  'people.ends_on',
  'people.share',
  'people.target_pay',
  'deals.owner',
  'deals.close_date',
  'deals.amount',
  'deals.currency',
  'deals.refund_of',
  'campaigns.owner',
  'campaigns.name',
  'attributions.touched_on',
  'leads.campaign_id',
  'leads.deal_id',
  'leads.assigned_to',
  'leads.assigned_on',
]);

/** Which columns a plan can be paid by: what is not needed does not go into a page. */
export const columnsNeeded = (plans: readonly Plan[]): ((table: TableName, column: string) => boolean) => {
  const needed = new Set(ALWAYS);
  for (const { name, columns } of TABLES) {
    const whole =
      name === 'quotas' || name === 'results' || name === 'fx' || name === 'adjustments' || name === 'splits';
    for (const column of columns) if (column.required || column.key || whole) needed.add(`${name}.${column.name}`);
  }
  const visit = (node: Node): void => {
    if (node.kind === 'column') needed.add(`${TABLE_OF[node.row]}.${node.column}`);
    if (node.kind === 'payee' || node.kind === 'person') needed.add(`people.${node.column}`);
  };
  for (const plan of plans) {
    for (const { expression } of expressionsOf(plan)) walk(expression.node, visit);
    for (const reward of plan.rewards.values()) {
      if (reward.body === 'pool' && reward.each !== undefined) needed.add(`people.${reward.each}`);
    }
  }
  return (table, column) => needed.has(`${table}.${column}`);
};
