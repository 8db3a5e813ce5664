import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PRESETS } from '../../src/rules/presets/presets.ts';
import { root } from './blocks.ts';

const INTRO = `# Presets

A preset knows the headers of a system's exports and what its stages mean. \`data: deals: { file: opportunities.csv, preset: salesforce }\` reads such a
file as it is; the case of headers and blanks around them do not matter, and of several that a column may have, one must be there where the
column is required. \`columns:\` under the same table goes over the preset, for what only your company has.

A campaign member of Salesforce knows no opportunity, so attributions come from Campaign Influence.

This page is written from the presets themselves (\`UPDATE=1 npx vitest run tests/docs/presets.test.ts\`).
`;

/** The page as the presets are. */
const page = (): string => {
  const sections = PRESETS.map((preset) => {
    const tables = Object.entries(preset.tables).map(([table, { from, columns }]) => {
      const rows = Object.entries(columns).map(([name, { headers, values, percent }]) => {
        const meanings = Object.entries(values ?? {}).map(
          ([text, meaning]) => `\`${text}\` is ${meaning === '' ? 'empty' : meaning}`,
        );
        const notes = [...meanings, ...(percent === true ? ['60 means 60%'] : [])].join(', ');
        return `| ${name} | ${headers.map((header) => `\`${header}\``).join(', ')} | ${notes} |`;
      });
      return [`### ${table}: ${from}`, '', '| column | headers | values |', '| --- | --- | --- |', ...rows, ''].join(
        '\n',
      );
    });
    return [`## ${preset.name}`, '', `${preset.meaning}.`, '', ...tables].join('\n');
  });
  return `${INTRO}\n${sections.join('\n').trimEnd()}\n`;
};

test('docs/presets.md says what the presets read', () => {
  const file = path.join(root, 'docs/presets.md');
  if (process.env.UPDATE === '1') writeFileSync(file, page());
  expect(readFileSync(file, 'utf8')).toBe(page());
});
