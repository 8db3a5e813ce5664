import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { run, scratch } from '../cli/run.ts';
import { HAS_SSH, Office, PEOPLE, PLAN, ROWS } from './office.ts';

const SMALL = PLAN.replace('notice: 30 days', 'notice: 0 days').replace(
  'sign_off: [ head_of_sales, head_of_marketing, liaison, finance ]',
  'sign_off: [ head_of_sales ]',
);
const OPEN = 'open-objection: finance (fay) objects since 2026-11-01: Too dear';

const objectionIn = (here: Office): string => here.records().find((name) => name.includes('objection')) ?? '';

/** Sales has signed, finance objects. */
const objected = async (plan = SMALL): Promise<Office> => {
  const here = new Office({ 'align-pay.yaml': plan, ...ROWS }, PEOPLE);
  await here.sign('head_of_sales', 'sara');
  await here.sign('finance', 'fay', '--object', 'Too dear');
  return here;
};

describe.skipIf(!HAS_SSH)('an objection stands, whatever is done to it (needs git and ssh-keygen)', () => {
  test.each<[string, (here: Office) => void | Promise<void>, string]>([
    [
      'another record is written over it',
      async (here) => {
        await here.run('accept', '--as', 'ana', '--key', here.key('ana'));
        const other = here.records().find((name) => name.includes('ana')) ?? '';
        here.write({ [objectionIn(here)]: here.read(other) });
      },
      ' (its file was taken away, which does not close it)',
    ],
    [
      'the plan begins on another day',
      (here) => here.change('align-pay.yaml', 'effective: 2027-01-01', 'effective: 2027-02-01'),
      ' (the plan was to be in force from 2027-01-01 then, which does not close it)',
    ],
    [
      'it is taken away, and the plan begins on another day',
      (here) => {
        here.remove(objectionIn(here));
        here.change('align-pay.yaml', 'effective: 2027-01-01', 'effective: 2026-12-01');
      },
      ' (its file was taken away, the plan was to be in force from 2027-01-01 then, which does not close it)',
    ],
    [
      'the plan gets another name',
      (here) => {
        here.change('align-pay.yaml', 'plan: Sales 2027', 'plan: Vendors 2027');
        here.remove(here.records().find((name) => name.includes('head_of_sales')) ?? '');
      },
      ' (the plan was called “Sales 2027” then, which does not close it)',
    ],
    [
      'the plan does not name the role any more',
      (here) => here.change('align-pay.yaml', ', finance: fay', ''),
      ' (the plan names no finance any more, which does not close it)',
    ],
    ['somebody else has the role', (here) => here.change('align-pay.yaml', 'finance: fay', 'finance: ben'), ''],
  ])('%s', async (_, change, why) => {
    const here = await objected();
    await change(here);
    here.commit('Nothing to see here');
    await here.sign('head_of_sales', 'sara');
    expect(await here.open()).toEqual([`${OPEN}${why}`]);
  });

  test('its branch is merged, and nothing of it kept', async () => {
    const here = new Office({ 'align-pay.yaml': SMALL, ...ROWS }, PEOPLE);
    here.git('checkout', '-qb', 'side');
    await here.sign('finance', 'fay', '--object', 'Too dear');
    here.git('checkout', '-q', 'main');
    await here.sign('head_of_sales', 'sara');
    here.git('merge', '-q', '-s', 'ours', '-m', 'Merge', 'side');
    expect(await here.open()).toEqual([`${OPEN} (its file was taken away, which does not close it)`]);
  });

  test('an earlier version comes back that its maker had signed before', async () => {
    const here = new Office({ 'align-pay.yaml': SMALL, ...ROWS }, PEOPLE);
    await here.sign('head_of_sales', 'sara');
    here.change('align-pay.yaml', '6%', '5%');
    here.day = '2026-11-02';
    await here.sign('head_of_sales', 'sara', '--object', 'Too low');
    here.change('align-pay.yaml', '5%', '6%');
    expect(await here.open()).toEqual(['open-objection: head_of_sales (sara) objects since 2026-11-02: Too low']);
  });

  test('a clone without its history cannot tell', async () => {
    const here = await objected();
    here.remove(objectionIn(here));
    here.commit('Nothing to see here');
    const clone = scratch();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${here.folder}`, clone]);
    const { code, stderr } = await run(['compute', 'deals.csv', '--approved', '--as-of', '2026-11-02'], { cwd: clone });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('this is a shallow clone') });
  });

  test('nor can git where it does not read a repository that belongs to somebody else', async () => {
    const here = await objected();
    const { code, stderr } = await run(['compute', 'deals.csv', '--approved'], {
      cwd: here.folder,
      env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('dubious ownership') });
  });
});

describe.skipIf(!HAS_SSH)('an objection is taken back (needs git and ssh-keygen)', () => {
  test('and made again on the same day, in the same words', async () => {
    const here = await objected();
    for (let i = 0; i < 2; i++) {
      await here.sign('finance', 'fay', '--withdraw');
      expect(await here.open()).toEqual([]);
      await here.sign('finance', 'fay', '--object', 'Too dear');
      expect(await here.open()).toEqual([OPEN]);
    }
  });

  test('by signing, which says so', async () => {
    const here = await objected();
    await here.sign('finance', 'fay');
    expect(await here.open()).toEqual([]);
    // What was taken back stays so when the plan changes again.
    here.change('align-pay.yaml', '6%', '5%');
    expect((await here.open()).join()).not.toContain('open-objection');
  });

  test('by whoever has the role now, not by anybody else', async () => {
    const here = await objected();
    here.change('align-pay.yaml', 'finance: fay', 'finance: ben');
    await here.sign('head_of_sales', 'sara');
    await here.sign('head_of_sales', 'sara', '--withdraw');
    expect((await here.open()).join()).toContain(OPEN);
    await here.sign('head_of_sales', 'sara');
    await here.sign('finance', 'ben', '--withdraw');
    expect(await here.open()).toEqual([]);
  });

  test('a role that the plan named no more is named again for it', async () => {
    const here = await objected();
    here.change('align-pay.yaml', ', finance: fay', '');
    await here.sign('head_of_sales', 'sara');
    expect((await here.sign('finance', 'fay', '--withdraw')).stderr).toContain('the plan has no such role');
    here.change('align-pay.yaml', 'liaison: maria', 'liaison: maria, finance: fay');
    await here.sign('finance', 'fay', '--withdraw');
    here.change('align-pay.yaml', ', finance: fay', '');
    expect(await here.open()).toEqual([]);
  });
});

describe.skipIf(!HAS_SSH)('of several plans in a folder (needs git and ssh-keygen)', () => {
  const plans = (): Office => {
    const of = (year: string): string => SMALL.replaceAll('2027', year).replace('Sales 2027', `Sales ${year}`);
    return new Office({ 'plans/2026.yaml': of('2026'), 'plans/2027.yaml': of('2027'), ...ROWS }, PEOPLE);
  };
  const sign = async (here: Office, year: string, role: string, person: string, ...args: readonly string[]) => {
    const outcome = await here.run('sign', `plans/${year}.yaml`, '--as', role, '--key', here.key(person), ...args);
    if (outcome.code === 0) here.commit('signed');
    return outcome;
  };

  test('an objection to one whose first day has moved stays with it', async () => {
    const here = plans();
    await sign(here, '2026', 'head_of_sales', 'sara');
    await sign(here, '2027', 'finance', 'fay', '--object', 'Too dear');
    here.change('plans/2027.yaml', 'effective: 2027-01-01', 'effective: 2027-02-01');
    await sign(here, '2027', 'head_of_sales', 'sara');
    expect(await here.open('plans/2026.yaml')).toEqual([]);
    const moved = `${OPEN} (the plan was to be in force from 2027-01-01 then, which does not close it)`;
    expect(await here.open('plans/2027.yaml')).toEqual([moved]);
    // Under another name it is still the next plan's.
    here.change('plans/2027.yaml', 'plan: Sales 2027', 'plan: Vendors');
    expect((await here.open('plans/2027.yaml')).join()).toContain('open-objection: finance (fay)');
    expect(await here.open('plans/2026.yaml')).toEqual([]);
  });

  test('whoever signed the plan before and is not asked any more agrees to that once', async () => {
    const here = plans();
    here.change('plans/2026.yaml', '[ head_of_sales ]', '[ head_of_sales, head_of_marketing, liaison ]');
    here.change('plans/2027.yaml', ', liaison: maria', '');
    await sign(here, '2027', 'head_of_sales', 'sara');
    expect(await here.open('plans/2027.yaml')).toEqual([
      'not-approved: liaison (maria) signed “Sales 2026”, and “Sales 2027” neither asks nor names liaison',
      'not-approved: head_of_marketing (mo) has not signed: “Sales 2027”, in force from 2027-01-01',
    ]);
    here.change('plans/2027.yaml', 'finance: fay', 'finance: fay, liaison: maria');
    await sign(here, '2027', 'head_of_sales', 'sara');
    await sign(here, '2027', 'head_of_marketing', 'mo');
    await sign(here, '2027', 'liaison', 'maria');
    expect(await here.open('plans/2027.yaml')).toEqual([]);
    // Another role that speaks for the same department is as good.
    here.change('plans/2027.yaml', 'head_of_marketing: mo', 'cmo: { person: mo, for: marketing }');
    here.change('plans/2027.yaml', '[ head_of_sales ]', '[ head_of_sales, cmo ]');
    expect((await here.open('plans/2027.yaml')).join('\n')).not.toContain('head_of_marketing (mo)');
  });
});
