import { PERIOD_KINDS } from '../../values/period.ts';
import { type Fields, field, fieldsOf, required } from '../document/fields.ts';
import type { Description } from '../document/shape.ts';
import { choice, days, formula, names, part, text } from '../document/shapes.ts';
import { RATE } from '../rate/kinds.ts';
import { LINK } from './links.ts';

/** What every reward may say. */
export const REWARD_FIELDS = {
  who: field(formula('condition'), 'who is paid: groups, and conditions on the payee; everyone where not said'),
  every: field(choice(PERIOD_KINDS), 'how often it is paid, at the end; as often as the plan where not said'),
  when: field(formula('condition'), 'per credit: which credits are paid; else: who takes part'),
  links: field(
    names(LINK, 'a map from names to links'),
    'what binds this reward to results, of the other department above all',
  ),
  cap: field(formula('money'), 'the most that it pays a payee in its period'),
  guarantee: field(formula('money'), 'the least that it pays a payee in its period'),
} as const;

const PRORATE = field(
  choice(['days', 'none']),
  'what somebody has who was in who for a part of the period: days: that part; none: all of it',
);

/** A line for each credit. */
export const CREDIT_BODY = {
  per: required(text('the name of a credit', 'won'), 'the credit that is paid, a line for each'),
  rate: field(part(RATE), 'the share of the amount that a line pays'),
  pay: field(part(RATE), 'money per credit, instead of a rate'),
  tail: field(days(0), 'also pays credits dated up to so many days after who ceased to hold'),
} as const;

/** A line for each stay of a payee. */
export const PAYEE_BODY = {
  pay: required(formula('money'), 'what a payee is paid'),
  prorate: PRORATE,
} as const;

/** One amount, shared out. */
export const POOL_BODY = {
  pool: required(formula('money'), 'the amount that is shared out'),
  share_by: required(formula('number or money'), 'what the pool is shared out by'),
  each: field(
    text('a column of the payee', 'payee.team'),
    'makes one pool for each value of this column, such as payee.team',
  ),
  prorate: PRORATE,
} as const;

export const BODIES = { credit: CREDIT_BODY, payee: PAYEE_BODY, pool: POOL_BODY } as const;

/** All ways to write a reward, for the schema. */
export const REWARD: Description = {
  kind: 'either',
  of: Object.values(BODIES).map((body) => fieldsOf((): Fields => ({ ...REWARD_FIELDS, ...body }))),
};
