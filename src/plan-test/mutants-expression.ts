import { parse } from '../rules/expression/parser.ts';
import type { Name, Syntax } from '../rules/expression/syntax.ts';
import { formatDay, parseIsoDay } from '../values/date.ts';
import { add, neg, parseDecimal, powerOfTen, toFixed } from '../values/num.ts';

/** What an expression is changed to: the stretch of its text that is replaced, and by what. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const OPPOSITE: ReadonlyMap<string, string> = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['==', '!='],
  ['!=', '=='],
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
  ['and', 'or'],
  ['or', 'and'],
]);

const SUFFIXES: ReadonlySet<string> = new Set(['qtd', 'ytd', 'quarter', 'year', 'previous']);

/** What a plan calls things, as far as it matters for changing expressions. */
export interface Vocabulary {
  readonly credits: ReadonlySet<string>;
  /** Groups, and the scopes that every plan has. */
  readonly scopes: ReadonlySet<string>;
}

/** Small changes of an expression, any of which its author could have made by mistake, in the order of its text. */
export const changesOf = (text: string, vocabulary: Vocabulary): readonly Change[] => {
  const syntax = parse(text, (name) => vocabulary.credits.has(name));
  if ('message' in syntax) return [];
  const changes: Change[] = [];
  visit(syntax, text, vocabulary, changes);
  return changes.sort((a, b) => a.start - b.start || a.end - b.end);
};

/** The text with one change made. */
export const changed = (text: string, { start, end, text: instead }: Change): string =>
  text.slice(0, start) + instead + text.slice(end);

/** A number one more and one less in its last place: 6% → 7%, 5%; 0.5 → 0.6, 0.4. */
const nextTo = (written: string): readonly string[] => {
  const value = parseDecimal(written);
  if (value === undefined) return [];
  const decimals = written.includes('.') ? written.length - written.indexOf('.') - 1 : 0;
  const unit = powerOfTen(-decimals);
  return [add(value, unit), add(value, neg(unit))].map((each) => toFixed(each, decimals));
};

/** A date one day later and one day earlier. */
const daysNextTo = (written: string): readonly string[] => {
  const day = parseIsoDay(written);
  return day === undefined ? [] : [formatDay(day + 1), formatDay(day - 1)];
};

const visit = (node: Syntax, text: string, vocabulary: Vocabulary, changes: Change[]): void => {
  const replace = ({ start, end }: { readonly start: number; readonly end: number }, instead: string): void => {
    changes.push({ start, end, text: instead });
  };
  const words = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
  const into = (child: Syntax): void => visit(child, text, vocabulary, changes);
  switch (node.kind) {
    case 'number':
    case 'money': {
      const at = text.indexOf(node.text, node.start);
      for (const other of nextTo(node.text)) replace({ start: at, end: at + node.text.length }, other);
      return;
    }
    case 'date': {
      const at = text.indexOf(node.text, node.start);
      for (const other of daysNextTo(node.text)) replace({ start: at, end: at + node.text.length }, other);
      return;
    }
    case 'text':
      return;
    case 'boolean':
      replace(node, node.value ? 'false' : 'true');
      return;
    case 'path':
      visitPath(node.names, vocabulary, replace, text);
      return;
    case 'unary':
      // Of a negative number, its digits are changed below; without `not` a condition is its opposite.
      if (node.op === 'not' && /^\(?\s*not\b/.test(words(node))) replace(node, words(node.operand));
      into(node.operand);
      return;
    case 'binary': {
      into(node.left);
      const between = text.slice(node.left.end, node.right.start);
      const at = node.left.end + between.indexOf(node.op);
      const other = OPPOSITE.get(node.op);
      if (other !== undefined) replace({ start: at, end: at + node.op.length }, other);
      if (node.op === 'and' || node.op === 'or') {
        replace(node, words(node.right));
        replace(node, words(node.left));
      }
      into(node.right);
      return;
    }
    case 'in':
      into(node.operand);
      if (node.items.length > 1) {
        for (const item of node.items) {
          const kept = node.items.filter((each) => each !== item).map(words);
          replace({ start: (node.items[0] as Syntax).start, end: (node.items.at(-1) as Syntax).end }, kept.join(', '));
        }
      }
      return;
    case 'presence': {
      const at = node.operand.end;
      const before = text.slice(at, node.end);
      replace(
        { start: at, end: node.end },
        before.replace(/\b(present|missing)\b/, (word) => (word === 'present' ? 'missing' : 'present')),
      );
      into(node.operand);
      return;
    }
    case 'call':
      if (node.name.text === 'max' || node.name.text === 'min')
        replace(node.name, node.name.text === 'max' ? 'min' : 'max');
      if (node.scope !== undefined) replace({ start: node.scope.start, end: node.name.start }, '');
      for (const arg of node.args) into(arg);
      return;
    case 'aggregate': {
      if (node.scope !== undefined) replace({ start: node.scope.start, end: node.scope.end + 1 }, '');
      if (node.where !== undefined) {
        const at = text.lastIndexOf('where', node.where.start);
        replace({ start: at, end: node.where.end }, '');
        into(node.where);
      }
    }
  }
};

/** `sales.attainment` → `attainment`, `bookings.ytd` → `bookings`. */
const visitPath = (
  names: readonly Name[],
  { scopes }: Vocabulary,
  replace: (at: { readonly start: number; readonly end: number }, instead: string) => void,
  text: string,
): void => {
  const [first, second] = names;
  const last = names.at(-1);
  if (first === undefined || second === undefined || last === undefined) return;
  if (scopes.has(first.text)) replace({ start: first.start, end: last.end }, text.slice(second.start, last.end));
  if (SUFFIXES.has(last.text))
    replace({ start: first.start, end: last.end }, text.slice(first.start, (names.at(-2) as Name).end));
};
