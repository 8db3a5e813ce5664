import { nearest } from '../../values/nearest.ts';
import { REACHES, type RowName } from '../tables.ts';
import { checkPath } from './check-path.ts';
import { type Checking, complain, typeName } from './checking.ts';
import type { CreditName } from './names.ts';
import { checkScope } from './scope.ts';
import type { Name, Syntax } from './syntax.ts';
import type { AggregateFunction, Node, Type } from './typed.ts';

type Aggregate = Extract<Syntax, { kind: 'aggregate' }>;

/** `sum(won.amount where deal.type == "new" for deal)`: its credit, what is added up of it, and over what. */
export const checkAggregate = (syntax: Aggregate, checking: Checking): Node | undefined => {
  const { context, names } = checking;
  const { fn, forDeal, start, end } = syntax;
  const [head, ...rest] = syntax.path as [Name, ...Name[]];
  const credit = names.credits.get(head.text);
  if (credit === undefined) {
    const near = nearest(head.text, names.credits.keys());
    return complain(
      checking,
      'unknown-name',
      `no credit is called "${head.text}"`,
      head,
      near && `did you mean ${near}?`,
    );
  }
  if (!context.results) return complain(checking, 'not-allowed-here', `${context.what} cannot add up credits`, syntax);
  if (forDeal && !context.forDeal) {
    return complain(
      checking,
      'not-allowed-here',
      `"for deal" stands inside the line of a deal; ${context.what} has none`,
      syntax,
    );
  }
  const scope = checkScope(syntax.scope, checking);
  if (scope === undefined) return undefined;
  if (scope.kind === 'own' && !context.own && !forDeal && !credit.company) {
    const message = `${context.what} has no payee whose ${head.text} it could add up`;
    return complain(checking, 'not-allowed-here', message, syntax, `say whose: everyone.${fn}(...), or a group’s`);
  }
  const inside: Checking = { ...checking, context: { ...rowsOnly(credit), what: 'what is added up of a credit' } };
  const value = fn === 'count' ? undefined : checkValue(syntax, credit, head, rest, inside);
  if (fn === 'count' && rest.length > 0) {
    return complain(
      checking,
      'syntax-error',
      `count takes a credit alone, as in count(${head.text})`,
      syntax,
      `count_distinct counts different values`,
    );
  }
  if (fn !== 'count' && value === undefined) return undefined;
  const where =
    syntax.where &&
    checking.check(syntax.where, { ...inside, context: { ...inside.context, what: 'the where of an aggregate' } });
  if (syntax.where !== undefined && where === undefined) return undefined;
  if (where !== undefined && where.type !== 'boolean') {
    return complain(
      checking,
      'type-mismatch',
      `expected a condition after "where", got ${typeName(where.type)}`,
      where,
    );
  }
  const type: Type = fn === 'count' || fn === 'count_distinct' ? 'number' : (value as Node).type;
  return { kind: 'aggregate', type, fn, credit: head.text, value, where, forDeal, scope, start, end };
};

const rowsOnly = (credit: CreditName) => ({
  rows: REACHES[credit.each],
  payee: false,
  results: false,
  own: false,
  team: false,
  forDeal: false,
  pay: false,
  groups: false,
  period: false,
  every: undefined,
});

/** Which types each aggregate takes. */
const TAKES: Readonly<Record<Exclude<AggregateFunction, 'count'>, readonly Type[]>> = {
  sum: ['money', 'number'],
  avg: ['money', 'number'],
  min: ['money', 'number', 'date', 'days'],
  max: ['money', 'number', 'date', 'days'],
  count_distinct: ['money', 'number', 'date', 'days', 'text', 'boolean'],
};

const checkValue = (
  syntax: Aggregate,
  credit: CreditName,
  head: Name,
  rest: readonly Name[],
  inside: Checking,
): Node | undefined => {
  const fn = syntax.fn as Exclude<AggregateFunction, 'count'>;
  const value = readValue(syntax, credit, head, rest, inside);
  if (value === undefined || TAKES[fn].includes(value.type)) return value;
  return complain(inside, 'type-mismatch', `${fn} does not work on ${typeName(value.type)}`, value);
};

const readValue = (
  syntax: Aggregate,
  credit: CreditName,
  head: Name,
  rest: readonly Name[],
  inside: Checking,
): Node | undefined => {
  const [first] = rest;
  if (first === undefined) {
    const example = credit.hasAmount ? `${head.text}.amount` : `${head.text}.${REACHES[credit.each][0]}.…`;
    return complain(inside, 'syntax-error', `say what of ${head.text} is meant, as in ${syntax.fn}(${example})`, head);
  }
  const last = rest[rest.length - 1] as Name;
  const span = { start: head.start, end: last.end };
  if (rest.length === 1 && first.text === 'amount') {
    if (!credit.hasAmount)
      return complain(
        inside,
        'unknown-name',
        `${head.text} is credited without an amount`,
        first,
        `write count(${head.text})`,
      );
    return { kind: 'credited', type: 'money', what: 'amount', ...span };
  }
  if (rest.length === 1 && first.text === 'date') return { kind: 'credited', type: 'date', what: 'date', ...span };
  if (!REACHES[credit.each].includes(first.text as RowName)) {
    const has = ['amount', 'date', ...REACHES[credit.each]].join(', ');
    return complain(inside, 'unknown-name', `${head.text} has no "${first.text}"; it has ${has}`, first);
  }
  return checkPath({ kind: 'path', names: rest, start: first.start, end: last.end }, inside);
};
