import type { Known } from '../rules/expression/typed.ts';
import type { TableName } from '../rules/tables.ts';
import { compare, type Num } from '../values/num.ts';
import { Fault } from './cell.ts';

/** What a value of a column may be, beyond its type. */
export type Range = (value: Known) => Fault | undefined;

const isNum = (value: Known): value is Num => typeof value !== 'string' && typeof value !== 'boolean';

const PERCENT_HINT = 'write 60% or 0.6; where 60 means 60% in the whole column, say `unit: percent`';

const within = (holds: (value: Num) => boolean, problem: string, expected: string, hint?: string): Range => {
  const fault = new Fault('value-out-of-range', problem, expected, hint);
  return (value) => (isNum(value) && holds(value) ? undefined : fault);
};

const RANGES: ReadonlyMap<string, Range> = new Map([
  [
    'people.share',
    within(
      (share) => compare(share, 0) > 0 && compare(share, 1) <= 0,
      'is no share of working time',
      'above 0% and at most 100%',
      PERCENT_HINT,
    ),
  ],
  [
    'splits.share',
    within(
      (share) => compare(share, 0) >= 0 && compare(share, 1) <= 0,
      'is no share of a deal',
      '0% to 100%',
      PERCENT_HINT,
    ),
  ],
  ['attributions.weight', within((weight) => compare(weight, 0) >= 0, 'is below zero', 'a weight of 0 or more')],
  ['fx.rate', within((rate) => compare(rate, 0) > 0, 'is no exchange rate', 'a rate above 0')],
]);

/** The range of a column, where it has one. */
export const rangeOf = (table: TableName, column: string): Range | undefined => RANGES.get(`${table}.${column}`);

/** Columns that are never empty, beyond those of a key: ids of the row itself and of what it is about. */
const IDS = new Set([
  'people.person_id',
  'attributions.campaign_id',
  'splits.deal_id',
  'splits.person_id',
  'adjustments.person_id',
]);

/** Whether an empty cell is an error in itself. */
export const neverEmpty = (table: TableName, column: { readonly name: string; readonly key: boolean }): boolean =>
  column.key || IDS.has(`${table}.${column.name}`);

/** Pairs of columns of which the second must not lie before the first. */
export const inOrder = (table: TableName): readonly (readonly [string, string])[] =>
  table === 'people' || table === 'campaigns' ? [['starts_on', 'ends_on']] : [];

/** The columns that make a row's key; the last one of results may be empty. */
export const keyColumns = (table: TableName): readonly string[] => {
  switch (table) {
    case 'deals':
      return ['deal_id'];
    case 'campaigns':
      return ['campaign_id'];
    case 'leads':
      return ['lead_id'];
    case 'quotas':
      return ['for', 'period', 'measure'];
    case 'results':
      return ['result', 'period', 'for'];
    case 'fx':
      return ['date', 'from', 'to'];
    default:
      return [];
  }
};
