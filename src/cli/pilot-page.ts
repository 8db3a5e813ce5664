import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageData } from '../page/page-data.ts';
import { columnsNeeded } from '../pilot/columns-needed.ts';
import { type PilotAsk, periodsText, type VariantSpec } from '../pilot/pilot.ts';
import { tablesText } from '../pilot/tables-text.ts';
import { type PageParts, pilotPage } from '../report/pilot/pilot-page.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { version } from './version.ts';

/** The page's script and style, as they were built beside the program. */
declare const PILOT_PAGE: string;

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64');

const parts = (): PageParts => {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  const file = path.join(folder, PILOT_PAGE);
  if (!existsSync(file)) throw new Error(`${PILOT_PAGE} is not where the program is: it was not built whole`);
  const { script, style } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly script: string;
    readonly style: string;
  };
  return { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
};

export interface PageRequest {
  readonly plan: Plan;
  /** The plans of variant files, for the columns that they read. */
  readonly plans: readonly Plan[];
  readonly variants: readonly VariantSpec[];
  readonly tables: Tables;
  readonly ask: PilotAsk;
  readonly pseudonyms: boolean;
}

/** The pilot page as one file. */
export const pageText = ({ plan, plans, variants, tables, ask, pseudonyms }: PageRequest): string => {
  // Paths as seen from the plan: a page does not tell where on somebody's machine it was made.
  const folder = path.dirname(plan.file);
  const shown = (file: string): string => path.relative(folder, file).split(path.sep).join('/');
  const { texts, paths } = ask.files;
  const data: PageData = {
    version,
    plan: { name: plan.name, file: shown(plan.file), currency: plan.currency, digits: plan.digits },
    periods: { from: ask.periods?.from ?? '', to: ask.periods?.to ?? '' },
    starts: [
      { name: 'today', file: shown(plan.file), settings: [] },
      ...variants.map((spec) => ({ ...spec, file: shown(spec.file) })),
    ],
    ask: {
      ...ask,
      draws: 0,
      deep: false,
      files: {
        texts: texts.map(([file, text]) => [shown(file), text]),
        paths: paths.map(([from, written, file]) => [shown(from), written, shown(file)]),
      },
    },
    tables: tablesText(tables, columnsNeeded([plan, ...plans]), shown),
    pseudonyms,
  };
  return pilotPage({ plan: plan.name, periods: periodsText(ask), currency: plan.currency }, data, parts());
};
