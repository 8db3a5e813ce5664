import { childrenOf, type Node } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { Plan } from '../rules/plan.ts';
import { TABLE_OF, TABLES, type TableName } from '../rules/tables.ts';

/** What a column points to, where its cells may be called otherwise without any change of what is paid. */
export type Pointed = 'person' | 'deal' | 'campaign' | 'lead' | 'team' | 'account';

const POINTERS: Readonly<Record<string, Pointed>> = {
  deal_id: 'deal',
  refund_of: 'deal',
  campaign_id: 'campaign',
  lead_id: 'lead',
};

/** How plans ask for the columns that point to something. */
export interface IdsRead {
  readonly pointedBy: (table: TableName, column: string) => Pointed | undefined;
  /** Columns that some expression reads, as `deals.region`. */
  readonly read: ReadonlySet<string>;
  /** Texts that plans compare cells with: whatever is called so must go on being called so. */
  readonly literals: ReadonlySet<string>;
  /** People's ids that plans compare with, and where. */
  readonly named: ReadonlyMap<string, string>;
  /** What is asked for otherwise than by name, such as by its first letter, and where. */
  readonly asText: ReadonlyMap<Pointed, string>;
}

/** Where a value comes from: the branches of `if` and `coalesce`, else the node itself. */
const originsOf = (node: Node): readonly Node[] => {
  if (node.kind !== 'call') return [node];
  if (node.name === 'if') return node.args.slice(1).flatMap(originsOf);
  return node.name === 'coalesce' ? node.args.flatMap(originsOf) : [node];
};

const columnOf = (node: Node): `${TableName}.${string}` | undefined => {
  if (node.kind === 'column') return `${TABLE_OF[node.row]}.${node.column}`;
  return node.kind === 'payee' || node.kind === 'person' ? `people.${node.column}` : undefined;
};

/** The columns that say whom something is credited to hold people's ids, whatever they are called. */
const creditedTo = (plans: readonly Plan[]): ReadonlySet<string> =>
  new Set(
    plans.flatMap(({ credits }) =>
      [...credits.values()].flatMap(({ to }) =>
        to === 'company' ? [] : originsOf(to.node).flatMap((node) => columnOf(node) ?? []),
      ),
    ),
  );

/** Looks through plans for how they ask for ids: a pseudonym does only where one asks whether two are the same. */
export const idsRead = (plans: readonly Plan[]): IdsRead => {
  const credited = creditedTo(plans);
  const pointedBy = (table: TableName, column: string): Pointed | undefined => {
    if (column === 'person_id' || credited.has(`${table}.${column}`)) return 'person';
    if (table === 'people' && column === 'team') return 'team';
    if (table === 'deals' && column === 'account') return 'account';
    const definition = TABLES.find(({ name }) => name === table)?.columns.find(({ name }) => name === column);
    if (definition?.person === true) return 'person';
    return definition === undefined ? undefined : POINTERS[column];
  };
  const asking = new Asking(pointedBy);
  for (const plan of plans) asking.readPlan(plan);
  const { read, literals, named, asText } = asking;
  return { pointedBy, read, literals, named, asText };
};

/** What expressions ask of columns, gathered. */
class Asking {
  readonly read = new Set<string>();
  readonly literals = new Set<string>();
  readonly named = new Map<string, string>();
  readonly asText = new Map<Pointed, string>();
  readonly #pointedBy: IdsRead['pointedBy'];
  #params: Plan['params'] = new Map();
  #path = '';

  constructor(pointedBy: IdsRead['pointedBy']) {
    this.#pointedBy = pointedBy;
  }

  readPlan(plan: Plan): void {
    this.#params = plan.params;
    const named = new Set<unknown>([...plan.credits.values()].map(({ to }) => to));
    for (const reward of plan.rewards.values()) {
      if (reward.body === 'pool' && reward.each !== undefined) this.read.add(`people.${reward.each}`);
      if (reward.body !== 'credit' || reward.rate.kind !== 'table') continue;
      // Rows of a table of rates are looked up to the letter.
      const { by, rows } = reward.rate;
      named.add(by);
      this.#path = `rewards > ${reward.name}`;
      for (const row of rows.keys())
        if (typeof row === 'string')
          this.#say(
            row,
            originsOf(by.node).map((node) => this.#kindOf(node)),
          );
    }
    for (const { expression, path } of expressionsOf(plan)) {
      this.#path = path;
      this.#visit(expression.node, named.has(expression));
    }
  }

  #kindOf(node: Node): Pointed | undefined {
    const [table, column] = columnOf(node)?.split('.') ?? [];
    return column === undefined ? undefined : this.#pointedBy(table as TableName, column);
  }

  #textOf(node: Node): string | undefined {
    const value =
      node.kind === 'param' ? this.#params.get(node.name)?.value : node.kind === 'literal' ? node.value : undefined;
    return typeof value === 'string' ? value : undefined;
  }

  #say(text: string, comparedWith: readonly (Pointed | undefined)[]): void {
    this.literals.add(text);
    if (comparedWith.includes('person')) this.named.set(text, this.#path);
  }

  /** What is compared is of one kind, or a text of the plan; else a pseudonym would change the answer. */
  #compare(nodes: readonly Node[]): void {
    const texts = nodes.flatMap((node) => this.#textOf(node) ?? []);
    const kinds = nodes.filter((node) => this.#textOf(node) === undefined).map((node) => this.#kindOf(node));
    for (const text of texts) this.#say(text, kinds);
    if (kinds.every((kind) => kind === kinds[0])) return;
    for (const kind of kinds) if (kind !== undefined) this.asText.set(kind, this.#path);
  }

  /** `isAsked`: what is around the node asks no more of it than whether it is the same as another. */
  #visit(node: Node, isAsked: boolean): void {
    const column = columnOf(node);
    const text = this.#textOf(node);
    if (column !== undefined) this.read.add(column);
    if (text !== undefined) this.literals.add(text);
    const kind = this.#kindOf(node);
    if (kind !== undefined && !isAsked) this.asText.set(kind, this.#path);
    const isSame = node.kind === 'in' || (node.kind === 'binary' && (node.op === '==' || node.op === '!='));
    if (isSame) this.#compare(childrenOf(node).flatMap(originsOf));
    const asks =
      isSame ||
      node.kind === 'presence' ||
      node.kind === 'person' ||
      (node.kind === 'aggregate' && node.fn === 'count_distinct') ||
      (originsOf(node)[0] !== node && isAsked);
    for (const child of childrenOf(node)) this.#visit(child, asks);
  }
}
