import type { TableName } from '../tables.ts';

/** How one column stands in a system's exports. */
export interface PresetColumn {
  /** The headers it may have: API name, label in reports, name in data exports. */
  readonly headers: readonly string[];
  /** Values as the system writes them → what they mean; '' is an empty cell. */
  readonly values?: Readonly<Record<string, string>>;
  /** 60 means 60%. */
  readonly percent?: boolean;
}

export interface PresetTable {
  /** Which export this is, in the system's own words. */
  readonly from: string;
  readonly columns: Readonly<Record<string, PresetColumn>>;
  /** The table is not a row a record: `ecb` has a column for each currency. */
  readonly shape?: 'ecb';
}

/** What a system's exports look like. */
export interface Preset {
  readonly name: string;
  readonly meaning: string;
  readonly tables: Readonly<Partial<Record<TableName, PresetTable>>>;
}

/** Headers alone, the commonest entry. */
export const headers = (...names: readonly string[]): PresetColumn => ({ headers: names });
