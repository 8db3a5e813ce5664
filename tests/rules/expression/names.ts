import type { Context, ExpressionSource, Names } from '../../../src/rules/expression/names.ts';
import type { Type } from '../../../src/rules/expression/typed.ts';
import type { RowName } from '../../../src/rules/tables.ts';

/** A small plan's names: what most expressions in these tests are about. */
const MEASURES: ReadonlyMap<string, Type> = new Map([
  ['bookings', 'money'],
  ['attainment', 'number'],
]);

const COLUMNS: Readonly<Record<RowName | 'payee', readonly (readonly [string, Type, boolean])[]>> = {
  deal: [
    ['amount', 'money', false],
    ['stage', 'text', false],
    ['close_date', 'date', false],
    ['owner', 'text', true],
    ['margin', 'money', false],
  ],
  campaign: [
    ['announced_on', 'date', false],
    ['owner', 'text', true],
  ],
  attribution: [
    ['touched_on', 'date', false],
    ['weight', 'number', false],
  ],
  lead: [
    ['assigned_on', 'date', false],
    ['followed_up_on', 'date', false],
  ],
  split: [['share', 'number', false]],
  payee: [
    ['department', 'text', false],
    ['target_pay', 'money', false],
    ['manager', 'text', true],
  ],
};

export const names: Names = {
  currency: 'USD',
  params: new Map([
    ['base_rate', { type: 'number' }],
    ['notice', { type: 'days' }],
  ]),
  columns: (row) => new Map(COLUMNS[row].map(([name, type, person]) => [name, { type, person }])),
  groups: new Set(['sales', 'marketing']),
  credits: new Map([
    ['won', { each: 'deal', company: false, hasAmount: true }],
    ['handed_over', { each: 'lead', company: false, hasAmount: false }],
    ['new_business', { each: 'deal', company: true, hasAmount: true }],
  ]),
  measureNames: new Set(MEASURES.keys()),
  measureType: (name) => MEASURES.get(name),
  measureHasOwner: () => true,
  rewards: new Map([['commission', { every: 'quarter' }]]),
};

/** A place where everything may be read. */
export const everything: Context = {
  what: 'this test',
  rows: ['deal', 'campaign', 'attribution', 'lead'],
  payee: true,
  results: true,
  own: true,
  team: true,
  forDeal: true,
  pay: true,
  groups: false,
  period: true,
  every: 'quarter',
};

export const source = (text: string): ExpressionSource => ({
  text,
  place: (start, end) => ({ file: 'plan', line: 1, column: start + 1, endColumn: end + 1 }),
  path: 'test',
});
