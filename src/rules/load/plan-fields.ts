import { CURRENCY_CODES, currencyDigits } from '../../values/currency.ts';
import { nearest } from '../../values/nearest.ts';
import { PERIOD_KINDS } from '../../values/period.ts';
import { field, fieldsOf, required } from '../document/fields.ts';
import { isScalarPart } from '../document/part.ts';
import type { Shape } from '../document/shape.ts';
import { choice, days, formula, names, refuse, section, text } from '../document/shapes.ts';
import { CHANGE_FIELDS, ROLES } from './change-fields.ts';
import { CHECKS_SECTION } from './check-fields.ts';
import { CREDIT_FIELDS, SHARED_FIELDS, TOLD_FIELDS } from './credit-fields.ts';
import { DATA_SECTION } from './data-fields.ts';
import { EXPORT_FIELDS } from './export-fields.ts';
import { REWARD } from './reward-fields.ts';

const currency: Shape<string> = {
  describes: { kind: 'choice', of: CURRENCY_CODES },
  read: (given, sink) => {
    const expected = 'a currency of ISO 4217 such as USD';
    if (!isScalarPart(given)) return refuse(given, sink, expected);
    const code = given.value.text.trim();
    if (currencyDigits(code) !== undefined) return code;
    const near = code.length === 3 || code.length === 4 ? nearest(code, CURRENCY_CODES) : undefined;
    return refuse(given, sink, expected, near === undefined ? undefined : `did you mean ${near}?`);
  },
};

const month: Shape<number> = {
  describes: { kind: 'text', pattern: '^(0?[1-9]|1[0-2])$', example: '04' },
  read: (given, sink) => {
    const written = isScalarPart(given) ? /^(?:0?[1-9]|1[0-2])$/.exec(given.value.text.trim())?.[0] : undefined;
    return written === undefined ? refuse(given, sink, 'a month from 01 to 12') : Number(written);
  },
};

/** The keys of a plan. Those of later chapters are kept as they stand, for whoever knows them. */
export const PLAN_FIELDS = {
  extends: field(
    text('the path of a plan file', '../align-pay.yaml'),
    'the plan that this file changes; its path is relative to this file',
  ),
  plan: required(text('the name of the plan', 'Sales 2026'), 'the name of the plan'),
  currency: required(currency, 'the currency in which people are paid, and of all amounts in this plan'),
  period: required(choice(PERIOD_KINDS), 'how often people are paid'),
  fiscal_year_starts: field(month, 'the month in which the fiscal year starts; 01 where not said'),
  rounding: field(
    choice(['half_up', 'half_even']),
    'where half a cent goes: away from zero (where not said), or to the even neighbour',
  ),
  params: field(
    names({ kind: 'literal', example: '6%' }, 'a map from names to literals'),
    'the numbers people argue about, named, in one place',
  ),
  data: field(
    section({ kind: 'fields', fields: () => DATA_SECTION }, 'a map from tables to how they are read'),
    'where tables stand and how they are read, where that is not the default',
  ),
  groups: field(
    names(formula('condition').describes, 'a map from names to conditions on the payee'),
    'who belongs together, such as a department',
  ),
  credits: field(
    names(
      fieldsOf(() => ({ ...CREDIT_FIELDS, ...SHARED_FIELDS, ...TOLD_FIELDS })),
      'a map from names to credits',
    ),
    'who is credited with what, when, how much',
  ),
  measures: field(
    names(formula('number or money').describes, 'a map from names to expressions'),
    'what is added up, for a payee or for a group',
  ),
  rewards: required(names(REWARD, 'a map from names to rewards'), 'what is paid'),
  checks: field(
    section({ kind: 'fields', fields: () => CHECKS_SECTION }, 'a map from codes of findings to levels'),
    'which findings of check are taken otherwise in this plan, and why',
  ),
  export: field(
    section(
      fieldsOf(() => EXPORT_FIELDS),
      'the keys of export',
    ),
    'how payouts are handed on: the payroll file, earning codes and accounts',
  ),
  change: field(
    section(
      fieldsOf(() => CHANGE_FIELDS),
      'the keys of a change, such as { effective: 2027-01-01 }',
    ),
    'from when this plan is in force, why, and who must agree to it',
  ),
  campaign_notice: field(days(0), 'how long before it starts a campaign is announced to those who are to work it'),
  roles: field(ROLES, 'who speaks for whom'),
} as const;
