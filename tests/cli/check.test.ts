import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import { CHECKED_CODES } from '../../src/findings/codes.ts';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

const HEAD = 'plan: First\ncurrency: USD\nperiod: month\n';
const SOUND = `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 6% }
`;
/** An error, a warning and a note: 600%, a param that nothing reads, a condition that is said twice. */
const WRONG = `${HEAD}params: { idle: 3% }
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, when: deal.stage == "won", rate: 6 }
`;
const WARNED = WRONG.replace('rate: 6 }', 'rate: 6% }');

const check = async (plan: string, ...args: readonly string[]) => {
  const cwd = scratch({ 'align-pay.yaml': plan });
  return { cwd, ...(await run(['check', ...args], { cwd })) };
};

describe('align-pay check', () => {
  test('a sound plan', async () => {
    const { code, stdout, stderr } = await check(SOUND);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✓ align-pay.yaml  First\n  nothing found\n');
  });

  test('errors exit 1, and each finding shows its line, with a caret, and what to write', async () => {
    const { code, stdout } = await check(WRONG);
    expect(code).toBe(1);
    expect(stdout).toContain(`error[percent-meant]: a rate of 6 is 600%
  align-pay.yaml:8:60   rewards > commission > rate
    6 |   won: { each: deal, when: deal.stage == "won" }
    7 | rewards:
    8 |   commission: { per: won, when: deal.stage == "won", rate: 6 }
      |                                                            ^
  write 6%   align-pay help percent-meant
`);
    expect(stdout).toContain('1 error, 1 warning, 1 note\n');
  });

  test('warnings exit 0, or 1 where there are more than --max-warnings', async () => {
    expect((await check(WARNED)).code).toBe(0);
    expect((await check(WARNED, '--max-warnings', '1')).code).toBe(0);
    const over = await check(WARNED, '--max-warnings', '0');
    expect(over.code).toBe(1);
    expect(over.stderr).toBe('1 warnings, more than --max-warnings 0 lets through\n');
    expect((await check(WARNED, '--max-warnings', 'few')).code).toBe(2);
  });

  test('--quiet prints neither notes nor sound plans', async () => {
    expect((await check(SOUND, '--quiet')).stdout).toBe('');
    expect((await check(WARNED, '--quiet')).stdout).not.toContain('always-true');
  });

  test('several plans, by name; one that is not there is wrong usage', async () => {
    const cwd = scratch({ 'a.yaml': SOUND, 'more/b.yaml': WRONG });
    const { code, stdout } = await run(['check', 'a.yaml', 'more/b.yaml', 'a.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stdout.match(/^[✓✗!] \S+/gm)).toEqual(['✓ a.yaml', '✗ more/b.yaml']);
    expect((await run(['check', 'c.yaml'], { cwd })).code).toBe(2);
    expect((await run(['check'], { cwd })).code).toBe(2);
  });

  test('a plan that cannot be read: what is wrong with it', async () => {
    const { code, stdout } = await check(SOUND.replace('deal.stage', 'deal.stag'));
    expect(code).toBe(1);
    expect(stdout).toContain('error[unknown-column]');
  });

  test('a baseline accepts what was there, once each', async () => {
    const first = await check(WRONG, '--format', 'json');
    const cwd = scratch({ 'align-pay.yaml': WRONG, 'known.json': first.stdout });
    const again = await run(['check', '--baseline', 'known.json'], { cwd });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('3 findings of the baseline left out');
    writeFileSync(path.join(cwd, 'align-pay.yaml'), WRONG.replace('3% }', '3%, more: 4% }'));
    const { stdout } = await run(['check', '--baseline', 'known.json', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).findings.map(({ code, path: at }: { code: string; path: string }) => [code, at])).toEqual(
      [['unused', 'params > more']],
    );
    writeFileSync(path.join(cwd, 'known.json'), '[]');
    expect((await run(['check', '--baseline', 'known.json'], { cwd })).code).toBe(2);
  });
});

describe('counterexamples', () => {
  const RETROACTIVE = `${HEAD}credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    per: won
    rate: { method: retroactive, of: quota(bookings), steps: [ { up_to: 100%, rate: 8% }, { rate: 7% } ] }
`;

  test('are printed as rows and payouts', async () => {
    const { code, stdout } = await check(RETROACTIVE);
    expect(code).toBe(0);
    expect(stdout).toContain(`  a deal of 100,000.00:
    deals.csv         deal_id,owner,close_date,amount,stage
                      deal,ana,2026-12-15,100000.00,won
    pays              ana commission 8,000.00
  a deal of 100,000.01:
    deals.csv         deal_id,owner,close_date,amount,stage
                      deal,ana,2026-12-15,100000.01,won
    pays              ana commission 7,000.00
`);
  });

  test('are true when their rows are given to compute', async () => {
    const { cwd, stdout } = await check(RETROACTIVE, '--format', 'json');
    const { findings } = JSON.parse(stdout);
    const { cases } = findings.find((one: { code: string }) => one.code === 'selling-more-pays-less').counterexample;
    expect(cases.length).toBe(2);
    for (const { tables, period, paid } of cases) {
      for (const [table, rows] of Object.entries<Record<string, string>[]>(tables)) {
        const columns = Object.keys(rows[0] ?? {});
        const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => row[column]).join(','))];
        writeFileSync(path.join(cwd, `${table}.csv`), `${lines.join('\n')}\n`);
      }
      const computed = await run(['compute', 'deals.csv', '--period', period, '--format', 'json'], { cwd });
      const { payouts } = JSON.parse(computed.stdout);
      const found = paid.map(({ person, reward }: { person: string; reward: string }) =>
        payouts.find((one: { person_id: string; reward: string }) => one.person_id === person && one.reward === reward),
      );
      expect(found.map(({ amount }: { amount: string }) => amount)).toEqual(
        paid.map(({ amount }: { amount: string }) => amount),
      );
    }
  });

  test('are written as tests that fail until the plan is mended', async () => {
    const { cwd, stderr } = await check(RETROACTIVE, '--write-tests', 'tests/found.test.yaml');
    expect(stderr).toBe('wrote tests/found.test.yaml\n');
    expect((await run(['test'], { cwd })).code).toBe(1);
    writeFileSync(path.join(cwd, 'align-pay.yaml'), RETROACTIVE.replace('retroactive', 'marginal'));
    expect((await run(['test'], { cwd })).code).toBe(0);
    // What check has written it may write again, and nothing else.
    expect((await run(['check', '--write-tests', 'tests/found.test.yaml'], { cwd })).code).toBe(0);
    writeFileSync(path.join(cwd, 'mine.test.yaml'), 'plan: align-pay.yaml\n');
    expect((await run(['check', '--write-tests', 'mine.test.yaml'], { cwd })).code).toBe(2);
  });

  test('--with-data computes the plan with its tables', async () => {
    const rows = 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-15,1000.00,Won\n';
    const cwd = scratch({ 'align-pay.yaml': SOUND, 'deals.csv': rows });
    expect((await run(['check'], { cwd })).stdout).toContain('nothing found');
    const { stdout } = await run(['check', '--with-data'], { cwd });
    expect(stdout).toContain('warning[text-never-found]');
    expect(stdout).toContain('did you mean "Won"?');
  });

  test('--show-example prints the neutral example', async () => {
    const { stdout } = await check(SOUND, '--show-example');
    expect(stdout).toContain('    d10,ana,2026-12-15,10000.00,won\n');
  });
});

