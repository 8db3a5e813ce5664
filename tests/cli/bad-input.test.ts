import { readdirSync, rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { BAD_INPUT, type BadInput } from './bad-input.ts';
import { folderOf, type Outcome, run } from './run.ts';

interface Said {
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly hint: string | null;
    readonly file: string | null;
    readonly line: number | null;
    readonly column: number | null;
  }[];
}

/** What the program said of each, and the names of the files that stood there afterwards. */
const outcomes = new Map<BadInput, Outcome & { readonly left: readonly string[] }>();

beforeAll(async () => {
  const waiting = [...BAD_INPUT];
  const work = async (): Promise<void> => {
    for (let bad = waiting.pop(); bad !== undefined; bad = waiting.pop()) {
      const cwd = folderOf(bad.files);
      const outcome = await run(['compute', 'deals.csv', '--format', 'json'], { cwd });
      outcomes.set(bad, { ...outcome, left: readdirSync(cwd).sort() });
      rmSync(cwd, { recursive: true, force: true });
    }
  };
  await Promise.all([work(), work()]);
}, 120_000);

test.each(BAD_INPUT.map((bad) => [bad.name, bad] as const))('%s', (_, bad) => {
  const { code, stdout, stderr, left } = outcomes.get(bad) ?? { code: null, stdout: '', stderr: '', left: [] };
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const { findings }: Said = JSON.parse(stdout);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const places = errors.map((one) => {
    const place = [one.file, one.line, one.column].filter((part) => part !== null && part !== undefined);
    return `${place.join(':')} ${one.code}`.trim();
  });
  expect(places).toEqual(bad.says);
  const words = errors.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');
  for (const part of bad.holds ?? []) expect(words).toContain(part);
  expect(left).toEqual(Object.keys(bad.files).sort());
});
