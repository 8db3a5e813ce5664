import { field, fieldsOf, required } from '../document/fields.ts';
import type { Description } from '../document/shape.ts';
import { exactText, names, part, section, text } from '../document/shapes.ts';

/** What a column of the payroll file may hold. */
export const PAYROLL_VALUES = [
  'payroll_id',
  'person_id',
  'name',
  'earning_code',
  'amount',
  'currency',
  'period',
  'period_start',
  'period_end',
] as const;

/** A column that is the same in every row. */
export const FIXED_FIELDS = {
  fixed: required(exactText('the text of every row', 'ACME'), 'what stands in every row of this column'),
} as const;

const COLUMN: Description = {
  kind: 'either',
  of: [{ kind: 'choice', of: PAYROLL_VALUES }, fieldsOf(() => FIXED_FIELDS)],
};

export const PAYROLL_FIELDS = {
  columns: required(
    names(COLUMN, 'a map from headers to what stands below them, such as { Employee: payroll_id, Amount: amount }'),
    'the columns of the payroll file, in their order',
  ),
} as const;

/** An account: one for all, or one a department. */
const ACCOUNT: Description = {
  kind: 'either',
  of: [
    { kind: 'text', example: '6100' },
    { kind: 'map', of: { kind: 'text', example: '6100' } },
  ],
};

const ACCOUNTS = {
  expense: field(part(ACCOUNT), 'the account that the expense is debited to: one, or one a department'),
  liability: field(text('an account', '2310'), 'the account that is credited until it is paid'),
} as const;

export const REWARD_EXPORT_FIELDS = {
  earning_code: field(
    text('an earning code', 'COMM'),
    'what the payroll system calls this pay; the reward’s name where not said',
  ),
  ...ACCOUNTS,
} as const;

/** How payouts are handed on to payroll and bookkeeping. */
export const EXPORT_FIELDS = {
  payroll: field(
    section(
      fieldsOf(() => PAYROLL_FIELDS),
      'the keys of the payroll file',
    ),
    'what the payroll file looks like',
  ),
  ...ACCOUNTS,
  rewards: field(
    names(
      fieldsOf(() => REWARD_EXPORT_FIELDS),
      'a map from rewards to their earning code and accounts',
    ),
    'earning code and accounts of each reward, adjustments among them; the accounts above where it says none',
  ),
} as const;
