import type { Type } from './expression/typed.ts';

export type TableName =
  | 'deals'
  | 'attributions'
  | 'campaigns'
  | 'people'
  | 'quotas'
  | 'leads'
  | 'splits'
  | 'results'
  | 'fx'
  | 'adjustments';

/** What a row of a table is called in an expression. */
export type RowName = 'deal' | 'attribution' | 'campaign' | 'lead' | 'split';

/**
 * What a cell holds. Beyond the types of expressions: `id` (text, compared to the letter), `period` (2026-Q1), `currency`
 * (ISO 4217), `amount` (money or number, by the row's measure), `share` (a number).
 */
export type CellType = Type | 'id' | 'period' | 'currency' | 'amount';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: CellType;
  /** The column must be in the file. */
  readonly required: boolean;
  /** Part of the table's key: never empty, and the key stands once. */
  readonly key: boolean;
  /** Holds a person's id, through which `row.column.department` reaches that person's row. */
  readonly person: boolean;
  readonly meaning: string;
}

export interface TableDefinition {
  readonly name: TableName;
  /** The name of a row in expressions, where it has one. */
  readonly row: RowName | 'payee' | 'quota' | 'result' | 'fx' | 'adjustment';
  readonly columns: readonly ColumnDefinition[];
  readonly meaning: string;
}

interface Marks {
  readonly required?: boolean;
  readonly key?: boolean;
  readonly person?: boolean;
}

const column = (name: string, type: CellType, meaning: string, marks: Marks = {}): ColumnDefinition => ({
  name,
  type,
  meaning,
  required: marks.required ?? marks.key ?? false,
  key: marks.key ?? false,
  person: marks.person ?? false,
});

const REQUIRED = { required: true } as const;
const KEY = { required: true, key: true } as const;
const PERSON = { required: true, person: true } as const;

