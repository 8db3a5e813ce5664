import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type IConfiguration } from 'dependency-cruiser';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules: IConfiguration = createRequire(import.meta.url)('../.dependency-cruiser.cjs');

const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({
    file: `src/${name.split(path.sep).join('/')}`,
    lines: readFileSync(path.join(root, 'src', name), 'utf8').split('\n'),
  }));

test('arrows between folders point down only', async () => {
  const { output } = await cruise(['src'], { ...rules.options, baseDir: root, validate: true, ruleSet: rules });
  if (typeof output === 'string') throw new Error(output);
  const comments = new Map(rules.forbidden?.map((rule) => [rule.name, rule.comment]));
  const violations = output.summary.violations.map(
    ({ from, to, rule }) => `${from} -> ${to}: ${rule.name}\n  ${comments.get(rule.name) ?? ''}`,
  );
  expect(output.summary.totalCruised).toBeGreaterThanOrEqual(sources.length);
  expect(violations.join('\n')).toBe('');
});

/** What makes a result depend on the machine, the day, the locale or luck, or lets binary fractions near an amount. */
const impure = [
  [/\bDate\.now\(/, 'the clock: take the time as an argument'],
  [/\bnew Date\b/, 'the clock or a lenient calendar: src/values has dates'],
  [/\bperformance\.now\(/, 'the clock: take the time as an argument'],
  [/\bMath\.random\(/, 'luck: take a seed as an argument'],
  [/\.toLocale\w*\(/, "the machine's locale: write the form out"],
  [/\blocaleCompare\(/, "the machine's locale: compare with <"],
  [/\bIntl\./, "the machine's locale data: keep a dated table of our own"],
  [/\bparseFloat\(/, 'binary floating point: src/values reads decimals'],
  [/\bprocess\.(env|cwd|argv|platform|std)/, 'the surroundings: take what is needed as an argument'],
] as const;

test('what computes and what renders depends on its arguments only', () => {
  const found = sources
    .filter(({ file }) => !/^src\/(cli|io)\//.test(file))
    .flatMap(({ file, lines }) =>
      lines.flatMap((line, index) => {
        const code = line.replace(/^\s*(\/?\*|\/\/).*|\s\/\/ .*$/, '');
        return impure
          .filter(([pattern]) => pattern.test(code))
          .map(([, instead]) => `${file}:${index + 1}: ${line.trim()} -- ${instead}`);
      }),
    );
  expect(found.join('\n')).toBe('');
});

test('files have one subject: few lines at the median, none very long', () => {
  const sizes = sources.map(({ file, lines }) => ({ file, size: lines.length })).sort((a, b) => a.size - b.size);
  const median = sizes[Math.floor(sizes.length / 2)];
  expect(median?.size).toBeLessThan(120);
  expect(sizes.filter(({ size }) => size > 500)).toEqual([]);
});
