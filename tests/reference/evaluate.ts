import { type Day, dayOf, LENGTHS, type Length, type Period, type Span } from './calendar.ts';
import type { Company } from './company.ts';
import { fraction, fromText, order, over, times } from './fraction.ts';
import { type Credited, expressionOf, holdsOn, type Row, type Rows, type Stay, textOf, type Value } from './model.ts';
import { and, arithmetic, called, compared, figure, isFigure, not, truth, zeroOf } from './operations.ts';
import type { Which } from './people.ts';
import { quotaIn } from './quota.ts';
import type { Expression } from './syntax.ts';
import { columnType, isMoney } from './types.ts';

/** Whose figures a measure is read for: the payee's own, or those of a group, a team, the people below. */
export type Scope =
  | { readonly kind: 'payee' | 'team' | 'direct_reports' | 'all_reports' | 'everyone' }
  | { readonly kind: 'group'; readonly name: string };

/** Where an expression is read from. */
export interface Reading {
  readonly rows?: Rows | undefined;
  readonly payee?: string | undefined;
  /** Whose columns are the payee's, and whose team `team` is. */
  readonly stay?: Stay | undefined;
  /** The reward's period. */
  readonly period?: Period | undefined;
  /** What is read of it, where a suffix says so. */
  readonly span?: Span | undefined;
  readonly scope: Scope;
  /** The payee's stays that count. */
  readonly own: Which;
  /** In `pay`, stay by stay: only what belongs to this one. */
  readonly only?: Stay | undefined;
  /** `prorate: none`: by the whole period's results, whatever stay they were made in, or none. */
  readonly isInFull?: boolean;
  /** The team that a pool is for. */
  readonly team?: string | undefined;
}

/** A line of a reward, as other rewards see it. */
export interface PaidLine {
  readonly person: string;
  readonly stay: Stay;
  readonly date: Day;
  readonly minor: bigint;
}

/** Everything that expressions can read. */
export interface World {
  readonly company: Company;
  readonly credits: ReadonlyMap<string, readonly Credited[]>;
  /** The lines of a reward that ended in a period. */
  readonly paid: (reward: string, within: Period) => readonly PaidLine[];
}

const TABLES = ['deal', 'attribution', 'campaign', 'lead', 'split'] as const;
const PEOPLE_OF: Readonly<Record<string, readonly string[]>> = {
  deal: ['owner'],
  campaign: ['owner', 'originator'],
  lead: ['assigned_to'],
  split: ['person_id'],
  payee: ['manager'],
};

export const always: Which = () => true;

/** A condition, where a missing one reads as no: in `when`, `where`, groups and `who`. */
export const holds = (world: World, expression: Expression | undefined, reading: Reading): boolean => {
  if (expression === undefined) return true;
  const value = evaluate(world, expression, reading);
  return value?.kind === 'boolean' && value.b;
};

export const inGroup = (world: World, group: string, stay: Stay): boolean => {
  if (group === 'everyone') return true;
  const text = textOf(world.company.plan.groups[group]);
  return text !== undefined && holds(world, expressionOf(text), { stay, scope: { kind: 'payee' }, own: always });
};

/** The stays that a scope means. */
export const whichOf = (world: World, { scope, payee, stay, team, own, only }: Reading): Which | undefined => {
  switch (scope.kind) {
    case 'payee':
      return only === undefined ? own : (candidate) => candidate === only;
    case 'everyone':
      return always;
    case 'group':
      return (candidate) => inGroup(world, scope.name, candidate);
    case 'team': {
      const name = team ?? stay?.row?.cells.team;
      return name === undefined ? undefined : (candidate) => candidate.row?.cells.team === name;
    }
    case 'direct_reports':
      return (candidate) => candidate.row?.cells.manager === payee && candidate.person !== payee;
    case 'all_reports':
      return (candidate, day) => payee !== undefined && world.company.people.isBelow(candidate, payee, day);
  }
};

const column = (
  world: World,
  row: Row | undefined,
  table: string,
  name: string,
  reading: Reading,
): Value | undefined => {
  const { company } = world;
  const text = row?.cells[name];
  if (text === undefined) return undefined;
  switch (columnType(company.plan, table, name)) {
    case 'money': {
      if (table === 'payee' && name === 'target_pay') return figure('money', targetPay(world, text, reading));
      const day = reading.rows?.fxDate;
      const isForeign = table === 'deal' && (row?.cells.currency ?? company.plan.currency) !== company.plan.currency;
      if (!isForeign) return figure('money', fromText(text));
      if (day === undefined) return undefined;
      return figure('money', company.converted(fromText(text), row?.cells.currency, day));
    }
    case 'number':
      return figure('number', fromText(text));
    case 'date':
      return figure('date', fraction(dayOf(text)));
    case 'boolean':
      return truth(text === 'true');
    default:
      return { kind: 'text', s: text };
  }
};