/** The tables of the contract, in the order in which they are read. */
export const TABLES: readonly TableDefinition[] = [
  {
    name: 'people',
    row: 'payee',
    meaning: 'who works where, from when to when: a row for each stay',
    columns: [
      column('person_id', 'id', 'the person', { required: true }),
      column('name', 'text', 'the name to show'),
      column('department', 'text', 'the department of this stay', REQUIRED),
      column('team', 'text', 'the team of this stay'),
      column('role', 'text', 'what the person does'),
      column('manager', 'id', 'the person_id of the manager', { person: true }),
      column('starts_on', 'date', 'the first day of this stay; open when empty'),
      column('ends_on', 'date', 'the last day of this stay; open when empty'),
      column('share', 'number', 'the share of working time, where stays overlap'),
      column('target_pay', 'money', 'the pay at 100% of goal, for the time that target_per says'),
      column('payroll_id', 'text', 'the id in the payroll system'),
      column('cost_center', 'text', 'the cost centre'),
    ],
  },
  {
    name: 'fx',
    row: 'fx',
    meaning: 'exchange rates by day',
    columns: [
      column('date', 'date', 'the day of the rate', KEY),
      column('from', 'currency', 'one unit of this currency', KEY),
      column('to', 'currency', 'is so many of this one', KEY),
      column('rate', 'number', 'units of `to` for one of `from`', { required: true }),
    ],
  },
  {
    name: 'deals',
    row: 'deal',
    meaning: 'what was sold, and what was taken back of it',
    columns: [
      column('deal_id', 'id', 'the deal', KEY),
      column('owner', 'id', 'who sold it', PERSON),
      column('close_date', 'date', 'when it was won or lost', REQUIRED),
      column('amount', 'money', 'what it is worth, in its currency', REQUIRED),
      column('stage', 'text', 'won, lost, or where it stands'),
      column('type', 'text', 'new, renewal, ...'),
      column('product', 'text', 'what was sold'),
      column('region', 'text', 'where'),
      column('account', 'text', 'to whom'),
      column('currency', 'currency', 'of its amounts; the plan’s when empty'),
      column('created_on', 'date', 'when the deal was opened'),
      column('paid_date', 'date', 'when the customer paid'),
      column('refund_of', 'id', 'the deal that this row takes back, or a part of it'),
    ],
  },
  {
    name: 'campaigns',
    row: 'campaign',
    meaning: 'actions of a department that cost or promise something: campaigns of marketing, plays of sales',
    columns: [
      column('campaign_id', 'id', 'the campaign', KEY),
      column('name', 'text', 'the name to show'),
      column('owner', 'id', 'who runs it', PERSON),
      column('originator', 'id', 'whose idea it was', { person: true }),
      column('announced_on', 'date', 'when the others were told of it'),
      column('acknowledged_on', 'date', 'when the others said that they know'),
      column('acknowledged_by', 'id', 'who said so', { person: true }),
      column('starts_on', 'date', 'its first day'),
      column('ends_on', 'date', 'its last day'),
      column('cost', 'money', 'what it cost'),
    ],
  },
  {
    name: 'attributions',
    row: 'attribution',
    meaning: 'touches: which campaign reached the customer of which deal',
    columns: [
      column('deal_id', 'id', 'the deal; may be empty', REQUIRED),
      column('campaign_id', 'id', 'the campaign', REQUIRED),
      column('touched_on', 'date', 'when it reached the customer'),
      column('touch', 'text', 'what kind of touch (lead, opportunity, ...)'),
      column('weight', 'number', 'the share of the deal that the export gives it'),
    ],
  },
  {
    name: 'leads',
    row: 'lead',
    meaning: 'what was handed over to sales, and when sales followed it up',
    columns: [
      column('lead_id', 'id', 'the lead', KEY),
      column('campaign_id', 'id', 'the campaign it came from'),
      column('deal_id', 'id', 'the deal it became; may be empty'),
      column('assigned_to', 'id', 'who is to work it', PERSON),
      column('assigned_on', 'date', 'when it was handed over', REQUIRED),
      column('followed_up_on', 'date', 'when it was worked first'),
    ],
  },
  {
    name: 'splits',
    row: 'split',
    meaning: 'how a deal is split among people; without a row it is its owner’s',
    columns: [
      column('deal_id', 'id', 'the deal', { required: true }),
      column('person_id', 'id', 'who has this part', { required: true, person: true }),
      column('share', 'number', 'the part, 60% or 0.6', REQUIRED),
      column('role', 'text', 'in which role'),
    ],
  },
  {
    name: 'quotas',
    row: 'quota',
    meaning: 'goals: for a person, a group or a team',
    columns: [
      column('for', 'id', 'a person, a group or a team', KEY),
      column('period', 'period', '2026, 2026-H1, 2026-Q1 or 2026-03', KEY),
      column('measure', 'id', 'a measure of the plan', KEY),
      column('amount', 'amount', 'the goal', { required: true }),
    ],
  },
  {
    name: 'results',
    row: 'result',
    meaning: 'results that no row shows: an objective, a margin, a survey',
    columns: [
      column('result', 'id', 'its name', KEY),
      column('period', 'period', '2026, 2026-H1, 2026-Q1 or 2026-03', KEY),
      column('value', 'number', 'the result', { required: true }),
      column('for', 'id', 'a person, a group or a team; the company when empty'),
    ],
  },
  {
    name: 'adjustments',
    row: 'adjustment',
    meaning: 'payments that somebody approved beside the rules',
    columns: [
      column('person_id', 'id', 'who is paid', { required: true, person: true }),
      column('period', 'period', 'in which period', { required: true }),
      column('amount', 'money', 'how much', { required: true }),
      column('reason', 'text', 'why', { required: true }),
      column('approved_by', 'id', 'by whom; somebody else', { required: true }),
    ],
  },
];

export const tableNamed = (name: string): TableDefinition | undefined => TABLES.find((table) => table.name === name);

/** The rows that a credit's row reaches: itself first. */
export const REACHES: Readonly<Record<RowName, readonly RowName[]>> = {
  deal: ['deal'],
  campaign: ['campaign'],
  attribution: ['attribution', 'deal', 'campaign'],
  lead: ['lead', 'campaign', 'deal'],
  split: ['split', 'deal'],
};

/** The table that holds rows of a name. */
export const TABLE_OF: Readonly<Record<RowName, TableName>> = {
  deal: 'deals',
  attribution: 'attributions',
  campaign: 'campaigns',
  lead: 'leads',
  split: 'splits',
};
