import { nearest } from '../../values/nearest.ts';
import type { PeriodKind } from '../../values/period.ts';
import type { RowName } from '../tables.ts';
import { type Checking, complain } from './checking.ts';
import { checkScope, OWN, scopeNamed } from './scope.ts';
import type { Name, Syntax } from './syntax.ts';
import type { Node, Scope, Suffix } from './typed.ts';

type Path = Extract<Syntax, { kind: 'path' }>;

const ROWS: readonly RowName[] = ['deal', 'attribution', 'campaign', 'lead', 'split'];
const isRow = (name: string): name is RowName => (ROWS as readonly string[]).includes(name);

const SUFFIXES: readonly Suffix[] = ['qtd', 'ytd', 'quarter', 'year', 'previous'];
const isSuffix = (name: string): name is Suffix => (SUFFIXES as readonly string[]).includes(name);

/** What `deal.owner.manager`, `sales.bookings.ytd`, `period.start` or a single name mean. */
export const checkPath = (path: Path, checking: Checking): Node | undefined => {
  const { names, context } = checking;
  const [head, ...rest] = path.names as [Name, ...Name[]];
  if (head.text === 'period') return checkPeriod(path, rest, checking);
  if (isRow(head.text)) {
    if (!context.rows.includes(head.text)) return rowOutOfReach(head, checking);
    return checkColumn(path, head.text, rest, checking);
  }
  if (head.text === 'payee') {
    if (!context.payee) {
      return complain(checking, 'not-allowed-here', `${context.what} cannot read the payee’s columns`, path);
    }
    return checkColumn(path, 'payee', rest, checking);
  }
  const scope = scopeNamed(head.text, names.groups);
  if (scope !== undefined) {
    if (rest.length > 0) {
      const checked = checkScope(head, checking);
      return checked && checkMeasure(path, checked, rest, checking);
    }
    return checkGroup(path, head, scope, checking);
  }
  const param = names.params.get(head.text);
  if (param !== undefined) {
    if (rest.length > 0)
      return complain(checking, 'unknown-name', `the param "${head.text}" has no parts`, rest[0] as Name);
    return { kind: 'param', type: param.type, name: head.text, start: path.start, end: path.end };
  }
  if (names.measureNames.has(head.text)) return checkMeasure(path, OWN, path.names, checking);
  return unknown(path, head, checking);
};

const checkPeriod = (path: Path, rest: readonly Name[], checking: Checking): Node | undefined => {
  const edge = rest[0]?.text;
  if (rest.length !== 1 || (edge !== 'start' && edge !== 'end')) {
    return complain(checking, 'unknown-name', 'a period has period.start and period.end', path);
  }
  if (!checking.context.period) {
    return complain(checking, 'not-allowed-here', `${checking.context.what} knows no period`, path);
  }
  return { kind: 'period', type: 'date', edge, start: path.start, end: path.end };
};

const rowOutOfReach = (head: Name, checking: Checking): undefined => {
  const { context } = checking;
  const reached = context.rows.length === 0 ? 'no rows' : `only ${context.rows.join(', ')}`;
  return complain(checking, 'not-allowed-here', `${context.what} reads ${reached}, not ${head.text}`, head);
};

const checkColumn = (
  path: Path,
  row: RowName | 'payee',
  rest: readonly Name[],
  checking: Checking,
): Node | undefined => {
  const [first, ...chain] = rest;
  if (first === undefined) {
    return complain(
      checking,
      'unknown-name',
      `"${row}" is a row; say which of its columns, as in ${row}.${row === 'payee' ? 'department' : firstColumn(row, checking)}`,
      path,
    );
  }
  const definition = checking.names.columns(row).get(first.text);
  if (definition === undefined) return unknownColumn(row, first, checking);
  const span = { start: path.start, end: first.end };
  let node: Node =
    row === 'payee'
      ? { kind: 'payee', type: definition.type, column: first.text, ...span }
      : { kind: 'column', type: definition.type, row, column: first.text, ...span };
  let person = definition.person;
  for (const name of chain) {
    if (!person) {
      return complain(checking, 'unknown-name', `"${name.text}" stands behind a column that is no person`, name);
    }
    const column = checking.names.columns('payee').get(name.text);
    if (column === undefined) return unknownColumn('payee', name, checking);
    node = { kind: 'person', type: column.type, id: node, column: name.text, start: path.start, end: name.end };
    person = column.person;
  }
  return node;
};