const IN_MONTHS: Readonly<Record<Length, number>> = { month: 1, quarter: 3, half: 6, year: 12 };
const targetPay = ({ company }: World, text: string, { period }: Reading) => {
  const per = company.plan.targetPer;
  if (per === undefined || period === undefined) throw new TypeError('target_pay needs target_per');
  return times(fromText(text), fraction(IN_MONTHS[period.length], IN_MONTHS[per]));
};

const readColumn = (world: World, names: readonly string[], reading: Reading): Value | undefined => {
  const [table = '', name = '', further] = names;
  const row = table === 'payee' ? reading.stay?.row : reading.rows?.[table as (typeof TABLES)[number]];
  if (further === undefined) return column(world, row, table, name, reading);
  if (!PEOPLE_OF[table]?.includes(name)) throw new TypeError(`${names.join('.')} is nobody`);
  const person = row?.cells[name];
  const day = reading.rows?.date;
  if (person === undefined || day === undefined) return undefined;
  return column(world, world.company.people.stayOn(person, day, always)?.row, 'payee', further, reading);
};

/** What of a reward's period a measure with a suffix is read over. */
const spanOf = ({ company }: World, period: Period, suffix: string | undefined): Span => {
  const { calendar } = company.plan;
  switch (suffix) {
    case undefined:
      return period;
    case 'qtd':
      return { from: calendar.around('quarter', period.to).from, to: period.to };
    case 'ytd':
      return { from: calendar.around('year', period.to).from, to: period.to };
    case 'quarter':
      return calendar.around('quarter', period.to);
    case 'year':
      return calendar.around('year', period.to);
    case 'previous':
      return calendar.before(period);
    default:
      throw new TypeError(`no suffix ${suffix}`);
  }
};

const scopeNamed = (world: World, name: string): Scope => {
  const known = ['team', 'direct_reports', 'all_reports', 'everyone'] as const;
  const found = known.find((kind) => kind === name);
  if (found !== undefined) return { kind: found };
  if (world.company.plan.groups[name] === undefined) throw new TypeError(`no scope ${name}`);
  return { kind: 'group', name };
};

const readMeasure = (world: World, names: readonly string[], reading: Reading): Value | undefined => {
  const { measures } = world.company.plan;
  const at = names.findIndex((name) => measures[name] !== undefined);
  if (at < 0 || reading.period === undefined) throw new TypeError(`cannot read ${names.join('.')}`);
  const scope = at === 0 ? reading.scope : scopeNamed(world, names[0] ?? '');
  const suffix = names[at + 1];
  const span = suffix === undefined ? reading.span : spanOf(world, reading.period, suffix);
  return evaluate(world, expressionOf(textOf(measures[names[at] ?? '']) ?? ''), { ...reading, scope, span });
};

/** The credits that an aggregate is over. */
const creditsIn = (world: World, of: string, forDeal: boolean, reading: Reading): readonly Credited[] | undefined => {
  const all = world.credits.get(of) ?? [];
  if (forDeal) return all.filter(({ rows, isRefund }) => !isRefund && rows.root === reading.rows?.root);
  const which = whichOf(world, reading);
  if (which === undefined) return undefined;
  const span = reading.span ?? reading.period;
  const { people } = world.company;
  return all.filter(({ person, date }) => {
    if (span === undefined || !holdsOn(span, date)) return false;
    if (reading.only !== undefined && !holdsOn(reading.only, date)) return false;
    if (person === undefined) return true;
    if (reading.scope.kind !== 'payee') return people.stayOn(person, date, which) !== undefined;
    const stay = person === reading.payee ? people.stayOn(person, date, reading.own) : undefined;
    if (reading.isInFull) return person === reading.payee;
    return stay !== undefined && (reading.only === undefined || stay === reading.only);
  });
};

