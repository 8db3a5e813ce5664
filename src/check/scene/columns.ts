import type { Type } from '../../rules/expression/typed.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import { typeOfCell } from '../../rules/load/columns.ts';
import type { Plan } from '../../rules/plan.ts';
import { shareNeedsDates } from '../../rules/share/kinds.ts';
import { type CellType, type RowName, TABLE_OF, TABLES, type TableName } from '../../rules/tables.ts';

/** The columns that a plan reads, by table, beside those that every row must have. */
export const columnsRead = (plan: Plan): ReadonlyMap<TableName, ReadonlySet<string>> => {
  const columns = new Map<TableName, Set<string>>();
  const add = (table: TableName, column: string): void => {
    const known = columns.get(table);
    if (known === undefined) columns.set(table, new Set([column]));
    else known.add(column);
  };
  const take = (node: Node): void => {
    if (node.kind === 'column') add(TABLE_OF[node.row], node.column);
    if (node.kind === 'payee' || node.kind === 'person') add('people', node.column);
    if ('scope' in node) {
      if (node.scope.kind === 'team') add('people', 'team');
      if (node.scope.kind === 'direct_reports' || node.scope.kind === 'all_reports') add('people', 'manager');
    }
  };
  for (const { expression } of expressionsOf(plan)) walk(expression.node, take);
  for (const { share } of plan.credits.values())
    if (share !== undefined && shareNeedsDates(share)) add('attributions', 'touched_on');
  for (const reward of plan.rewards.values())
    if (reward.body === 'pool' && reward.each !== undefined) add('people', reward.each);
  return columns;
};

/** The cells of a deal of which different ones are counted, as customers are: `deal.account`. */
export const countedCells = (plan: Plan): ReadonlySet<string> => {
  const cells = new Set<string>();
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind !== 'aggregate' || node.fn !== 'count_distinct' || node.value === undefined) return;
      walk(node.value, (one) => {
        if (one.kind === 'column' && one.row === 'deal' && one.type === 'text') cells.add(`${one.row}.${one.column}`);
      });
    });
  }
  return cells;
};

/** The type of a column as the language knows it, or the plan declares it. */
export const columnType = (plan: Plan, table: TableName, column: string): Type | undefined => {
  const own = TABLES.find(({ name }) => name === table)?.columns.find(({ name }) => name === column);
  if (own !== undefined) return typeOfCell(own.type as CellType);
  return plan.data.get(table)?.columns.get(column)?.type;
};

/** The table that a cell of facts is of: `deal.amount` → deals. */
export const tableOfCell = (cell: string): { readonly table: TableName; readonly column: string } => {
  const dot = cell.lastIndexOf('.');
  const column = cell.slice(dot + 1);
  if (cell.startsWith('@')) return { table: 'people', column };
  return { table: TABLE_OF[cell.slice(0, dot) as RowName], column };
};
