import { field, required } from '../document/fields.ts';
import { choice, flag, formula, part } from '../document/shapes.ts';
import { SHARE } from '../share/kinds.ts';

/** The rows that can be credited. */
export const CREDITED_ROWS = ['deal', 'attribution', 'lead', 'split'] as const;

/** What every credit may say. */
export const CREDIT_FIELDS = {
  each: required(choice(CREDITED_ROWS), 'the row that is credited: deal, attribution, lead or split'),
  when: field(formula('condition'), 'which rows are credited; all of them where not said'),
  to: field(formula('text'), 'to whom: a person’s id, or company'),
  amount: field(formula('money'), 'how much; deal.amount where not said, nothing for leads'),
  date: field(
    formula('date'),
    'decides period, stay and exchange rate; deal.close_date or lead.assigned_on where not said',
  ),
} as const;

/** What a credit says whose deals are shared out. */
export const SHARED_FIELDS = {
  share: field(part(SHARE), 'how one deal is shared out over its rows'),
  share_among: field(
    formula('condition'),
    'which of the rows of a deal take part in the sharing; all of them where not said',
  ),
  overlay: field(flag, 'true: the shares of a deal may add up to more than 100%'),
} as const;

/** What a credit says over rows that a campaign brings. */
export const TOLD_FIELDS = {
  announced_only: field(flag, 'true: only rows of campaigns that were announced, or acknowledged, in time'),
} as const;
