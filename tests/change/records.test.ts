import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run, scratch } from '../cli/run.ts';
import { HAS_SSH, has, Office, PEOPLE, PLAN, ROWS } from './office.ts';

const SMALL = PLAN.replace('notice: 30 days', 'notice: 0 days').replace(
  'sign_off: [ head_of_sales, head_of_marketing, liaison, finance ]',
  'sign_off: [ head_of_sales ]',
);

const office = (plan = SMALL): Office => new Office({ 'align-pay.yaml': plan, ...ROWS }, PEOPLE);

describe.skipIf(!HAS_SSH)('signatures that are refused (needs git and ssh-keygen)', () => {
  test('a replay from another plan', async () => {
    const here = office();
    here.write({ 'other/align-pay.yaml': SMALL.replace('plan: Sales 2027', 'plan: Services 2027') });
    const signed = await here.run('sign', 'other/align-pay.yaml', '--as', 'head_of_sales', '--key', here.key('sara'));
    const file = signed.stdout.split('\n')[0] ?? '';
    mkdirSync(path.join(here.folder, 'approvals/2027-01-01'), { recursive: true });
    copyFileSync(path.join(here.folder, file), path.join(here.folder, 'approvals/2027-01-01/a.yaml'));
    const { code, found } = await here.missing();
    expect(code).toBe(1);
    expect(found.join('\n')).toContain(
      'invalid-record: approvals/2027-01-01/a.yaml does not count: it is of another plan, “Services 2027”',
    );
    expect(found.join('\n')).toContain('head_of_sales (sara) has not signed');
  });

  test('a replay of another first day', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara');
    const [record = ''] = here.records();
    here.change('align-pay.yaml', 'effective: 2027-01-01', 'effective: 2027-02-01');
    mkdirSync(path.join(here.folder, 'approvals/2027-02-01'));
    copyFileSync(path.join(here.folder, record), path.join(here.folder, 'approvals/2027-02-01/a.yaml'));
    expect((await here.missing()).found.join('\n')).toContain(
      'invalid-record: approvals/2027-02-01/a.yaml does not count: it is of a plan that is in force from 2027-01-01, not from 2027-02-01',
    );
  });

  test('a role that somebody else has by now', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara');
    here.change('align-pay.yaml', 'head_of_sales: sara', 'head_of_sales: ana');
    expect((await here.missing()).found.join('\n')).toContain('sara signed as head_of_sales, which is ana');
  });

  test('one that was altered, in any of its words', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara', '--comment', 'I agree');
    const [record = ''] = here.records();
    const honest = here.read(record);
    for (const [from, to] of [
      ['I agree', 'I agree to all'],
      ['2026-11-01', '2026-10-01'],
      ['sign_off"', 'objection"'],
    ] as const) {
      here.write({ [record]: honest.replace(from, to) });
      expect((await here.missing()).found.join('\n')).toContain('the signature is not of this text');
    }
    // Its form is not what was signed.
    here.write({
      [record]: honest.replaceAll('\n', '\r\n').replace('role: "head_of_sales"', "role:   'head_of_sales'"),
    });
    expect((await here.missing()).found).toEqual([]);
    here.write({ [record]: `record: sign_off\n${'# '.repeat(50_000)}\n` });
    expect((await here.missing()).found.join('\n')).toContain('it cannot be read as a record');
    here.write({ [record]: 'record: sign_off\n' });
    expect((await here.missing()).found.join('\n')).toContain('it cannot be read as a record');
  });

  test('one that was altered is mended by signing again', async () => {
    const here = office();
    const { stdout } = await here.sign('head_of_sales', 'sara', '--comment', 'I agree');
    const file = stdout.split('\n')[0] ?? '';
    const signed = here.read(file);
    here.change(file, 'I agree', 'I agree to all');
    await here.sign('head_of_sales', 'sara', '--comment', 'I agree');
    expect(here.read(file)).toBe(signed);
  });

  test('a key that is revoked, by a list or by a KRL', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara');
    expect((await here.missing()).found).toEqual([]);
    copyFileSync(`${here.key('sara')}.pub`, path.join(here.folder, 'revoked_keys'));
    expect((await here.missing()).found.join('\n')).toMatch(/its key SHA256:\S+ is revoked$/m);
    execFileSync('ssh-keygen', ['-q', '-k', '-f', path.join(here.folder, 'revoked_keys'), `${here.key('mo')}.pub`]);
    expect((await here.missing()).found).toEqual([]);
    execFileSync('ssh-keygen', [
      '-q',
      '-k',
      '-u',
      '-f',
      path.join(here.folder, 'revoked_keys'),
      `${here.key('sara')}.pub`,
    ]);
    expect((await here.missing()).found.join('\n')).toContain('is revoked');
  });

  test('a key that nobody allowed, whose time is over, or that is for something else', async () => {
    const here = office();
    here.makeKey('stranger');
    expect((await here.sign('head_of_sales', 'stranger')).stderr).toContain("was not one of sara's for align-pay");
    await here.sign('head_of_sales', 'sara');
    const allowed = here.read('allowed_signers');
    const put = (options: string): void =>
      here.write({ allowed_signers: allowed.replace('sara namespaces="align-pay"', `sara ${options}`) });
    put('namespaces="align-pay",valid-before="20261101"');
    expect((await here.missing()).found.join('\n')).toContain("was not one of sara's for align-pay on 2026-11-01");
    put('namespaces="align-pay",valid-after="20261101",valid-before="20261102"');
    expect((await here.missing()).found).toEqual([]);
    put('namespaces="git"');
    expect((await here.missing()).found.join('\n')).toContain("was not one of sara's for align-pay");
    put('');
    expect((await here.missing()).found).toEqual([]);
    here.remove('allowed_signers');
    expect((await here.missing()).found.join('\n')).toContain('there is no allowed_signers file');
  });

  test('a key whose time was over when the record came in, whatever day it says', async () => {
    const here = office();
    here.change(
      'allowed_signers',
      'sara namespaces="align-pay"',
      'sara namespaces="align-pay",valid-before="20261101"',
    );
    here.commit('Her key ends');
    here.day = '2026-10-20';
    await here.run('sign', 'align-pay.yaml', '--as', 'head_of_sales', '--key', here.key('sara'));
    here.day = '2026-11-05';
    here.commit('Signed in October, it says');
    expect((await here.open()).join()).toContain("was not one of sara's for align-pay on 2026-11-05");
  });

  test('two names for one key', async () => {
    const here = office(SMALL.replace('[ head_of_sales ]', '[ head_of_sales, head_of_marketing ]'));
    here.change('allowed_signers', 'sara namespaces', 'sara,mo namespaces');
    await here.sign('head_of_sales', 'sara');
    await here.sign('head_of_marketing', 'sara');
    expect((await here.open()).join()).toContain('one-key-for-both: one key signed for mo and sara');
  });

  test('a signature that was made for git', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara');
    const [record = ''] = here.records();
    const { signedText, readRecord, recordText } = await import('../../src/change/record.ts');
    const { Sink } = await import('../../src/findings/sink.ts');
    const read = readRecord(record, here.read(record), new Sink());
    if (read === undefined) throw new Error('no record');
    const signature = execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'git', '-f', here.key('sara')], {
      input: signedText(read.statement),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    here.write({ [record]: recordText({ ...read, signature }) });
    expect((await here.missing()).found.join('\n')).toContain('made for something else');
  });
});