const firstColumn = (row: RowName, { names }: Checking): string => names.columns(row).keys().next().value ?? 'id';

const unknownColumn = (row: RowName | 'payee', name: Name, checking: Checking): undefined => {
  const columns = checking.names.columns(row);
  const near = nearest(name.text, columns.keys());
  const table = row === 'payee' ? 'people' : `${row}s`;
  const hint =
    near === undefined ? `declare it under data: ${table}: columns:, with its type` : `did you mean ${row}.${near}?`;
  return complain(checking, 'unknown-column', `${row} has no column "${name.text}"`, name, hint);
};

const checkGroup = (path: Path, head: Name, scope: Scope, checking: Checking): Node | undefined => {
  const { start, end } = path;
  const { context } = checking;
  if (!context.groups) {
    return complain(
      checking,
      'not-allowed-here',
      `"${head.text}" is a group; ${context.what} needs one of its measures, as in ${head.text}.bookings`,
      path,
    );
  }
  if (scope.kind === 'everyone') return { kind: 'literal', type: 'boolean', value: true, start, end };
  if (scope.kind === 'group') return { kind: 'group', type: 'boolean', name: scope.name, start, end };
  return complain(checking, 'not-allowed-here', `"${head.text}" is not a group`, path);
};

const checkMeasure = (path: Path, scope: Scope, rest: readonly Name[], checking: Checking): Node | undefined => {
  const { names, context } = checking;
  const [name, suffix, ...more] = rest as [Name, Name?, ...Name[]];
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
  if (!context.results) return complain(checking, 'not-allowed-here', `${context.what} cannot read measures`, path);
  if (suffix !== undefined && !isSuffix(suffix.text)) {
    return complain(
      checking,
      'unknown-name',
      `"${suffix.text}" is no stretch of time`,
      suffix,
      `write one of .${SUFFIXES.join(' .')}`,
    );
  }
  if (more[0] !== undefined) return complain(checking, 'unknown-name', 'a measure takes one suffix', more[0]);
  const stretch = suffix?.text as Suffix | undefined;
  if (stretch !== undefined && !longEnough(stretch, context.every)) {
    const message = `.${stretch} is shorter than what the reward is paid for, a ${context.every}`;
    return complain(checking, 'not-allowed-here', message, suffix as Name);
  }
  if (scope.kind === 'own' && !context.own && names.measureHasOwner(name.text)) {
    const hint = `say whose: everyone.${name.text}, or a group’s`;
    return complain(
      checking,
      'not-allowed-here',
      `${context.what} has no payee whose ${name.text} it could read`,
      path,
      hint,
    );
  }
  const type = names.measureType(name.text);
  if (type === undefined) return undefined;
  return { kind: 'measure', type, name: name.text, scope, suffix: stretch, start: path.start, end: path.end };
};

const longEnough = (suffix: Suffix, every: PeriodKind | undefined): boolean =>
  !((suffix === 'qtd' || suffix === 'quarter') && (every === 'half' || every === 'year'));

const unknown = (path: Path, head: Name, checking: Checking): undefined => {
  const { names, context } = checking;
  if (names.credits.has(head.text)) {
    return complain(
      checking,
      'unknown-name',
      `"${head.text}" is a credit; add it up, as in sum(${head.text}.amount) or count(${head.text})`,
      path,
    );
  }
  if (names.rewards.has(head.text)) {
    return complain(
      checking,
      'unknown-name',
      `"${head.text}" is a reward; read what it pays with pay(${head.text})`,
      path,
    );
  }
  const known = [
    ...names.params.keys(),
    ...(context.results ? names.measureNames : []),
    ...(context.groups || context.results ? names.groups : []),
    ...context.rows,
    ...(context.payee ? ['payee'] : []),
  ];
  const near = nearest(head.text, known);
  const hint =
    near === undefined
      ? 'a text stands in double quotes; a name must be a param, a measure or a row'
      : `did you mean ${near}?`;
  return complain(checking, 'unknown-name', `nothing is called "${head.text}" here`, head, hint);
};
