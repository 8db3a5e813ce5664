import { currencyDigits } from '../../values/currency.ts';
import { parseIsoDay } from '../../values/date.ts';
import { toMinor } from '../../values/money.ts';
import { div, type Num, parseDecimal } from '../../values/num.ts';
import { checkAggregate } from './check-aggregate.ts';
import { checkCall } from './check-call.ts';
import { checkPath } from './check-path.ts';
import { type Checking, complain, typeName, typeNames } from './checking.ts';
import { meaningOf, rightTypes } from './operators.ts';
import type { Syntax } from './syntax.ts';
import type { Node } from './typed.ts';

/** Looks every name up and finds the type of every part; undefined (with findings) where it cannot be meant. */
export const check = (syntax: Syntax, checking: Checking): Node | undefined => {
  const { start, end } = syntax;
  switch (syntax.kind) {
    case 'number':
      return checkNumber(syntax, checking);
    case 'money':
      return checkMoney(syntax, checking);
    case 'date': {
      const day = parseIsoDay(syntax.text);
      if (day === undefined) return complain(checking, 'syntax-error', `${syntax.text} is not a date`, syntax);
      return { kind: 'literal', type: 'date', value: day, start, end };
    }
    case 'text':
      return { kind: 'literal', type: 'text', value: syntax.value.normalize('NFC'), start, end };
    case 'boolean':
      return { kind: 'literal', type: 'boolean', value: syntax.value, start, end };
    case 'path':
      return checkPath(syntax, checking);
    case 'call':
      return checkCall(syntax, checking);
    case 'aggregate':
      return checkAggregate(syntax, checking);
    case 'presence': {
      const operand = check(syntax.operand, checking);
      return operand && { kind: 'presence', type: 'boolean', operand, present: syntax.present, start, end };
    }
    case 'unary':
      return checkUnary(syntax, checking);
    case 'in':
      return checkIn(syntax, checking);
    case 'binary':
      return checkBinary(syntax, checking);
  }
};

const checkNumber = (syntax: Extract<Syntax, { kind: 'number' }>, checking: Checking): Node | undefined => {
  const { start, end } = syntax;
  const value = parseDecimal(syntax.text) as Num;
  const written = checking.source.text.slice(start, end);
  if (syntax.text.length > 60) return complain(checking, 'syntax-error', 'a number has more than 60 digits', syntax);
  if (syntax.unit === 'percent') {
    return { kind: 'literal', type: 'number', value: div(value, 100) as Num, written, start, end };
  }
  if (syntax.unit === 'days') {
    if (typeof value !== 'number' || value > 1_000_000) {
      return complain(checking, 'syntax-error', `${syntax.text} days: days are whole, and at most 1,000,000`, syntax);
    }
    return { kind: 'literal', type: 'days', value, start, end };
  }
  return { kind: 'literal', type: 'number', value, written, start, end };
};

const checkMoney = (syntax: Extract<Syntax, { kind: 'money' }>, checking: Checking): Node | undefined => {
  const { currency } = checking.names;
  const { start, end } = syntax;
  if (syntax.currency !== currency) {
    const message = `${syntax.text} ${syntax.currency} is not in the plan’s currency, ${currency}`;
    return complain(checking, 'type-mismatch', message, syntax, `write an amount in ${currency}`);
  }
  const value = toMinor(parseDecimal(syntax.text) as Num, currencyDigits(currency) ?? 2);
  const written = checking.source.text.slice(start, end);
  return { kind: 'literal', type: 'money', value, written, start, end };
};

const checkUnary = (syntax: Extract<Syntax, { kind: 'unary' }>, checking: Checking): Node | undefined => {
  const operand = check(syntax.operand, checking);
  if (operand === undefined) return undefined;
  const { op, start, end } = syntax;
  const fits = op === 'not' ? operand.type === 'boolean' : ['number', 'money', 'days'].includes(operand.type);
  if (!fits) {
    const wanted = op === 'not' ? 'a condition' : 'a number, money or days';
    return complain(checking, 'type-mismatch', `"${op}" takes ${wanted}, got ${typeName(operand.type)}`, operand);
  }
  return { kind: 'unary', type: operand.type, op, operand, start, end };
};

const checkIn = (syntax: Extract<Syntax, { kind: 'in' }>, checking: Checking): Node | undefined => {
  const operand = check(syntax.operand, checking);
  const items = syntax.items.map((item) => check(item, checking));
  if (operand === undefined || items.some((item) => item === undefined)) return undefined;
  const known = items as Node[];
  const wrong = known.find((item) => item.type !== operand.type);
  if (wrong !== undefined) {
    const message = `expected ${typeName(operand.type)} in this list, got ${typeName(wrong.type)}`;
    const because = { message: `because this is ${typeName(operand.type)}`, at: operand };
    return complain(checking, 'type-mismatch', message, wrong, undefined, because);
  }
  return { kind: 'in', type: 'boolean', operand, items: known, start: syntax.start, end: syntax.end };
};

const checkBinary = (syntax: Extract<Syntax, { kind: 'binary' }>, checking: Checking): Node | undefined => {
  const left = check(syntax.left, checking);
  const right = check(syntax.right, checking);
  if (left === undefined || right === undefined) return undefined;
  const { op, start, end } = syntax;
  if (op === 'and' || op === 'or') {
    const wrong = [left, right].find((side) => side.type !== 'boolean');
    if (wrong !== undefined) {
      const message = `"${op}" joins conditions, got ${typeName(wrong.type)}`;
      return complain(checking, 'type-mismatch', message, wrong);
    }
    return { kind: 'binary', type: 'boolean', op, left, right, start, end };
  }
  const meaning = meaningOf(op, left.type, right.type);
  if (meaning !== undefined) return { kind: 'binary', type: meaning.result, op, left, right, start, end };
  const wanted = rightTypes(op, left.type);
  if (wanted.length === 0) {
    return complain(checking, 'type-mismatch', `"${op}" does not work on ${typeName(left.type)}`, left);
  }
  const message = `expected ${typeNames(wanted)} on the right of "${op}", got ${typeName(right.type)}`;
  const because = { message: `because this is ${typeName(left.type)}`, at: left };
  return complain(checking, 'type-mismatch', message, right, mendTypes(left, right, checking), because);
};

/** A word on the commonest slip: a bare number where money is compared or added. */
const mendTypes = (left: Node, right: Node, { names }: Checking): string | undefined => {
  if (left.type === 'money' && right.kind === 'literal' && right.type === 'number')
    return `write the amount with its currency, such as 100 ${names.currency}`;
  if (left.type === 'date' && right.kind === 'literal' && right.type === 'number')
    return 'write a length of time, such as 30 days';
  if (left.type === 'date' && right.type === 'text') return 'dates are written without quotes, such as 2026-01-31';
  return undefined;
};
