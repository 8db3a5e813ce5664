import { type Node, walk } from '../../rules/expression/typed.ts';
import type { Credit } from '../../rules/plan.ts';
import { type Clause, clausesOf, every, TOO_MANY } from './atoms.ts';
import { isConsistent } from './consistent.ts';
import { columnsOf, keyOf, type Reading } from './key.ts';

/** Rows that are added up: those of a credit, and of them those of a condition. */
export interface Rows {
  readonly credit: string;
  readonly where: Node | undefined;
}

/** Whether the rows of one are certainly among those of the other, each with the same amount, person and date. */
export const isSubset = (a: Rows, b: Rows, reading: Reading): boolean => {
  const one = reading.plan.credits.get(a.credit);
  const other = reading.plan.credits.get(b.credit);
  if (one === undefined || other === undefined) return false;
  if (one !== other && !areAlike(one, other, reading)) return false;
  const given = conditionsOf(one, a.where);
  const needed = conditionsOf(other, b.where).filter((node) => !given.includes(node));
  return needed.every((node) => follows(given, node, reading));
};

/** Two credits that give the same to the same, as far as both give at all. */
const areAlike = (one: Credit, other: Credit, reading: Reading): boolean => {
  const key = (node: Node | undefined): string => (node === undefined ? '' : keyOf(node, reading));
  const to = ({ to: whom }: Credit): string => (whom === 'company' ? 'company' : key(whom.node));
  return (
    one.each === other.each &&
    to(one) === to(other) &&
    key(one.date.node) === key(other.date.node) &&
    key(one.amount?.node) === key(other.amount?.node) &&
    one.share?.kind === other.share?.kind &&
    key(one.shareAmong?.node) === key(other.shareAmong?.node)
  );
};

const conditionsOf = (credit: Credit, where: Node | undefined): readonly Node[] =>
  [credit.when?.node, credit.announced?.node, where].filter((node) => node !== undefined);

/** Whether a condition is true (not false, and not missing) wherever others are. */
const follows = (given: readonly Node[], node: Node, reading: Reading): boolean => {
  const all = every([...given.map((one) => clausesOf(one, true, reading)), clausesOf(node, false, reading)]);
  const ways = every(given.map((one) => clausesOf(one, true, reading)));
  if (all === TOO_MANY || ways === TOO_MANY) return false;
  // Whole numbers are not made use of here: that could only show more.
  const possible = (clause: Clause): boolean => isConsistent(clause, () => false);
  if (all.some(possible)) return false;
  const needed = columnsIn(node, reading);
  return ways.filter(possible).every((clause) => {
    const there = new Set(clause.flatMap((atom) => (atom.kind === 'present' && atom.present ? [atom.key] : [])));
    return [...needed].every((key) => there.has(key));
  });
};

const columnsIn = (node: Node, reading: Reading): ReadonlySet<string> => {
  const found = new Set<string>();
  walk(node, (one) => {
    if (one.kind === 'column' || one.kind === 'person' || one.kind === 'payee')
      for (const key of columnsOf(one, reading)) found.add(key);
  });
  return found;
};
