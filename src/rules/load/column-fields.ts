import { field } from '../document/fields.ts';
import { choice, exactText, flag, names } from '../document/shapes.ts';

/** The types that a column of the author's own may have. */
export const COLUMN_TYPES = ['money', 'number', 'date', 'days', 'text', 'boolean'] as const;

/** The long form of a column: `{ column: "Gross Margin", type: money }`. */
export const COLUMN_FIELDS = {
  column: field(exactText('the header in the file', 'Gross Margin'), 'the header of this column in the file'),
  type: field(choice(COLUMN_TYPES), 'the type of a column of your own; without it the column cannot be used'),
  values: field(
    names({ kind: 'text' }, 'a map from what stands in the file to what it means'),
    'what stands in the file, and what it means: "n/a": "" makes it empty',
  ),
  round: field(flag, 'round amounts with more decimals than their currency has, instead of refusing them'),
  unit: field(choice(['percent']), 'percent: 60 in the file is 60%'),
} as const;