describe.skipIf(!HAS_SSH)('what is said, and taken back (needs git and ssh-keygen)', () => {
  test('an objection is closed by whoever made it, not by taking its file away or changing the plan', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara');
    await here.sign('finance', 'fay', '--object', 'Too dear');
    const open = 'open-objection: finance (fay) objects since 2026-11-01: Too dear';
    expect((await here.missing()).found).toEqual([open]);
    here.change('align-pay.yaml', 'base_rate: 6%', 'base_rate: 5.99%');
    expect((await here.missing()).found).toContain(open);
    here.change('align-pay.yaml', 'base_rate: 5.99%', 'base_rate: 6%');
    const file = here.records().find((name) => name.includes('objection')) ?? '';
    here.remove(file);
    here.commit('Nothing to see here');
    expect((await here.missing()).found).toEqual([`${open} (its file was taken away, which does not close it)`]);
    expect((await here.sign('finance', 'fay', '--withdraw')).code).toBe(0);
    expect((await here.missing()).found).toEqual([]);
    expect(await here.sign('finance', 'fay', '--withdraw')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('finance has said nothing that could be taken back'),
    });
  });

  test('a sign-off is taken back, and stays so where that record is taken away', async () => {
    const here = office();
    await here.sign('head_of_sales', 'sara');
    await here.sign('head_of_sales', 'sara', '--withdraw');
    expect((await here.missing()).found.join('\n')).toContain('head_of_sales (sara) has not signed');
    here.remove(here.records().find((name) => name.includes('withdrawal')) ?? '');
    here.commit('Nothing to see here');
    expect((await here.missing()).found.join('\n')).toContain('head_of_sales (sara) has not signed');
    // Signed again on another day.
    here.day = '2026-11-02';
    await here.sign('head_of_sales', 'sara');
    expect((await here.missing()).found).toEqual([]);
  });

  test('what is not committed yet is in hand as of today, and a record that says an earlier day than its commit as of that', async () => {
    const here = office(
      PLAN.replace('[ head_of_sales, head_of_marketing, liaison, finance ]', '[ head_of_sales ]').replace(
        ', head_of_marketing: mo',
        '',
      ),
    );
    await here.run('sign', 'align-pay.yaml', '--as', 'head_of_sales', '--key', here.key('sara'));
    expect((await here.missing('2026-11-20')).found).toEqual([]);
    expect((await here.missing('2026-12-10')).found.join('\n')).toContain(
      'sales has this version in hand since 2026-12-10, 22 days before',
    );
    here.day = '2026-12-05';
    here.commit('Signed long ago, they say');
    expect((await here.missing()).found.join('\n')).toContain(
      'sales has this version in hand since 2026-12-05, 27 days before',
    );
  });

  test('a day to come does not count yet, which is said', async () => {
    const here = office(
      PLAN.replace('[ head_of_sales, head_of_marketing, liaison, finance ]', '[ head_of_sales ]').replace(
        ', head_of_marketing: mo',
        '',
      ),
    );
    here.day = '2027-05-01';
    await here.run('sign', 'align-pay.yaml', '--as', 'head_of_sales', '--key', here.key('sara'));
    expect((await here.missing('2026-12-10')).found.join('\n')).toContain(
      'head_of_sales (sara) has not signed as of 2026-12-10: the record says 2027-05-01, a later day',
    );
  });

  test('a shallow clone cannot tell since when', async () => {
    const here = office(SMALL.replace('0 days', '30 days'));
    await here.sign('head_of_sales', 'sara');
    const clone = scratch();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${here.folder}`, clone]);
    const { code, stderr } = await run(['compute', 'deals.csv', '--approved', '--as-of', '2026-11-02'], { cwd: clone });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('this is a shallow clone') });
  });

  test('the trust of another revision can be asked', async () => {
    const here = office();
    here.git('checkout', '-qb', 'proposal');
    here.change('allowed_signers', 'ana namespaces', 'sara namespaces');
    await here.sign('head_of_sales', 'ana');
    const { code, found } = await here.missing();
    expect({ code, found }).toEqual({ code: 0, found: [] });
    const strict = await here.run('check', '--approved', '--allowed-signers', 'main:allowed_signers');
    expect(strict).toMatchObject({ code: 1, stdout: expect.stringContaining("is not sara's, but that of ana") });
  });

  test('who is paid accepts, and who has not is listed', async () => {
    const here = office();
    expect(await here.run('accept', '--missing')).toMatchObject({
      code: 1,
      stdout:
        'ana  Ana Duarte  (sales)\nben  Ben Okoro  (marketing)\nmo  Mo Diallo  (marketing)\nsara  Sara Ito  (sales)\n',
    });
    for (const person of ['ana', 'ben', 'mo'])
      expect((await here.run('accept', '--as', person, '--key', here.key(person))).code).toBe(0);
    // Whoever signed for a role has read it.
    await here.sign('head_of_sales', 'sara');
    expect(await here.run('accept', '--missing')).toMatchObject({
      code: 0,
      stdout: 'everybody has accepted the plan\n',
    });
    here.change('align-pay.yaml', 'base_rate: 6%', 'base_rate: 7%');
    expect((await here.run('accept', '--missing')).code).toBe(1);
    expect((await here.run('accept', '--as', 'anna', '--key', here.key('ana'))).stderr).toContain('did you mean ana?');
    expect((await here.run('accept')).code).toBe(2);
  });

  test('the first acceptance of a department is when it has the plan in hand', async () => {
    const here = office(PLAN);
    here.day = '2026-11-20';
    await here.run('accept', '--as', 'ben', '--key', here.key('ben'));
    here.commit('ben has read it');
    here.day = '2026-12-20';
    for (const [role, person] of [
      ['head_of_sales', 'sara'],
      ['head_of_marketing', 'mo'],
      ['liaison', 'maria'],
      ['finance', 'fay'],
    ] as const)
      await here.sign(role, person);
    expect((await here.missing()).found).toEqual([
      'notice-too-short: sales has this version in hand since 2026-12-20, 12 days before it is in force; the plan promises 30 days',
    ]);
  });

  test('for which department somebody accepts is what the people table says, not what the record says', async () => {
    const here = office(PLAN);
    here.write({ 'faked.csv': ROWS['people.csv'].replace('ana,Ana Duarte,sales', 'ana,Ana Duarte,marketing') });
    await here.run('accept', '--as', 'ana', '--key', here.key('ana'), '--table', 'people=faked.csv');
    here.commit('ana has read it, for marketing');
    expect(here.read(here.records()[0] ?? '')).toContain('department: "marketing"');
    const nobody = (department: string): string =>
      `notice-too-short: nobody of ${department} has this version in hand, by any signature`;
    expect((await here.open()).filter((found) => found.startsWith('notice'))).toEqual([nobody('marketing')]);
    // Where none can be read, an acceptance speaks for nobody but the person.
    here.remove('people.csv');
    expect((await here.open()).filter((found) => found.startsWith('notice'))).toEqual([
      nobody('sales'),
      nobody('marketing'),
    ]);
  });

  test('a plan in a folder of plans finds people beside the folder', async () => {
    const here = new Office({ 'plans/2027.yaml': SMALL, ...ROWS }, PEOPLE);
    expect((await here.run('accept', 'plans/2027.yaml', '--missing')).stdout).toContain('ben  Ben Okoro  (marketing)');
  });

  test('whoever objected and took it back has had the plan in hand since then', async () => {
    const here = office(PLAN);
    here.day = '2026-11-20';
    await here.sign('head_of_sales', 'sara', '--object', 'Too low');
    await here.sign('head_of_marketing', 'mo');
    here.day = '2026-12-20';
    for (const [role, person] of [
      ['head_of_sales', 'sara'],
      ['liaison', 'maria'],
      ['finance', 'fay'],
    ] as const)
      await here.sign(role, person);
    expect(await here.open()).toEqual([]);
  });

  test('the key that git is set up with signs: a file, a literal one of an agent, none', async () => {
    const here = office();
    here.git('config', 'user.signingkey', `${here.key('sara')}.pub`);
    expect((await here.run('sign', '--as', 'head_of_sales')).code).toBe(0);
    here.git('config', '--unset', 'user.signingkey');
    expect((await here.run('sign', '--as', 'head_of_sales', '--comment', 'b')).stderr).toContain('git knows no key');
    here.git('config', 'gpg.ssh.defaultKeyCommand', `echo key::$(cat ${here.key('sara')}.pub)`);
    // No agent has the private half.
    expect((await here.run('sign', '--as', 'head_of_sales', '--comment', 'c')).stderr).toContain(
      'does not sign with key::ssh-ed25519',
    );
    here.git('config', 'gpg.format', 'x509');
    expect((await here.run('sign', '--as', 'head_of_sales')).stderr).toContain('gpg.format x509');
  });

  test('wrong usage, and a program that is not installed', async () => {
    const here = office();
    expect((await here.run('sign', '--as', 'head_of_sale')).stderr).toContain('did you mean head_of_sales?');
    expect((await here.run('sign')).code).toBe(2);
    expect((await here.run('sign', '--as', 'finance', '--object', 'a', '--withdraw')).code).toBe(2);
    expect(await here.run('sign', '--as', 'finance', '--object', '--key', here.key('fay'))).toMatchObject({
      code: 2,
      stderr: 'error: --object: say why, as in --object "It costs more than was planned"\n',
    });
    expect(await here.run('sign', '--as', 'finance', '--key', 'no-key')).toMatchObject({
      code: 2,
      stderr: 'error: there is no file no-key\n',
    });
    here.git('config', 'gpg.ssh.program', 'ssh-keygen-that-is-not-there');
    expect(await here.sign('head_of_sales', 'sara')).toMatchObject({
      code: 2,
      stderr: 'error: ssh-keygen-that-is-not-there is needed for this, and is not installed\n',
    });
    const bin = scratch();
    symlinkSync(process.execPath, path.join(bin, 'node'));
    const without = await run(['sign', '--as', 'head_of_sales'], { cwd: here.folder, env: { PATH: bin } });
    expect(without).toMatchObject({ code: 2, stderr: 'error: git is needed for this, and is not installed\n' });
  });
});

test('a plan that names nobody is approved by nobody', async () => {
  const cwd = scratch({
    'align-pay.yaml': SMALL.slice(0, SMALL.indexOf('change:')) + SMALL.slice(SMALL.indexOf('credits:')),
    ...ROWS,
  });
  const { code, stderr } = await run(['compute', 'deals.csv', '--approved'], { cwd });
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('the plan says no change:') });
  expect((await run(['compute', 'deals.csv', '--approved', '--as-of', 'soon'], { cwd })).code).toBe(2);
});

describe.skipIf(!HAS_SSH || !has('gpg', '--version'))('OpenPGP (needs gpg)', () => {
  test('signs and is verified against allowed_signers.gpg', { timeout: 30_000 }, async () => {
    const here = office();
    // The agent's socket must have a short path.
    const home = mkdtempSync('/tmp/gpg-');
    onTestFinished(() => {
      execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, GNUPGHOME: home }, stdio: 'ignore' });
      rmSync(home, { recursive: true, force: true });
    });
    const gpg = (...args: readonly string[]): string =>
      execFileSync('gpg', ['--batch', '--homedir', home, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    for (const person of ['sara', 'mo'])
      gpg('--passphrase', '', '--quick-gen-key', `${person} <${person}@example.com>`, 'ed25519', 'sign', '0');
    const fingerprint = (person: string): string =>
      /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys', `${person}@`))?.[1] ?? '';
    here.write({ 'allowed_signers.gpg': `# by fingerprint\nsara ${fingerprint('sara')}\n` });
    here.git('config', 'gpg.format', 'openpgp');
    here.git('config', 'user.signingkey', fingerprint('sara'));
    const asked = (...args: readonly string[]) =>
      run(args, {
        cwd: here.folder,
        env: { GNUPGHOME: home, SOURCE_DATE_EPOCH: '1793534400', GIT_CONFIG_GLOBAL: '/dev/null' },
      });
    expect(await asked('sign', '--as', 'head_of_sales')).toMatchObject({ code: 0, stderr: '' });
    expect((await asked('check', '--approved')).code).toBe(0);
    here.git('config', 'user.signingkey', fingerprint('mo'));
    expect((await asked('sign', '--as', 'head_of_sales', '--comment', 'x')).stderr).toContain("was not one of sara's");
    here.write({ 'allowed_signers.gpg': `sara valid-before="20261101" ${fingerprint('sara')}\n` });
    expect((await asked('check', '--approved')).stdout).toContain("was not one of sara's on 2026-11-01");
    here.write({ 'allowed_signers.gpg': `sara ${fingerprint('sara')}\n` });
    const [record = ''] = here.records();
    here.change(record, '2026-11-01', '2026-10-01');
    expect((await asked('check', '--approved')).stdout).toContain('gpg refuses it');
  });
});
