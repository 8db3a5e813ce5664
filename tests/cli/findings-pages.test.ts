import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CODES, FINDING_CODES } from '../../src/findings/codes.ts';
import { HAS_SSH } from '../change/office.ts';
import { run, scratch } from './run.ts';

const folder = fileURLToPath(new URL('../../docs/findings/', import.meta.url));
const page = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

type Files = Record<string, string | Buffer>;

interface Example {
  readonly files: Files;
  readonly args: readonly string[] | undefined;
}

/** The files of a page's blocks, each named behind its language; `bytes` takes `\xEB` for a byte. */
const exampleIn = (markdown: string): Example => {
  const files: Files = {};
  let args: string[] | undefined;
  for (const [, language, name = '', mark, text = ''] of markdown.matchAll(
    /^```(\w+) ?(\S*) ?(\w*)\n((?:.|\n)*?)^```$/gm,
  )) {
    if (language === 'sh') args = text.trim().split(' ').slice(1);
    else if (mark === 'bytes') files[name] = bytesOf(text.trimEnd());
    else files[name] = text;
  }
  return { files, args };
};

const bytesOf = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\x([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );

const base = exampleIn(page('README.md')).files;

/** The codes that an example raises, by severity, and its exit code. */
const raisedBy = async ({ files, args = ['compute', 'deals.csv'] }: Example) => {
  const { code, stdout, stderr } = await run([...args, '--format', 'json'], { cwd: scratch(files) });
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string; message: string }[] };
  const codes = new Set(findings.map((finding) => finding.code));
  const errors = new Set(findings.filter(({ severity }) => severity === 'error').map((finding) => finding.code));
  return { code, codes: [...codes], errors: [...errors] };
};

test('there is a page for each code, and the index lists them', () => {
  const pages = readdirSync(folder).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(FINDING_CODES.map((code) => `${code}.md`).sort());
  const listed = [...page('README.md').matchAll(/^- \[(\S+)\]\((\S+)\.md\): (.*)$/gm)].map(([, ...parts]) => parts);
  expect(listed).toEqual(FINDING_CODES.map((code) => [code, code, CODES[code].title]));
});

describe.each(FINDING_CODES)('%s', (code) => {
  const markdown = page(`${code}.md`);
  const [before = '', after = ''] = markdown.split('\n## Mended\n');
  const bad = exampleIn(before);
  const mended = exampleIn(after);
  // Signatures are checked by ssh-keygen, which comes with openssh-client.
  const checked = test.skipIf(bad.args?.includes('--approved') === true && !HAS_SSH);

  checked('the example raises it, and no other error', async () => {
    expect(markdown.startsWith(`# ${code}\n`)).toBe(true);
    const raised = await raisedBy({ files: { ...base, ...bad.files }, args: bad.args });
    expect(raised.codes).toContain(code);
    expect(raised.errors.filter((each) => each !== code)).toEqual([]);
    expect(raised.code).toBe(raised.errors.length > 0 ? 1 : 0);
  });

  checked('mended, nothing is wrong', async () => {
    const files = { ...base, ...bad.files, ...mended.files };
    const raised = await raisedBy({ files, args: mended.args ?? bad.args });
    expect(raised).toMatchObject({ code: 0, errors: [] });
    expect(raised.codes).not.toContain(code);
  });
});
