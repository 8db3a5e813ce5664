import { field, fieldsOf, required } from '../document/fields.ts';
import type { Description } from '../document/shape.ts';
import { date, days, list, names, text } from '../document/shapes.ts';

/** The long form of a role: who has it, and for which department it speaks. */
export const ROLE_FIELDS = {
  person: required(text('a person', 'sara'), 'who has this role: a person_id, or the name in allowed_signers'),
  for: field(text('a department', 'sales'), 'the department that it speaks for; head_of_sales speaks for sales anyway'),
} as const;

/** All ways to write a role, for the schema. */
const ROLE: Description = { kind: 'either', of: [{ kind: 'text', example: 'sara' }, fieldsOf(() => ROLE_FIELDS)] };

export const ROLES = names(ROLE, 'a map from roles to people such as { head_of_sales: sara, liaison: maria }');

/** What a plan says of how it became, or is to become, law. */
export const CHANGE_FIELDS = {
  effective: required(date, 'the first day on which this plan is in force: the first day of a period'),
  ends: field(date, 'the last day for which it is meant; it stays in force until another takes its place'),
  notice: field(days(0), 'how long before effective those it touches must have it in hand'),
  because: field(text('the reason for the change, in words'), 'the reason for the change'),
  discussion: field(text('where it is discussed', 'https://...'), 'where it is discussed'),
  roles: field(ROLES, 'who speaks for whom; beside those of the plan, and before them'),
  sign_off: field(
    list({ kind: 'text', example: 'head_of_sales' }, 'a list of roles such as [ head_of_sales, head_of_marketing ]'),
    'the roles that must sign before the plan is in force',
  ),
} as const;
