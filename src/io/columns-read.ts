import type { Sink } from '../findings/sink.ts';
import { childrenOf, type Node } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { TABLE_OF, type TableName, tableNamed } from '../rules/tables.ts';

/**
 * Says which columns the plan reads and a file does not have: they would be missing in every row, which a condition reads
 * as no, so that a misspelt header would quietly pay nobody. Where the rule itself says what then (`coalesce`,
 * `is present`), the column may be absent.
 */
export const checkColumnsRead = (plan: Plan, tables: Tables, sink: Sink): void => {
  const said = new Set<string>();
  for (const { expression, path } of expressionsOf(plan)) {
    for (const { table: name, column } of columnsRead(expression.node)) {
      const table = tables.get(name);
      // A file without any readable column has been complained of already.
      if (table === undefined || table.columns.size === 0) continue;
      // One that must be there whoever reads it, too.
      if (tableNamed(name)?.columns.some((each) => each.name === column && each.required)) continue;
      if (table.columns.has(column) || said.has(`${name}/${column}`)) continue;
      said.add(`${name}/${column}`);
      sink.add('column-absent', `${table.file} has no column ${column}, which is read here`, {
        ...expression.place,
        path,
        hint: `add the column, or say which header it has: data: { ${name}: { columns: { ${column}: "..." } } }`,
      });
    }
  }
};

interface Read {
  readonly table: TableName;
  readonly column: string;
}

/** The columns that an expression cannot do without. */
const columnsRead = (node: Node): Read[] => {
  if (node.kind === 'presence' || (node.kind === 'call' && node.name === 'coalesce')) return [];
  const below = childrenOf(node).flatMap(columnsRead);
  if (node.kind === 'column') {
    // A deal without splits has one, whatever the file says.
    if (node.row !== 'split') below.push({ table: TABLE_OF[node.row], column: node.column });
  } else if (node.kind === 'payee' || node.kind === 'person') below.push({ table: 'people', column: node.column });
  return below;
};
