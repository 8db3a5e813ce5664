import type { Severity } from './finding.ts';

interface Code {
  readonly severity: Severity;
  /** One line for lists and for SARIF; the page in docs/findings/ says the rest. */
  readonly title: string;
  /** `align-pay check` raises it about a plan that can be computed with, and the plan may change its level. */
  readonly checked?: true;
}

const error = (title: string): Code => ({ severity: 'error', title });
const warning = (title: string): Code => ({ severity: 'warning', title });
const note = (title: string): Code => ({ severity: 'note', title });
const checked = (code: Code): Code => ({ ...code, checked: true });

/** Every code that align-pay can raise. A code is never renamed once released; each has a page docs/findings/CODE.md. */
export const CODES = {
  // The plan as a file
  'invalid-yaml': error('the plan is not well-formed YAML'),
  'duplicate-key': error('a key stands twice in one map'),
  'unknown-key': error('a key that the plan language does not know'),
  'missing-key': error('a key that must be there is not'),
  'invalid-value': error('a value is not what its key takes'),
  'invalid-name': error('a name is not snake_case or is taken'),
  'cut-expression': error('YAML has cut an unquoted expression'),
  'extends-failed': error('the file that a plan extends cannot be used'),
  // Expressions
  'syntax-error': error('an expression cannot be read'),
  'type-mismatch': error('an expression has another type than is needed here'),
  'unknown-name': error('an expression uses a name that nothing defines'),
  'not-allowed-here': error('an expression reads something that cannot be read here'),
  'too-complex': error('an expression is too long or too deep'),
  // The meaning of a plan
  cycle: error('rules that read each other in a circle'),
  'unordered-steps': error('steps or curve points are not in rising order'),
  'weights-not-whole': error('weights or parts do not add up to 100%'),
  'guarantee-above-cap': checked(error('a guarantee is above the cap')),
  'missing-prorate': error('a plan or table must say how to prorate'),
  'missing-target-per': error('target_pay is read, but not for how long it is'),
  'counting-mismatch': checked(error('counting does not measure what of measures')),
  'always-true': checked(error('a condition that always holds')),
  'always-false': checked(error('a condition that never holds')),
  unreachable: checked(error('a step, a point or a row that is never reached')),
  'idle-link': checked(error('a link that never changes anything')),
  'percent-meant': checked(error('a number where a percentage was meant')),
  unused: checked(warning('a credit, measure or param that nothing reads or pays')),
  'unused-exception': warning('an exception under checks that excuses nothing'),
  // A change of the plan
  'change-mid-period': error('a plan begins or ends within a period'),
  'one-voice-for-both': error('one person is named for two departments'),
  'same-effective-date': error('two plans are in force from the same day'),
  'plan-not-in-force': error('a period is paid by a plan that was not in force in it'),
  'plan-past-end': warning('a plan is past its end, and nothing has taken its place'),
  'plan-ends-soon': warning('a plan ends before long, and none follows'),
  'earned-changed': warning('a period that was paid by one plan comes out otherwise by another'),
  'not-approved': error('somebody who must sign a plan has not'),
  'open-objection': error('somebody objects to a plan'),
  'notice-too-short': error('a plan was not in hand for the time of its notice'),
  'invalid-record': error('a sign-off, objection or acceptance cannot be trusted'),
  'one-key-for-both': error('one key signed for two people'),
  'short-notice': error('a campaign starts without the notice that the plan promises'),
  // What a plan pays for, found on rows that the check makes
  'selling-more-pays-less': checked(warning('whoever sells more is paid less')),
  cliff: checked(warning('a cent or a day more changes the pay by a lot')),
  'unbounded-pay': checked(warning('pay that accelerates without a cap')),
  'paid-twice': checked(warning('the same money of a deal is paid twice to the same person')),
  'credited-above-whole': checked(warning('a department is credited with more than the whole of a deal')),
  'late-touch-earns': checked(warning('a touch placed after the win earns')),
  'split-deal-earns': checked(warning('a payment per deal that splitting a deal multiplies')),
  'dead-zone': checked(note('a stretch in which doing more changes nothing')),
  'own-hand': checked(note('something that moves pay is in the payee’s own hand')),
  'unlinked-pay': checked(warning('a department’s pay does not move with the other’s results')),
  'one-way-link': checked(warning('pay is bound in one direction only')),
  'weak-link': checked(warning('a link to the other side moves next to nothing')),
  'all-lost': checked(warning('one side loses everything through the other’s failure alone')),
  'blamed-unannounced': checked(warning('somebody answers for leads of campaigns that nobody announced')),
  'idea-unrewarded': checked(warning('nobody is paid for carrying an idea through to the conversion')),
  // Files and their form
  'file-not-found': error('a table that the plan reads is not there'),
  'file-unreadable': error('a file cannot be read'),
  'invalid-encoding': error('bytes that are not text in the declared encoding'),
  'not-text': error('a file is not a text file'),
  'invalid-quote': error('a quoted cell does not end where it should'),
  'row-length': error('a row has more or fewer cells than the header'),
  'duplicate-column': error('two headers of a file mean the same column'),
  'missing-column': error('a required column is not in the file'),
  'unknown-column': error('a column that a plan names is not in the table or file'),
  'column-absent': error('a rule reads a column that the file does not have'),
  'empty-file': error('a file has no header'),
  // Cells
  'invalid-number': error('a cell is not a number'),
  'invalid-date': error('a cell is not a date'),
  'invalid-period': error('a cell is not a period'),
  'invalid-boolean': error('a cell is not true or false'),
  'invalid-currency': error('a cell is not a currency of ISO 4217'),
  'invalid-id': error('an id is empty'),
  'too-many-decimals': error('an amount has more decimals than its currency'),
  'number-too-long': error('a number has more than 60 digits'),
  'value-out-of-range': error('a value is outside of what it may be'),
  'missing-cell': error('a cell that a rule needs is empty'),
  // Rows and what they point to
  'duplicate-row': error('a key stands in more than one row'),
  'dangling-id': error('an id points to a row that is not there'),
  'ambiguous-name': error('a name means more than one of person, group and team'),
  'unknown-person': error('a credit goes to somebody who is not in people'),
  'unknown-measure': error('a quota is for a measure that the plan does not have'),
  'overlapping-stays': error('stays of one person overlap'),
  'shares-above-whole': error('shares add up to more than 100%'),
  'invalid-refund': error('a refund does not fit the deal it takes back'),
  'missing-fx-rate': error('there is no exchange rate for a day'),
  'undated-touch': error('a share model needs the date of a touch'),
  'unclear-share': error('a share or share_among is missing'),
  'invalid-adjustment': error('an adjustment cannot be paid as it stands'),
  'too-many-periods': error('the data spans more periods than are computed unasked'),
  'rejected-with-deal': error('a row is rejected because what it belongs to is'),
  // Figures
  'missing-payout': error('a payout has no answer'),
  'negative-pool': error('a pool or a part of it is below zero'),
  'factor-out-of-range': error('the factor of a link is below zero, or above 100% on a pool'),
  'unordered-thresholds': error('thresholds are not in rising order for a payee'),
  // Warnings and notes on data
  'outside-stays': warning('a credit is dated outside all stays of its person'),
  'unclear-group': warning('a group condition is missing for a people row'),
  'text-never-found': warning('a text that a condition asks for is in no row'),
  'credit-never-reached': warning('no row reaches a credit'),
  'refund-not-credited': warning('a refund does not take back what its deal is credited with'),
  'reward-pays-nobody': warning('a reward pays nobody'),
  'pool-unpaid': warning('nobody has a share of a pool'),
  'adjustment-not-paid': warning('an adjustment lies in no computed period'),
  'missing-payroll-id': warning('somebody is paid who has no payroll id'),
  'missing-account': warning('a reward is paid that has no account'),
  'person-not-held': warning('--hold names somebody who is paid nothing'),
  'row-rejected': warning('a bad row is left out and written to rejects.csv'),
  'unknown-manager': note('a manager is not in people'),
} satisfies Readonly<Record<string, Code>>;

export type FindingCode = keyof typeof CODES;

export const FINDING_CODES = Object.keys(CODES) as readonly FindingCode[];

/** The codes whose level a plan may change under `checks`. */
export const CHECKED_CODES: readonly FindingCode[] = FINDING_CODES.filter((code) => 'checked' in CODES[code]);
