import { CHECKED_CODES } from '../../findings/codes.ts';
import { type Fields, field, fieldsOf } from '../document/fields.ts';
import type { Description } from '../document/shape.ts';
import { choice, formula, list, part, text } from '../document/shapes.ts';

/** What a plan may say of the findings of one code. */
export const CHECK_FIELDS = {
  level: field(choice(['off', 'note', 'warning', 'error']), 'how severe such a finding is here; off: it is not said'),
  because: field(text('the reason, in words'), 'why: whoever reads the plan must be able to judge it'),
  only: field(
    list({ kind: 'text', example: 'commission' }, 'a list of names of rewards, credits, links, ...'),
    'of what the findings are that this is about; all of them where not said',
  ),
  more_than: field(
    formula('number, a constant'),
    'the part of somebody’s pay from which on it is said: 5% for cliff, 1% for weak-link where not said',
  ),
} as const;

/** The codes that have a threshold. */
export const WITH_THRESHOLD: readonly string[] = ['cliff', 'weak-link'];

const CHECK: Description = fieldsOf(() => CHECK_FIELDS);

/** The whole section `checks`, for the schema. */
export const CHECKS_SECTION: Fields = Object.fromEntries(
  CHECKED_CODES.map((code) => [code, field(part(CHECK), `findings ${code}`)]),
);
