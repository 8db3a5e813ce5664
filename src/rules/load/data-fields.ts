import { PERIOD_KINDS } from '../../values/period.ts';
import { type Fields, field, fieldsOf } from '../document/fields.ts';
import { choice, days, exactText, names, section, text } from '../document/shapes.ts';
import { PRESET_NAMES } from '../presets/presets.ts';
import { TABLES, type TableName } from '../tables.ts';
import { COLUMN_FIELDS } from './column-fields.ts';

/** What every table may say. */
const TABLE_FIELDS = {
  file: field(
    text('the path of a CSV file', 'opportunities.csv'),
    'the CSV file, relative to this plan; TABLE.csv where not said',
  ),
  preset: field(choice(PRESET_NAMES), 'the system that the file was exported from: maps its headers and stages'),
  columns: field(
    names(
      { kind: 'either', of: [{ kind: 'text', example: 'Close Date' }, fieldsOf(() => COLUMN_FIELDS)] },
      'a map from columns to headers',
    ),
    'the header of each column in the file, and columns of your own',
  ),
  delimiter: field(
    exactText('one character, or tab', ';'),
    'what separates cells; found by itself among , ; tab and | where not said',
  ),
  encoding: field(
    text('an encoding', 'windows-1252'),
    'the encoding of the file; UTF-8, or UTF-16 with a mark, where not said',
  ),
  numbers: field(text('a number as the file writes it', '1.234,56 €'), 'how the file writes numbers, by example'),
  dates: field(text('a pattern of dates', 'DD/MM/YYYY'), 'how the file writes dates; YYYY-MM-DD where not said'),
  timezone: field(text('a time zone', 'Europe/Berlin'), 'in which zone the day of a timestamp with an offset is meant'),
} as const;

/** The fields of each table's section, the same for all but three. */
export const DATA_FIELDS = {
  people: {
    ...TABLE_FIELDS,
    target_per: field(choice(PERIOD_KINDS), 'the time that target_pay is for: month, quarter, half or year'),
  },
  quotas: {
    ...TABLE_FIELDS,
    prorate: field(
      choice(['days', 'none']),
      'what is kept of a quota whose period somebody had the job for only in part: the days concerned, or all of it',
    ),
  },
  fx: {
    ...TABLE_FIELDS,
    max_age: field(days(0), 'how many days old a rate may be; 7 days where not said'),
  },
  table: TABLE_FIELDS,
} as const;

/** The section of a table, for the schema. */
export const fieldsOfTable = (name: TableName): Fields =>
  name === 'people' || name === 'quotas' || name === 'fx' ? DATA_FIELDS[name] : DATA_FIELDS.table;

/** The whole section `data`, for the schema. */
export const DATA_SECTION: Fields = Object.fromEntries(
  TABLES.map(({ name, meaning }) => [
    name,
    field(
      section(
        fieldsOf(() => fieldsOfTable(name)),
        `how ${name} is read`,
      ),
      meaning,
    ),
  ]),
);
