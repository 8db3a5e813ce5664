import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { recover } from '../../src/io/write-out.ts';
import { type Outcome, run, scratch } from '../cli/run.ts';

/**
 * Loaded before the program: at the nth call that changes a disk, the process kills itself (`KILL`), or the call and all
 * after it fail as on a full or read-only disk.
 */
const SABOTAGE = `
const fs = require('node:fs');
let left = Number(process.env.SABOTAGE_AT);
const how = process.env.SABOTAGE;
const strike = () => {
  if (--left > 0) return;
  if (how === 'KILL') process.kill(process.pid, 'SIGKILL');
  else throw Object.assign(new Error(how), { code: how, errno: -1, syscall: 'write' });
};
const isOurs = (file) => typeof file === 'string' && file.includes('payouts');
const ours = new Set();
for (const name of ['mkdirSync', 'renameSync', 'unlinkSync', 'rmSync']) {
  const real = fs[name];
  fs[name] = (...args) => { if (isOurs(args[0])) strike(); return real(...args); };
}
const { openSync, writeSync, fsyncSync } = fs;
fs.openSync = (file, flags, ...more) => {
  if (isOurs(file) && flags !== 'r') strike();
  const fd = openSync(file, flags, ...more);
  if (isOurs(file)) ours.add(fd);
  return fd;
};
fs.writeSync = (fd, ...more) => { if (ours.has(fd)) strike(); return writeSync(fd, ...more); };
fs.fsyncSync = (fd) => { if (ours.has(fd)) strike(); return fsyncSync(fd); };
const { open } = fs.promises;
fs.promises.open = async (file, ...more) => {
  if (isOurs(file)) strike();
  return open(file, ...more);
};
`;

const PLAN =
  'plan: P\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:\n  c: { per: won, rate: 10% }\n';
const deals = (amount: number): string =>
  `deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-10,${amount}.00,won\nd2,ana,2026-02-10,${amount}.00,won\n`;

/** A folder's files with their contents, without what is hidden. */
const contents = (folder: string): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.relative(folder, path.join(entry.parentPath, entry.name));
    if (entry.isFile() && !file.split(path.sep).some((part) => part.startsWith('.'))) {
      found[file] = readFileSync(path.join(folder, file), 'utf8');
    }
  }
  return found;
};
const inPeriod = (all: Record<string, string>, period: string): string =>
  JSON.stringify(Object.entries(all).filter(([file]) => file.startsWith(period)));

/** All changes of the disk, or some of the many writes before the reports change places and all from there on. */
const next = (at: number): number => (process.env.ALIGN_PAY_EVERY === undefined && at < 32 ? at + 5 : at + 1);

interface Stage {
  readonly dir: string;
  readonly old: Record<string, string>;
  readonly fresh: Record<string, string>;
  readonly compute: (how: string, at: number) => Promise<Outcome>;
  /** The reports as they were before. */
  readonly reset: () => void;
}

const stage = async (): Promise<Stage> => {
  const dir = scratch({ 'align-pay.yaml': PLAN, 'deals.csv': deals(200), 'sabotage.cjs': SABOTAGE });
  const payouts = path.join(dir, 'payouts');
  await run(['compute', 'deals.csv'], { cwd: dir });
  const fresh = contents(payouts);
  rmSync(payouts, { recursive: true });
  writeFileSync(path.join(dir, 'deals.csv'), deals(100));
  await run(['compute', 'deals.csv'], { cwd: dir });
  const old = contents(payouts);
  writeFileSync(path.join(dir, 'deals.csv'), deals(200));
  return {
    ...{ dir, old, fresh },
    compute: (how, at) =>
      run(['compute', 'deals.csv', '--quiet'], {
        cwd: dir,
        env: { NODE_OPTIONS: '-r ./sabotage.cjs', SABOTAGE: how, SABOTAGE_AT: String(at) },
      }),
    reset: () => {
      rmSync(payouts, { recursive: true, force: true });
      for (const [file, text] of Object.entries(old)) {
        mkdirSync(path.dirname(path.join(payouts, file)), { recursive: true });
        writeFileSync(path.join(payouts, file), text);
      }
    },
  };
};

test('killed before any change of the disk: nothing half-written has a name, and what is left is put right', async () => {
  const { dir, old, fresh, compute, reset } = await stage();
  const payouts = path.join(dir, 'payouts');
  let at = 1;
  let renewed = 0;
  for (; ; at = next(at)) {
    reset();
    const { code } = await compute('KILL', at);
    if (code === 0) break;
    expect(code).toBeNull();
    const left = contents(payouts);
    for (const period of ['2026-01', '2026-02']) {
      // whole, old or new; or away for the moment between two renames
      expect([inPeriod(old, period), inPeriod(fresh, period), '[]']).toContain(inPeriod(left, period));
    }
    recover(payouts);
    expect([old, fresh]).toContainEqual(contents(payouts));
    expect(readdirSync(payouts).filter((name) => name.startsWith('.'))).toEqual([]);
    if (JSON.stringify(contents(payouts)) === JSON.stringify(fresh)) renewed += 1;
  }
  expect(at).toBeGreaterThan(40);
  expect(renewed).toBeGreaterThan(2);
  expect(contents(payouts)).toEqual(fresh);
}, 120_000);

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'read-only'],
])(
  '%s from any change of the disk on: the reports stand as they were, and the reason is said',
  async (how, words) => {
    const { dir, old, fresh, compute, reset } = await stage();
    const payouts = path.join(dir, 'payouts');
    for (let at = 1; ; at = next(at + 3)) {
      reset();
      const { code, stdout, stderr } = await compute(how, at);
      if (code === 0) {
        // only tidying up was refused, if anything
        expect(contents(payouts)).toEqual(fresh);
        break;
      }
      expect({ at, code, stdout, stack: stderr.includes('    at ') }).toEqual({
        at,
        code: 2,
        stdout: '',
        stack: false,
      });
      expect(stderr).toContain(words);
      recover(payouts);
      expect([old, fresh]).toContainEqual(contents(payouts));
      expect(at).toBeLessThan(500);
    }
  },
  120_000,
);
