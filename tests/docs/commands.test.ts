import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readTestFiles } from '../../src/plan-test/suite.ts';
import { run, scratch } from '../cli/run.ts';
import { blocksOf, root } from './blocks.ts';

/** The words of a command line, quotes taken off. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

test.each(['docs/test.md', 'docs/init.md', 'docs/check.md', 'docs/change.md', 'docs/campaigns.md', 'docs/explain.md'])(
  'the commands of %s print what stands there',
  async (page) => {
    const blocks = blocksOf(page);
    const files = blocks.filter(({ name }) => /\.(?:yaml|csv)$/.test(name));
    const cwd = scratch(
      Object.fromEntries(files.filter(({ name }) => name !== 'wrong.test.yaml').map(({ name, text }) => [name, text])),
    );
    const wrong = scratch(Object.fromEntries(files.map(({ name, text }) => [name, text])));
    const transcripts = blocks.filter(({ kind }) => kind === 'console');
    expect(transcripts.length).toBeGreaterThan(0);
    for (const { text, line } of transcripts) {
      const [command = '', ...output] = text.split('\n');
      const args = words(command.replace('$ align-pay ', ''));
      const { stdout } = await run(args, { cwd: args.includes('wrong.test.yaml') ? wrong : cwd });
      expect({ line, stdout }).toEqual({ line, stdout: output.join('\n') });
    }
    for (const { text } of blocks.filter(({ name }) => name === 'written')) {
      expect(readFileSync(path.join(cwd, 'align-pay.yaml'), 'utf8')).toBe(text);
    }
  },
);

test('the commands of docs/pilot.md print what stands there, on the examples', async () => {
  const transcripts = blocksOf('docs/pilot.md').filter(({ kind }) => kind === 'console');
  expect(transcripts.length).toBeGreaterThan(0);
  for (const { text, line } of transcripts) {
    const [command = '', ...output] = text.split('\n');
    const { stdout } = await run(words(command.replace('$ align-pay ', '')), { cwd: root });
    expect({ line, stdout }).toEqual({ line, stdout: output.join('\n') });
  }
});

test('the commands of docs/report.md print what stands there, on the examples', async () => {
  const transcripts = blocksOf('docs/report.md').filter(({ kind }) => kind === 'console');
  expect(transcripts.length).toBeGreaterThan(0);
  const cwd = scratch();
  symlinkSync(path.join(root, 'examples'), path.join(cwd, 'examples'));
  for (const { text, line } of transcripts) {
    const [command = '', ...output] = text.split('\n');
    const { stdout } = await run(words(command.replace('$ align-pay ', '')), { cwd });
    expect({ line, stdout }).toEqual({ line, stdout: output.join('\n') });
  }
});

test('what docs/test.md says a case may expect can be read', () => {
  const block = blocksOf('docs/test.md').find(({ name }) => name === 'expect');
  const text = `plan: align-pay.yaml\ncases:\n  - name: all\n${block?.text.replace(/^/gm, '    ')}`;
  const [file] = readTestFiles([{ file: 'a.test.yaml', text }], {
    readText: () => undefined,
    resolvePath: (_, written) => written,
  });
  expect(file?.findings).toEqual([]);
  expect(file?.test?.cases[0]?.findings).toEqual([]);
  expect(file?.test?.cases[0]?.expects.map(({ kind }) => kind)).toEqual([
    'payout',
    'total',
    'payout',
    'factor',
    'line',
    'unpaid',
    'total',
  ]);
});