describe('exceptions', () => {
  const EXCUSED = `${WARNED}checks:
  unused: { level: off, because: comes in spring }
  always-true: { level: warning, because: we want to know, only: [commission] }
`;
  const codes = async (plan: string) => {
    const { stdout } = await check(plan, '--format', 'json');
    return JSON.parse(stdout).findings.map(
      ({ code, severity }: { code: string; severity: string }) => `${severity} ${code}`,
    );
  };

  test('change the level of findings, of all or of some', async () => {
    expect(await codes(EXCUSED)).toEqual(['warning always-true']);
    expect(await codes(EXCUSED.replace('[commission]', '[bonus]'))).toEqual([
      'note always-true',
      'warning unused-exception',
    ]);
  });

  test('need a reason, and a code that check finds', async () => {
    expect(await codes(EXCUSED.replace(', because: comes in spring', ''))).toEqual(['error missing-key']);
    expect(await codes(EXCUSED.replace('unused:', 'unsued:'))).toEqual(['error unknown-key']);
    expect(await codes(EXCUSED.replace('unused:', 'unknown-name:'))).toEqual(['error unknown-key']);
    expect(await codes(EXCUSED.replace('level: off', 'more_than: 5%'))).toEqual(['error invalid-value']);
  });
});

describe('for machines', () => {
  const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false,
    formats: { uri: true, 'uri-reference': true, 'date-time': true },
  });
  const valid = ajv.compile(
    JSON.parse(readFileSync(path.join(root, 'tests/fixtures/sarif-2.1.0.schema.json'), 'utf8')),
  );

  test('SARIF 2.1.0, with rules, help, positions and relative URIs', async () => {
    const cwd = scratch({ 'my plans/märz.yaml': WRONG });
    const { stdout } = await run(['check', 'my plans/märz.yaml', '--format', 'sarif'], { cwd });
    const sarif = JSON.parse(stdout);
    expect(valid(sarif) ? [] : valid.errors).toEqual([]);
    const [{ tool, results }] = sarif.runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([...CHECKED_CODES].sort());
    for (const rule of tool.driver.rules) expect(rule.help.text).toContain(`# ${rule.id}\n`);
    const meant = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'percent-meant');
    expect(tool.driver.rules[meant.ruleIndex].id).toBe('percent-meant');
    expect(meant.level).toBe('error');
    expect(meant.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'my%20plans/m%C3%A4rz.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 8, startColumn: 60, endColumn: 61 },
    });
  });

  test('SARIF of a plan that cannot be read, and of a sound one', async () => {
    for (const plan of [SOUND, 'plan: [', SOUND.replace('deal.stage', 'x.y')]) {
      const sarif = JSON.parse((await check(plan, '--format', 'sarif')).stdout);
      expect(valid(sarif) ? [] : valid.errors).toEqual([]);
    }
  });

  test('GitHub’s annotations', async () => {
    const { stdout } = await check(WRONG, '--format', 'github');
    expect(stdout).toContain(
      '::error file=align-pay.yaml,line=8,col=60,title=percent-meant::a rate of 6 is 600%25%0Awrite 6%25\n',
    );
    expect(stdout).toContain('::notice file=align-pay.yaml,line=8,col=33,title=always-true::');
    expect(stdout.endsWith('1 plan checked, 3 found\n')).toBe(true);
  });

  test('JUnit: a suite a plan, a case a code; warnings fail where they are too many', async () => {
    const { stdout } = await check(WRONG, '--format', 'junit');
    expect(stdout).toContain(`<testsuites name="align-pay check" tests="${CHECKED_CODES.length}" failures="1"`);
    expect(stdout).toContain(
      '<testcase name="percent-meant" classname="align-pay.yaml" file="align-pay.yaml" line="8" time="0">',
    );
    expect(stdout).toContain('<system-out>align-pay.yaml:4 warning[unused]: nothing reads the param idle</system-out>');
    const strict = await check(WRONG, '--format', 'junit', '--max-warnings', '0');
    expect(strict.stdout).toContain(`tests="${CHECKED_CODES.length}" failures="2"`);
  });

  test('JSON: one object, findings with the fields of every finding', async () => {
    const { stdout } = await check(WRONG, '--format', 'json');
    const { errors, warnings, notes, plans, findings } = JSON.parse(stdout);
    const linkage = [{ pay: 'sales', results: 'sales', moved: '0.1' }];
    expect({ errors, warnings, notes, plans }).toEqual({
      errors: 1,
      warnings: 1,
      notes: 1,
      plans: [{ file: 'align-pay.yaml', name: 'First', accepted: 0, linkage, sampled: [], unexamined: [] }],
    });
    expect(findings[0]).toMatchObject({ code: 'unused', severity: 'warning', file: 'align-pay.yaml', line: 4 });
  });
});
