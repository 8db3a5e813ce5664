import { nearest } from '../../values/nearest.ts';
import { MONTHS } from '../../values/period.ts';
import { type Checking, complain, typeName } from './checking.ts';
import { FUNCTIONS } from './functions.ts';
import { checkScope } from './scope.ts';
import type { Name, Syntax } from './syntax.ts';
import type { Node } from './typed.ts';

type Call = Extract<Syntax, { kind: 'call' }>;

/** `quota(m)`, `result("mbo")`, `pay(reward)`, or a function of values. */
export const checkCall = (syntax: Call, checking: Checking): Node | undefined => {
  switch (syntax.name.text) {
    case 'quota':
      return checkQuota(syntax, checking);
    case 'result':
      return checkResult(syntax, checking);
    case 'pay':
      return checkPay(syntax, checking);
    default:
      return checkFunction(syntax, checking);
  }
};

/** The one bare name that stands in the brackets. */
const nameInside = (syntax: Call): Name | undefined => {
  const [only, ...more] = syntax.args;
  return only?.kind === 'path' && only.names.length === 1 && more.length === 0 ? only.names[0] : undefined;
};

const checkQuota = (syntax: Call, checking: Checking): Node | undefined => {
  const { names, context } = checking;
  const { start, end } = syntax;
  const name = nameInside(syntax);
  if (name === undefined)
    return complain(checking, 'syntax-error', 'quota takes the name of a measure, as in quota(bookings)', syntax);
  if (!names.measureNames.has(name.text)) {
    const near = nearest(name.text, names.measureNames);
    return complain(
      checking,
      'unknown-name',
      `no measure is called "${name.text}"`,
      name,
      near && `did you mean ${near}?`,
    );
  }
  if (!context.results) return complain(checking, 'not-allowed-here', `${context.what} cannot read quotas`, syntax);
  const scope = checkScope(syntax.scope, checking);
  if (scope === undefined) return undefined;
  if (scope.kind === 'own' && !context.own) {
    return complain(checking, 'not-allowed-here', `${context.what} has no payee whose quota it could read`, syntax);
  }
  const type = names.measureType(name.text);
  if (type === undefined) return undefined;
  if (type !== 'money' && type !== 'number') {
    return complain(checking, 'type-mismatch', `a quota is money or a number; ${name.text} is ${typeName(type)}`, name);
  }
  return { kind: 'quota', type, measure: name.text, scope, start, end };
};

const checkResult = (syntax: Call, checking: Checking): Node | undefined => {
  const { context } = checking;
  const { start, end } = syntax;
  const [only, ...more] = syntax.args;
  if (only?.kind !== 'text' || more.length > 0) {
    return complain(checking, 'syntax-error', 'result takes a name in double quotes, as in result("mbo")', syntax);
  }
  if (!context.results) return complain(checking, 'not-allowed-here', `${context.what} cannot read results`, syntax);
  const scope = checkScope(syntax.scope, checking);
  return scope && { kind: 'result', type: 'number', name: only.value.normalize('NFC'), scope, start, end };
};

const checkPay = (syntax: Call, checking: Checking): Node | undefined => {
  const { names, context } = checking;
  const { start, end } = syntax;
  const name = nameInside(syntax);
  if (name === undefined)
    return complain(checking, 'syntax-error', 'pay takes the name of a reward, as in pay(commission)', syntax);
  const reward = names.rewards.get(name.text);
  if (reward === undefined) {
    const near = nearest(name.text, names.rewards.keys());
    return complain(
      checking,
      'unknown-name',
      `no reward is called "${name.text}"`,
      name,
      near && `did you mean ${near}?`,
    );
  }
  if (!context.pay)
    return complain(checking, 'not-allowed-here', `${context.what} cannot read what a reward pays`, syntax);
  if (context.every !== undefined && MONTHS[reward.every] > MONTHS[context.every]) {
    const message = `${name.text} is paid by the ${reward.every}, longer than this reward’s ${context.every}`;
    return complain(checking, 'not-allowed-here', message, name);
  }
  const scope = checkScope(syntax.scope, checking);
  if (scope === undefined) return undefined;
  if (scope.kind === 'own' && !context.own) {
    return complain(
      checking,
      'not-allowed-here',
      `${context.what} has no payee whose pay it could read`,
      syntax,
      `say whose: everyone.pay(${name.text})`,
    );
  }
  return { kind: 'pay', type: 'money', reward: name.text, scope, start, end };
};

const checkFunction = (syntax: Call, checking: Checking): Node | undefined => {
  const { name, start, end } = syntax;
  const definition = FUNCTIONS.get(name.text);
  if (definition === undefined || syntax.scope !== undefined) {
    const near = nearest(name.text, [
      ...FUNCTIONS.keys(),
      'quota',
      'result',
      'pay',
      'sum',
      'count',
      'avg',
      'count_distinct',
    ]);
    const message = definition === undefined ? `no function is called "${name.text}"` : `${name.text} takes no scope`;
    return complain(
      checking,
      'unknown-name',
      message,
      name,
      near === undefined || near === name.text ? undefined : `did you mean ${near}?`,
    );
  }
  const args = syntax.args.map((arg) => checking.check(arg, checking));
  if (args.some((arg) => arg === undefined)) return undefined;
  const known = args as Node[];
  const type = definition.type(known.map((arg) => arg.type));
  if (typeof type === 'string') return { kind: 'call', type, name: name.text, args: known, start, end };
  const got = known.length === 0 ? 'nothing' : known.map((arg) => typeName(arg.type)).join(', ');
  return complain(
    checking,
    'type-mismatch',
    `${definition.usage} takes ${type.expected}, got ${got}`,
    syntax,
    moneyHint(known, checking),
  );
};

const moneyHint = (args: readonly Node[], { names }: Checking): string | undefined => {
  const types = new Set(args.map((arg) => arg.type));
  const bare = args.some((arg) => arg.kind === 'literal' && arg.type === 'number');
  return types.has('money') && bare ? `write an amount with its currency, such as 0 ${names.currency}` : undefined;
};
