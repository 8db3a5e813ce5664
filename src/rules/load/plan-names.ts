import type { Names } from '../expression/names.ts';
import type { Type } from '../expression/typed.ts';
import type { Param } from '../plan.ts';
import { type RowName, TABLE_OF, tableNamed } from '../tables.ts';
import { typeOfCell } from './columns.ts';
import { type CreditDraft, creditName } from './credits.ts';
import type { Data } from './data.ts';
import type { Measures } from './measures.ts';
import type { RewardDraft } from './rewards.ts';

interface Drafts {
  readonly currency: string;
  readonly params: ReadonlyMap<string, Param>;
  readonly data: Data;
  readonly groups: ReadonlySet<string>;
  readonly credits: ReadonlyMap<string, CreditDraft>;
  readonly measureNames: ReadonlySet<string>;
  readonly measures: Measures;
  readonly rewards: ReadonlyMap<string, RewardDraft>;
}

type Columns = ReadonlyMap<string, { readonly type: Type; readonly person: boolean }>;

/** What the names of a plan mean in its expressions. */
export const planNames = (drafts: Drafts): Names => {
  const credits = new Map([...drafts.credits].map(([name, draft]) => [name, creditName(draft)]));
  const columns = new Map<RowName | 'payee', Columns>();
  const isCompany = (credit: string): boolean => credits.get(credit)?.company ?? false;
  return {
    currency: drafts.currency,
    params: drafts.params,
    columns: (row) => {
      const known = columns.get(row) ?? columnsOf(row, drafts.data);
      columns.set(row, known);
      return known;
    },
    groups: drafts.groups,
    credits,
    measureNames: drafts.measureNames,
    measureType: (name) => drafts.measures.typeOf(name),
    measureHasOwner: (name) => drafts.measures.hasOwner(name, isCompany),
    rewards: drafts.rewards,
  };
};

/** The columns of a row: the language's own and the plan's. */
const columnsOf = (row: RowName | 'payee', { tables }: Data): Columns => {
  const name = row === 'payee' ? 'people' : TABLE_OF[row];
  const columns = new Map<string, { readonly type: Type; readonly person: boolean }>();
  for (const { name: column, type, person } of tableNamed(name)?.columns ?? []) {
    columns.set(column, { type: typeOfCell(type), person });
  }
  for (const { name: column, type } of tables.get(name)?.columns.values() ?? []) {
    if (type !== undefined && !columns.has(column)) columns.set(column, { type, person: false });
  }
  return columns;
};