const aggregate = (
  world: World,
  { name, of, where, forDeal }: Extract<Expression, { kind: 'aggregate' }>,
  reading: Reading,
): Value | undefined => {
  const [credit = '', ...path] = of;
  const found = creditsIn(world, credit, forDeal, reading);
  if (found === undefined) return undefined;
  const own: Reading = { scope: { kind: 'payee' }, own: always };
  const met = found.filter(({ rows }) => holds(world, where, { ...own, rows, period: reading.period }));
  if (name === 'count') return figure('number', fraction(met.reduce((n, { count }) => n + count, 0n)));
  const read = ({ rows, amount }: Credited): Value | undefined => {
    if (path[0] !== 'amount') return readColumn(world, path, { ...own, rows });
    return amount === undefined ? undefined : figure('money', amount);
  };
  if (name === 'sum') {
    const zero = zeroOf(
      path[0] === 'amount' || columnType(world.company.plan, path[0] ?? '', path[1] ?? '') === 'money'
        ? 'money'
        : 'number',
    );
    return met
      .map(read)
      .reduce((x, y) => (x === undefined || y === undefined ? undefined : arithmetic('+', x, y)), zero);
  }
  if (name === 'count_distinct') {
    // different values whose deals have not been taken back
    const counts = new Map<string, bigint>();
    for (const credited of met) {
      const value = read(credited);
      if (value === undefined) return undefined;
      const key = JSON.stringify(value, (_, n: unknown) => (typeof n === 'bigint' ? String(n) : n));
      counts.set(key, (counts.get(key) ?? 0n) + credited.count);
    }
    return figure('number', fraction([...counts.values()].filter((n) => n > 0n).length));
  }
  const values = met.filter(({ isRefund }) => !isRefund).map(read);
  const there = values.filter((value) => value !== undefined);
  if (there.length === 0 || there.length < values.length) return undefined;
  if (name !== 'avg') return called(name, there, { rounding: 'half_up', unit: fraction(1) });
  const total = there.reduce((x, y) => arithmetic('+', x, y) ?? x);
  return arithmetic('/', total, figure('number', fraction(there.length)));
};

const result = (world: World, name: string, reading: Reading): Value | undefined => {
  const { results, plan } = world.company;
  const span = reading.span ?? reading.period;
  const labelled = LENGTHS.map((length) => span && plan.calendar.around(length, span.from)).find(
    (period) => period?.from === span?.from && period?.to === span?.to,
  );
  const row = (who: string | undefined): Row | undefined =>
    results.find(({ cells }) => cells.result === name && cells.period === labelled?.label && cells.for === who);
  const { scope, payee, stay, team } = reading;
  const ofTeam = team ?? stay?.row?.cells.team;
  const named = (who: string | undefined): Row | undefined => (who === undefined ? undefined : row(who));
  if (scope.kind === 'team' && ofTeam === undefined) return undefined;
  const found =
    scope.kind === 'payee'
      ? (named(payee) ?? named(ofTeam))
      : scope.kind === 'group'
        ? named(scope.name)
        : scope.kind === 'team'
          ? named(ofTeam)
          : undefined;
  const text = (found ?? row(undefined))?.cells.value;
  return text === undefined ? undefined : figure('number', fromText(text));
};

/** What other rewards pay, of the same period or of all shorter ones that end in it. */
const pay = (world: World, reward: string, reading: Reading): Value | undefined => {
  const { period } = reading;
  const which = whichOf(world, reading);
  if (period === undefined || which === undefined) return undefined;
  const { people } = world.company;
  const lines = world.paid(reward, period).filter(({ person, date }) => {
    if (reading.only !== undefined && !holdsOn(reading.only, date)) return false;
    if (reading.scope.kind !== 'payee') return people.stayOn(person, date, which) !== undefined;
    if (person !== reading.payee) return false;
    const held = people.stayOn(person, date, reading.own);
    return reading.isInFull || (held !== undefined && (reading.only === undefined || held === reading.only));
  });
  return figure(
    'money',
    over(fraction(lines.reduce((total, { minor }) => total + minor, 0n)), world.company.plan.unit),
  );
};

