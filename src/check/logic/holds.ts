import { type Node, walk } from '../../rules/expression/typed.ts';
import { TABLES } from '../../rules/tables.ts';
import { type Clauses, clausesOf, every, TOO_MANY } from './atoms.ts';
import { isConsistent } from './consistent.ts';
import { keyOf, type Reading } from './key.ts';

/** A condition, and whether it is asked to be true or false. */
export interface Wanted {
  readonly node: Node;
  readonly want: boolean;
}

/** Whether conditions can come out as wanted together: false only where they certainly cannot. */
export const canHold = (conditions: readonly Wanted[], reading: Reading): boolean => {
  const clauses = every(conditions.map(({ node, want }) => clausesOf(node, want, reading)));
  return isPossible(clauses, conditions, reading);
};

const isPossible = (clauses: Clauses, conditions: readonly Wanted[], reading: Reading): boolean => {
  if (clauses === TOO_MANY) return true;
  const whole = wholeKeys(conditions, reading);
  return clauses.some((clause) => isConsistent(clause, (key) => whole.has(key)));
};

/** The readings that are whole numbers: dates, days, counts, and money in minor units. */
const wholeKeys = (conditions: readonly Wanted[], reading: Reading): ReadonlySet<string> => {
  const keys = new Set<string>();
  const visit = (node: Node): void =>
    walk(node, (one) => {
      const isColumn = one.kind === 'column' || one.kind === 'payee' || one.kind === 'person';
      const isWhole =
        (isColumn && (one.type === 'date' || one.type === 'days' || isLanguageMoney(one))) ||
        one.kind === 'period' ||
        (one.kind === 'aggregate' && (one.fn === 'count' || one.fn === 'count_distinct'));
      if (isWhole) keys.add(keyOf(one, reading));
      const group = one.kind === 'group' ? reading.plan.groups.get(one.name) : undefined;
      if (group !== undefined) visit(group.when.node);
    });
  for (const { node } of conditions) visit(node);
  return keys;
};

const MONEY = new Set(
  TABLES.flatMap(({ row, columns }) =>
    columns.filter(({ type }) => type === 'money').map(({ name }) => `${row}.${name}`),
  ),
);

const isLanguageMoney = (node: Node): boolean => node.kind === 'column' && MONEY.has(`${node.row}.${node.column}`);

/** What can be said of a condition, whatever the data: it always holds, never, or it depends. */
export type Verdict = 'always' | 'never' | 'open';

/** What can be said of a condition where others hold. A condition that can only be true or missing counts as always true. */
export const verdictOf = (node: Node, where: readonly Node[], reading: Reading): Verdict => {
  const given = where.map((one) => ({ node: one, want: true }));
  if (!canHold([...given, { node, want: true }], reading)) return canHold(given, reading) ? 'never' : 'open';
  return canHold([...given, { node, want: false }], reading) ? 'open' : 'always';
};
