import type { QuotaPart } from '../../engine/quota.ts';
import type { Whose } from '../../engine/reader.ts';
import type { CreditRow, Person } from '../../engine/result.ts';
import type { Figure, Read, Taken } from '../../explain/figure.ts';
import { describe } from '../../rules/expression/describe.ts';
import { type Node, type Scope, walk } from '../../rules/expression/typed.ts';
import { formatDay } from '../../values/date.ts';
import { isMissing } from '../../values/missing.ts';
import { add, type Num, toText } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';
import { nodeWords } from './value-words.ts';

/** Credits behind a figure that are told one by one; of more the rest is told in a line. */
const MOST_CREDITS = 12;
const MOST_PARTS = 12;

/** What stands instead of a figure from which somebody else's could be worked out. */
export const HIDDEN = 'not shown, for too few people stand behind it';

/** Whether a figure, or something that it is made of, may not be seen. */
export const isHidden = ({ reads }: Figure, telling: Telling): boolean =>
  reads.some((read) => readIsHidden(read, telling));

const readIsHidden = (read: Read, telling: Telling): boolean => {
  if (telling.sees.everybody) return false;
  if (!telling.sees.figure(read)) return true;
  if (read.kind === 'cell') return !telling.sees.cell(read.node, read.value);
  return read.kind === 'measure' && isHidden(read.figure(), telling);
};

/** An expression: `follow_up = 75%`, and below it what that is made of. */
export const tellFigure = (figure: Figure, telling: Telling): Told => {
  const { expression, value } = figure;
  const { plan } = telling.computed;
  const only = figure.reads.length === 1 && figure.reads[0]?.node === expression.node ? figure.reads[0] : undefined;
  if (only !== undefined) return tellRead(only, telling);
  const at = telling.place(expression.place);
  if (isHidden(figure, telling)) return told('figure', `${expression.text}: ${HIDDEN}`, { at });
  const words = nodeWords(expression.node, value, plan);
  const text = isConstant(expression.node) ? words : `${expression.text} = ${withValues(figure, telling)}${words}`;
  return told('figure', text, { at, below: tellReads(figure.reads, telling) });
};

/** `195,000.00 / 150,000.00 = `: the expression with the figures put in; empty where it would say the same twice. */
const withValues = ({ expression, reads }: Figure, telling: Telling): string => {
  const { plan } = telling.computed;
  const words = (read: Read): string =>
    readIsHidden(read, telling) ? '(not shown)' : nodeWords(read.node, read.value, plan);
  const values = new Map<Node, string>(reads.map((read) => [read.node, words(read)]));
  const put = describe(expression.node, (node) => values.get(node));
  const bare = reads.length === 0 || isLookUp(expression.node) || put === expression.text;
  return bare ? '' : `${put} = `;
};

const isConstant = (node: Node): boolean => node.kind === 'literal';
const isLookUp = ({ kind }: Node): boolean => ['param', 'column', 'payee', 'person', 'period'].includes(kind);

/** A condition: `count(influenced for deal) > 0: yes, 2 > 0`. */
export const tellCondition = (figure: Figure, telling: Telling): Told => {
  const { expression, value } = figure;
  const put = withValues(figure, telling).replace(/ = $/, '');
  const truth = isMissing(value) ? `cannot be said, ${value.reason}` : value === true ? 'yes' : 'no';
  const text = `${expression.text}: ${truth}${put === '' ? '' : `, ${put}`}`;
  return told('figure', text, { at: telling.place(expression.place), below: tellReads(figure.reads, telling) });
};

/** What was read, each figure once; params and cells are told by their values in the expression. */
export const tellReads = (reads: readonly Read[], telling: Telling): readonly Told[] => {
  const said = new Set<string>();
  return reads.flatMap((read) => {
    if (read.kind === 'period' || read.kind === 'group' || read.kind === 'credited') return [];
    const one = tellRead(read, telling);
    const key = `${one.text}/${one.at}`;
    if (said.has(key)) return [];
    said.add(key);
    return [one];
  });
};

