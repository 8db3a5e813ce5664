import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../cli/run.ts';
import { root } from './blocks.ts';

const page = (name: string): string => readFileSync(path.join(root, name), 'utf8');

/** The keys of a JSON Schema, wherever they stand. */
const keysOf = (schema: unknown): ReadonlySet<string> => {
  const keys = new Set<string>();
  JSON.stringify(schema, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'properties' in value) {
      for (const key of Object.keys(Object(value.properties))) keys.add(key);
    }
    return value;
  });
  return keys;
};

/** What a page has in code or in tables: between backticks, in blocks, between bars. */
const codeIn = (text: string): string => [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`|^\|.*$/gm)].join('\n');

test.each([
  ['plan', ['docs/language.md']],
  ['test', ['docs/language.md', 'docs/test.md']],
] as const)('every key of a %s file is in %j', async (kind, names) => {
  const { stdout } = await run(['schema', '--for', kind]);
  const code = names.map((name) => codeIn(page(name))).join('\n');
  const said = (key: string): boolean => new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(code);
  expect([...keysOf(JSON.parse(stdout))].filter((key) => !said(key))).toEqual([]);
});

test('the README leads to every page, and every folder of src is explained', () => {
  const pages = readdirSync(path.join(root, 'docs')).filter((name) => name !== 'findings');
  expect(pages.filter((name) => !page('README.md').includes(`(docs/${name})`))).toEqual([]);
  const folders = readdirSync(path.join(root, 'src')).map((name) => `\`src/${name}/\``);
  for (const name of ['docs/architecture.md', 'CONTRIBUTING.md']) {
    expect([name, folders.filter((folder) => !page(name).includes(`| ${folder} |`))]).toEqual([name, []]);
  }
});

test('what the pages link to is there', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)];
  const broken = pages
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...page(name).matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)/g)].flatMap(([, file = '', anchor]) => {
        const target = file === '' ? name : path.join(path.dirname(name), file);
        try {
          if (anchor === undefined)
            return readdirSync(path.join(root, path.dirname(target))).includes(path.basename(target))
              ? []
              : [`${name}: ${file}`];
          return anchorsOf(page(target)).includes(anchor) ? [] : [`${name}: ${file}${anchor}`];
        } catch {
          return [`${name}: ${file}`];
        }
      }),
    );
  expect(broken).toEqual([]);
});

/** The anchors that GitHub gives headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(
    ([, heading = '']) =>
      `#${heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-')}`,
  );