/** The value of an expression, or undefined where it is missing. */
export const evaluate = (world: World, expression: Expression, reading: Reading): Value | undefined => {
  const { plan } = world.company;
  const of = (inner: Expression): Value | undefined => evaluate(world, inner, reading);
  const truthOf = (inner: Expression): boolean | undefined => {
    const value = of(inner);
    return value?.kind === 'boolean' ? value.b : undefined;
  };
  switch (expression.kind) {
    case 'number':
    case 'money':
    case 'days':
      return figure(expression.kind, expression.value);
    case 'date':
      return figure('date', fraction(expression.value));
    case 'text':
      return { kind: 'text', s: expression.value };
    case 'boolean':
      return truth(expression.value);
    case 'path': {
      const [first = '', second] = expression.names;
      if (first === 'period' && reading.period !== undefined) {
        return figure('date', fraction(second === 'start' ? reading.period.from : reading.period.to));
      }
      if (first === 'payee' || TABLES.some((table) => table === first))
        return readColumn(world, expression.names, reading);
      const param = textOf(plan.params[first]);
      if (param !== undefined) return literal(param);
      const isGroup = expression.names.length === 1 && (plan.groups[first] !== undefined || first === 'everyone');
      if (isGroup && reading.stay !== undefined) return truth(inGroup(world, first, reading.stay));
      return readMeasure(world, expression.names, reading);
    }
    case 'call': {
      const name = expression.names.at(-1) ?? '';
      const [first, second, third] = expression.args;
      if (name === 'pay') {
        const scope = expression.names.length === 1 ? reading.scope : scopeNamed(world, expression.names[0] ?? '');
        return pay(world, first?.kind === 'path' ? (first.names[0] ?? '') : '', { ...reading, scope });
      }
      if (name === 'quota') {
        const measure = first?.kind === 'path' ? (first.names[0] ?? '') : '';
        const n = quotaIn(world, measure, reading);
        return n && figure(isMoney(plan, expressionOf(textOf(plan.measures[measure]) ?? '')) ? 'money' : 'number', n);
      }
      if (name === 'result') return result(world, first?.kind === 'text' ? first.value : '', reading);
      if (name === 'coalesce')
        return expression.args.reduce<Value | undefined>((found, arg) => found ?? of(arg), undefined);
      if (name === 'if') {
        const condition = first && truthOf(first);
        return condition === undefined || second === undefined || third === undefined
          ? undefined
          : of(condition ? second : third);
      }
      const args = expression.args.map(of);
      const there = args.filter((arg) => arg !== undefined);
      return there.length < args.length ? undefined : called(name, there, plan);
    }
    case 'aggregate':
      return aggregate(world, expression, reading);
    case 'not': {
      const value = not(truthOf(expression.of));
      return value === undefined ? undefined : truth(value);
    }
    case 'minus': {
      const value = of(expression.of);
      return isFigure(value) ? figure(value.kind, times(fraction(-1), value.n)) : undefined;
    }
    case 'is':
      return truth((of(expression.of) !== undefined) === expression.present);
    case 'in': {
      const value = of(expression.of);
      const items = expression.list.map(of);
      if (value === undefined) return undefined;
      if (items.some((item) => isSame(value, item))) return truth(true);
      return items.includes(undefined) ? undefined : truth(false);
    }
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === 'and' || operator === 'or') {
        const [x, y] = [truthOf(left), truthOf(right)];
        const value = operator === 'and' ? and(x, y) : not(and(not(x), not(y)));
        return value === undefined ? undefined : truth(value);
      }
      const [x, y] = [of(left), of(right)];
      if (x === undefined || y === undefined) return undefined;
      switch (operator) {
        case '==':
          return truth(isSame(x, y));
        case '!=':
          return truth(!isSame(x, y));
        case '<':
          return truth(compared(x, y) < 0);
        case '<=':
          return truth(compared(x, y) <= 0);
        case '>':
          return truth(compared(x, y) > 0);
        case '>=':
          return truth(compared(x, y) >= 0);
        default:
          return arithmetic(operator, x, y);
      }
    }
  }
};

const isSame = (x: Value, y: Value | undefined): boolean => {
  if (y === undefined) return false;
  if (isFigure(x) && isFigure(y)) return order(x.n, y.n) === 0;
  return JSON.stringify(x) === JSON.stringify(y);
};

const literal = (text: string): Value => {
  try {
    return evaluateLiteral(expressionOf(text));
  } catch {
    return { kind: 'text', s: text };
  }
};
const evaluateLiteral = (expression: Expression): Value => {
  switch (expression.kind) {
    case 'number':
    case 'money':
    case 'days':
      return figure(expression.kind, expression.value);
    case 'date':
      return figure('date', fraction(expression.value));
    case 'boolean':
      return truth(expression.value);
    case 'minus': {
      const value = evaluateLiteral(expression.of);
      return isFigure(value) ? figure(value.kind, times(fraction(-1), value.n)) : value;
    }
    default:
      throw new TypeError('a param is a literal');
  }
};

/** A figure in units of itself, or undefined where it is missing. */
export const amountOf = (world: World, expression: Expression, reading: Reading) => {
  const value = evaluate(world, expression, reading);
  return isFigure(value) ? value.n : undefined;
};