const tellRead = (read: Read, telling: Telling): Told => {
  const { computed, place } = telling;
  const hidden = readIsHidden(read, telling);
  if (hidden && read.kind === 'cell')
    return told('figure', `${read.name} is somebody else’s`, { at: place(read.place) });
  if (hidden && 'whose' in read) return told('figure', `${nameOf(read)}: ${HIDDEN}`);
  const value = nodeWords(read.node, read.value, computed.plan);
  switch (read.kind) {
    case 'param':
    case 'cell':
      return told('figure', `${read.name} = ${value}`, { at: place(read.place) });
    case 'period':
    case 'group':
    case 'credited':
      return told('figure', `${read.name} = ${value}`);
    case 'measure':
      return tellMeasure(read, value, telling);
    case 'aggregate':
      return told('figure', `${nameOf(read)} = ${value}`, { below: tellTaken(read, telling) });
    case 'quota':
      return told('figure', `${nameOf(read)} = ${value}`, { below: tellQuota(read.parts(), telling) });
    case 'result': {
      const table = computed.tables.get('results');
      const line = read.row === undefined ? undefined : table?.lines[read.row];
      const at = table === undefined || line === undefined ? '' : place({ file: table.file, line });
      return told('figure', `${nameOf(read)} = ${value}`, { at });
    }
    case 'pay':
      return told('figure', `${nameOf(read)} = ${value}`, { below: tellPaid(read, telling) });
  }
};

const tellMeasure = (read: Extract<Read, { kind: 'measure' }>, value: string, telling: Telling): Told => {
  const figure = read.figure();
  const [only] = figure.reads;
  const name = nameOf(read);
  // A measure that is one aggregate is told with what that adds up.
  if (figure.reads.length === 1 && only?.node === figure.expression.node && only.kind === 'aggregate') {
    return told('figure', `${name} = ${value}: ${describe(only.node)}`, {
      at: telling.place(read.measure.place),
      below: tellTaken(only, telling),
    });
  }
  const put = withValues(figure, telling);
  return told('figure', `${name} = ${figure.expression.text} = ${put}${value}`, {
    at: telling.place(read.measure.place),
    below: tellReads(figure.reads, telling),
  });
};

/** A figure's name as the plan would write it, and whose it is where that does not say so: `quota(bookings) of ana`. */
const nameOf = ({ node, whose }: Extract<Read, { whose: Whose }>): string => {
  const { kind, who, suffix } = whose;
  const scope: Scope = kind === 'group' ? { kind, name: who } : { kind };
  const name = describe('scope' in node ? { ...node, scope } : node);
  const time = suffix === undefined || ('suffix' in node && node.suffix !== undefined) ? '' : ` (${suffix})`;
  const said = who === '' || kind === 'group' || kind === 'everyone' || ('forDeal' in node && node.forDeal);
  return `${name}${time}${said ? '' : ` of ${who}`}`;
};

/** `2026-02-01 d-1`: a credit by its date and its rows. */
export const creditWords = (row: CreditRow, { ids }: Telling): string =>
  [formatDay(row.date), ids.deal(row), ids.campaign(row), ids.lead(row)].filter((text) => text !== '').join(' ');

