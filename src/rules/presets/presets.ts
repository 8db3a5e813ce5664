import type { TableName } from '../tables.ts';
import { ecb } from './ecb.ts';
import { hubspot } from './hubspot.ts';
import type { Preset, PresetTable } from './preset.ts';
import { salesforce } from './salesforce.ts';

/** Every preset; a new one is a file beside this and a line here. */
export const PRESETS: readonly Preset[] = [salesforce, hubspot, ecb];

export const PRESET_NAMES: readonly string[] = PRESETS.map((preset) => preset.name);

/** What a preset says of a table; undefined where there is no such preset or it says nothing of it. */
export const presetTable = (name: string | undefined, table: TableName): PresetTable | undefined =>
  PRESETS.find((preset) => preset.name === name)?.tables[table];
