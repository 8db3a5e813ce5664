import { CODES, FINDING_CODES } from '../findings/codes.ts';
import { type Fields, field, fieldsOf, required } from '../rules/document/fields.ts';
import type { Description, Shape } from '../rules/document/shape.ts';
import { list, names, part, text } from '../rules/document/shapes.ts';
import { TABLES, type TableDefinition } from '../rules/tables.ts';

const CELL: Description = { kind: 'text' };

/** Rows as a list of maps, or as CSV text under a `|`. */
const rowsOf = ({ columns }: TableDefinition): Description => {
  const cells: Fields = Object.fromEntries(columns.map(({ name, meaning }) => [name, field(part(CELL), meaning)]));
  const csv = columns
    .filter((column) => column.required)
    .map((column) => column.name)
    .join(',');
  return {
    kind: 'either',
    of: [
      { kind: 'list', of: { kind: 'fields', fields: () => cells, others: CELL } },
      { kind: 'text', example: `${csv}\n...` },
    ],
  };
};

/** The tables of a case, each in the language's own columns. */
const TABLE_FIELDS: Fields = Object.fromEntries(
  TABLES.map((table) => [table.name, field(part(rowsOf(table)), `${table.meaning}, in align-pay's own columns`)]),
);

/** What a case and the defaults of a file may say. */
export const SETTING_FIELDS = {
  period: field(
    text('a period such as 2026-Q1, or two of them: 2026-Q1..2026-Q2', '2026-Q1'),
    'the period that is paid',
  ),
  params: field(
    names({ kind: 'literal', example: '5%' }, 'a map from params of the plan to other values'),
    'values that take the place of the plan’s params',
  ),
  ...TABLE_FIELDS,
} as const;

const AMOUNT: Description = { kind: 'literal', example: '6800.00' };
const FACTOR: Description = { kind: 'literal', example: '102%' };
const FLAG: Description = { kind: 'flag' };

/** What tells a payout line from the others, and the figures that it may be asked for. */
export const LINE_FIELDS = {
  reward: field(text('the name of a reward'), 'the reward that pays the line'),
  deal: field(text('a deal_id'), 'the deal that the line is for'),
  campaign: field(text('a campaign_id'), 'the campaign that the line is for'),
  lead: field(text('a lead_id'), 'the lead that the line is for'),
  kind: field(
    part({ kind: 'choice', of: ['credit', 'stay', 'pool', 'cap', 'guarantee', 'adjustment'] }),
    'what kind of line it is',
  ),
  amount: field(part(AMOUNT), 'what the line pays'),
  base: field(part(AMOUNT), 'what it would pay without links'),
  credited: field(part(AMOUNT), 'the amount of its credit'),
  rate: field(part(FACTOR), 'its rate'),
  factor: field(part(FACTOR), 'the factor of all its links together'),
} as const;

const LINES: Description = { kind: 'list', of: fieldsOf(() => LINE_FIELDS) };

/** What may be expected of one reward of one person, beside its amount alone. */
export const REWARD_EXPECTATION = {
  amount: field(part(AMOUNT), 'what the reward pays'),
  unpaid: field(part(FLAG), 'true: the reward pays nothing'),
  links: field(part({ kind: 'map', of: FACTOR }), 'the factors of links, by name'),
  lines: field(part(LINES), 'payout lines that must be among those of the reward'),
} as const;

const PERSON: Description = {
  kind: 'fields',
  fields: () => ({
    total: field(part(AMOUNT), 'the sum of everything that is paid'),
    unpaid: field(part(FLAG), 'true: nothing is paid'),
    lines: field(part(LINES), 'payout lines that must be among those of the person'),
  }),
  others: { kind: 'either', of: [AMOUNT, fieldsOf(() => REWARD_EXPECTATION)] },
};

/** A person for each key, and under it what each reward pays. */
const EXPECT: Description = {
  kind: 'fields',
  fields: () => ({
    total: field(part({ kind: 'either', of: [AMOUNT, PERSON] }), 'the sum of everything that is paid to everybody'),
    unpaid: field(part({ kind: 'either', of: [FLAG, PERSON] }), 'true: nobody is paid anything'),
    expect_error: field(part({ kind: 'either', of: [ERROR_CODE.describes, PERSON] }), 'the same as beside expect'),
  }),
  others: PERSON,
};

/** The code of an error, which is looked up where it is read. */
const ERROR_CODE: Shape<string> = {
  ...text('the code of a finding'),
  describes: { kind: 'choice', of: FINDING_CODES.filter((code) => CODES[code].severity === 'error') },
};

/** The keys of a case. */
export const CASE_FIELDS = {
  name: required(
    text('what the case shows, in words', 'The accelerator pays on the excess only'),
    'what the case shows, in words',
  ),
  ...SETTING_FIELDS,
  expect: field(part(EXPECT), 'what is paid: by person and reward, to the cent; what is not named is not compared'),
  expect_error: field(ERROR_CODE, 'the code of the finding with which the computation fails'),
} as const;

/** The keys of a test file. */
export const TEST_FIELDS = {
  plan: required(
    text('the path of a plan file', '../align-pay.yaml'),
    'the plan that is tested; its path is relative to this file',
  ),
  defaults: field(part(fieldsOf(() => SETTING_FIELDS)), 'what all cases have in common'),
  cases: required(
    list(
      fieldsOf(() => CASE_FIELDS),
      'a list of cases such as - { name: ..., deals: ..., expect: ... }',
    ),
    'the examples, each with rows in and payouts out',
  ),
} as const;