/** The credits that an aggregate took; of others' only those over the line's own deal, and of these no amounts. */
const tellTaken = (read: Extract<Read, { kind: 'aggregate' }>, telling: Telling): readonly Told[] => {
  const { node, whose, forDeal } = read;
  const { sees, computed } = telling;
  const own = whose.kind === 'own' && !forDeal;
  if (!sees.everybody && (!own || isCompany(node, telling)) && !forDeal) return [];
  const taken = read.taken();
  const inner = node.kind === 'aggregate' ? node.value : undefined;
  const shown = taken.slice(0, MOST_CREDITS).map(({ row, value }) => {
    const others = row.person !== undefined && !sees.person(row.person);
    const who = row.person === undefined || own || others ? '' : `, ${row.person.id}`;
    const added =
      inner === undefined
        ? row.count === 1
          ? ''
          : `: counts ${row.count}`
        : `: ${nodeWords(inner, value, computed.plan)}`;
    return told('row', `${creditWords(row, telling)}${who}${others ? '' : added}`, { at: telling.ids.source(row) });
  });
  const rest = taken.slice(MOST_CREDITS);
  if (rest.length === 0) return shown;
  const sum = node.kind === 'aggregate' && node.fn === 'sum' && inner !== undefined && own ? totalOf(rest) : undefined;
  const worth = sum === undefined || inner === undefined ? '' : `: ${nodeWords(inner, sum, computed.plan)}`;
  return [...shown, told('row', `and ${rest.length} more${worth}`)];
};

/** Whether what is added up is nobody's own: then the rows are everybody's. */
const isCompany = (node: Node, { computed }: Telling): boolean =>
  node.kind === 'aggregate' && computed.plan.credits.get(node.credit)?.to === 'company';

const totalOf = (taken: readonly Taken[]): Num =>
  taken.reduce<Num>((sum, { value }) => (isMissing(value) ? sum : add(sum, value as Num)), 0);

const byId = new WeakMap<readonly Person[], ReadonlyMap<string, Person>>();

const peopleById = (people: readonly Person[]): ReadonlyMap<string, Person> => {
  const known = byId.get(people) ?? new Map(people.map((person) => [person.id, person]));
  byId.set(people, known);
  return known;
};

const tellQuota = (parts: readonly QuotaPart[], telling: Telling): readonly Told[] => {
  const table = telling.computed.tables.get('quotas');
  const { plan, people } = telling.computed;
  const { sees } = telling;
  const cell = (name: string, row: number): string => String(table?.columns.get(name)?.[row] ?? '');
  const seen = sees.everybody
    ? parts
    : parts.filter(({ row }) => {
        const person = peopleById(people).get(cell('for', row));
        return person === undefined || sees.person(person);
      });
  const shown = seen.slice(0, MOST_PARTS).map(({ row, period, amount, kept, days }) => {
    const node = plan.measures.get(cell('measure', row))?.value.node;
    const words = (x: Num): string => (node === undefined ? toText(x) : nodeWords(node, x, plan));
    const whole = period.label === cell('period', row) ? '' : ` (its part of ${cell('period', row)})`;
    const part = days === undefined ? '' : ` × ${toText(days, 4)}/${period.to - period.from + 1} days = ${words(kept)}`;
    const at = table === undefined ? '' : telling.place({ file: table.file, line: table.lines[row] });
    return told('row', `${cell('for', row)} ${period.label}: ${words(amount)}${whole}${part}`, { at });
  });
  return seen.length > MOST_PARTS ? [...shown, told('row', `and ${seen.length - MOST_PARTS} more`)] : shown;
};

const tellPaid = (read: Extract<Read, { kind: 'pay' }>, telling: Telling): readonly Told[] => {
  if (!telling.sees.everybody && read.whose.kind !== 'own') return [];
  const sums = new Map<string, Num>();
  for (const { person, amount } of read.lines()) sums.set(person.id, add(sums.get(person.id) ?? 0, amount));
  const rows = [...sums].map(([id, amount]) => told('row', `${id}: ${telling.money(amount)}`));
  return rows.length > MOST_PARTS
    ? [...rows.slice(0, MOST_PARTS), told('row', `and ${rows.length - MOST_PARTS} more people`)]
    : rows;
};

/** Whether an expression reads anything but literals. */
export const readsSomething = (node: Node): boolean => {
  let reads = false;
  walk(node, ({ kind }) => {
    reads ||= !['literal', 'unary', 'binary', 'call'].includes(kind);
  });
  return reads;
};
