import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../docs/blocks.ts';
import { DEFAULTS, PLAN } from '../plan-test/running.ts';
import { run, scratch } from './run.ts';

const passing = '  - { name: The accelerator pays on the excess, expect: { ana: { sales_commission: 7800.00 } } }\n';
const failing = '  - { name: "A <wrong> \\"one\\" & more", expect: { ana: { sales_commission: 7900.00 } } }\n';
const testFile = (...cases: readonly string[]): string => `plan: plan.yaml\n${DEFAULTS}cases:\n${cases.join('')}`;
const project = (...cases: readonly string[]): string =>
  scratch({ 'plan.yaml': PLAN, 'a.test.yaml': testFile(...cases) });

test('the examples pass, are covered in full, and no change of theirs goes unnoticed', async () => {
  const args = ['test', 'examples', '--min-coverage', '100%', '--mutate', '--min-noticed', '100%'];
  const { code, stdout, stderr } = await run(args, { cwd: root });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('41 cases in 3 files: 41 passed');
});

test('without names, every *.test.yaml here and below is run, but none in node_modules or hidden folders', async () => {
  const cwd = scratch({
    'plans/plan.yaml': PLAN,
    'plans/a.test.yaml': testFile(passing),
    'plans/deep/b.test.yaml': testFile(passing).replace('plan.yaml', '../plan.yaml'),
    'node_modules/x/c.test.yaml': 'no plan',
    '.hidden/d.test.yaml': 'no plan',
    'plans/e.yaml': 'no plan',
  });
  const { code, stdout } = await run(['test'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe(
    '✓ plans/a.test.yaml  1 case\n✓ plans/deep/b.test.yaml  1 case\n\n2 cases in 2 files: 2 passed\n',
  );
});

test('a failing case exits 1 and prints expected, actual, the difference and the derivation down to the steps', async () => {
  const { code, stdout, stderr } = await run(['test'], { cwd: project(passing, failing) });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toContain('sales_commission of ana: expected 7900.00, got 7800.00 (100.00 too little)');
  expect(stdout).toContain('a.test.yaml:9');
  expect(stdout).toMatch(/line 1: 2026-02-01 d1 {2}a\.test\.yaml:6 +7,800\.00/);
  expect(stdout).toMatch(/100,000\.00 × 6% \+ 20,000\.00 × 9% {2}plan\.yaml:13 +7,800\.00/);
  expect(stdout).toContain('20,000.00 of it is beyond 100,000.00 (100% of quota(bookings)), where');
  expect(stdout).toContain('hand_over: × 100%');
  expect(stdout).toContain('quota(bookings) of ana = 100,000.00');
  expect(stdout).toMatch(/2 cases in 1 file: 1 passed, 1 failed\n$/);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('--format json is one object, amounts as text', async () => {
  const { code, stdout } = await run(['test', '--format', 'json', '--coverage'], { cwd: project(passing, failing) });
  expect(code).toBe(1);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({
    passed: 1,
    failed: 1,
    findings: [],
    files: [{ file: 'a.test.yaml', plan: 'plan.yaml', passed: false }],
  });
  expect(told.files[0].cases[1]).toMatchObject({
    line: 9,
    passed: false,
    checks: [{ kind: 'payout', expected: '7900.00', actual: '7800.00', difference: '-100.00', line: 9 }],
  });
  const [payout] = told.files[0].cases[1].checks[0].derivation;
  expect(payout).toMatchObject({ kind: 'payout', amount: '7800.00', below: [{ kind: 'line', amount: '7800.00' }] });
  expect(payout.below[0].below[1]).toMatchObject({ kind: 'pay', text: '100,000.00 × 6% + 20,000.00 × 9%' });
  expect(told.coverage[0]).toMatchObject({ plan: 'plan.yaml', covered: 7, all: 16, percent: '43.7%' });
});

test('--format junit is XML as CI systems read it', async () => {
  const { code, stdout } = await run(['test', '--format', 'junit'], { cwd: project(passing, failing) });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="align-pay test" tests="2" failures="1" errors="0" time="0">\n {2}<testsuite name="a.test.yaml" tests="2" failures="1" errors="0" skipped="0" time="0">\n/,
  );
  expect(stdout).toContain(
    'name="A &lt;wrong&gt; &quot;one&quot; &amp; more" classname="a.test.yaml" file="a.test.yaml" line="9"',
  );
  expect(stdout).toContain(
    '<failure message="sales_commission of ana: expected 7900.00, got 7800.00 (100.00 too little)" type="failure">',
  );
  // every element that is opened is closed, in order
  const open: string[] = [];
  for (const [, close, name = '', , alone] of stdout
    .replace(/<\?.*?\?>/, '')
    .matchAll(/<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name);
    else if (alone !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  expect(stdout.replace(/<[^>]*>/g, '').match(/[<>]|&(?!(?:lt|gt|amp|quot);)/)).toBeNull();
});

test('--format github annotates the line of the case', async () => {
  const { code, stdout } = await run(['test', '--format', 'github'], { cwd: project(passing, failing) });
  expect(code).toBe(1);
  expect(stdout).toBe(
    '::error file=a.test.yaml,line=9,col=76,title=A <wrong> "one" & more::sales_commission of ana: expected 7900.00, got 7800.00 (100.00 too little)\n1 of 2 cases passed\n',
  );
});

test('--filter runs the cases with these words, whatever their case; none of them is wrong usage', async () => {
  const cwd = project(passing, failing);
  const { code, stdout } = await run(['test', '--filter', 'ACCELERATOR'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('1 case, 1 left out');
  expect((await run(['test', '--filter', 'nothing like it'], { cwd })).code).toBe(2);
});

test('--min-coverage is held against the exact share', async () => {
  const cwd = project(passing);
  const enough = await run(['test', '--min-coverage', '43.75%'], { cwd });
  expect(enough.code).toBe(0);
  const { code, stderr } = await run(['test', '--min-coverage', '43.751%'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toBe(
    'plan.yaml: coverage is 43.7% (7 of 16), below what --min-coverage asks for; --coverage shows what is missing\n',
  );
  expect((await run(['test', '--min-coverage', 'most'], { cwd })).code).toBe(2);
});

test('--coverage-lcov writes a tracefile', async () => {
  const cwd = project(passing);
  expect((await run(['test', '--coverage-lcov', 'out/lcov.info'], { cwd })).code).toBe(0);
  expect(readFileSync(path.join(cwd, 'out/lcov.info'), 'utf8')).toMatch(/^TN:\nSF:plan.yaml\n/);
});

test('--mutate says what no case notices, and does not begin where a case fails', async () => {
  const { code, stdout } = await run(['test', '--mutate'], { cwd: project(passing) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/plan.yaml: \d+ of \d+ changes are noticed/);
  expect(stdout).toContain('    - cap: 100000 USD\n    + left out');
  expect((await run(['test', '--mutate'], { cwd: project(failing) })).stdout).not.toContain('are noticed');
  expect((await run(['test', '--mutate', '--min-noticed', '100%'], { cwd: project(passing) })).code).toBe(1);
});

test('a plan that cannot be read exits 1 and shows its line', async () => {
  const cwd = scratch({ 'plan.yaml': PLAN.replace('rate: 9%', 'rate: 9 %'), 'a.test.yaml': testFile(passing) });
  const { code, stdout } = await run(['test'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('error[syntax-error]');
  expect(stdout).toContain('plan.yaml:21');
  expect(stdout).toContain('1 file not run');
});

test('a file or folder that is not there, or holds no tests, is wrong usage', async () => {
  const cwd = scratch({ 'empty/x.yaml': '' });
  for (const args of [['test'], ['test', 'empty'], ['test', 'no.test.yaml']]) {
    const { code, stdout } = await run(args, { cwd });
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
  }
});

test('--quiet prints nothing where all is well', async () => {
  expect(await run(['test', '--quiet'], { cwd: project(passing) })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('--watch runs again when the plan changes, also while it runs', async () => {
  const { spawn } = await import('node:child_process');
  const { executable } = await import('./run.ts');
  const cwd = project(passing);
  const child = spawn(process.execPath, [executable, 'test', '--watch'], { cwd });
  const seen: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
  const until = async (words: string): Promise<void> => {
    for (let i = 0; i < 1000 && !seen.join('').includes(words); i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await until('1 passed');
  writeFileSync(path.join(cwd, 'plan.yaml'), PLAN.replace('rate: 9%', 'rate: 10%'));
  await until('1 failed');
  child.kill();
  expect(seen.join('')).toContain('expected 7800.00, got 8000.00 (200.00 too much)');
});
