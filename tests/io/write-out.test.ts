import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recover, writeReports } from '../../src/io/write-out.ts';
import { executable, scratch } from '../cli/run.ts';

const folder = (name: string, text: string) => ({
  name,
  files: [
    { name: 'payouts.csv', chunks: [text] },
    { name: 'lines.csv', chunks: [text] },
  ],
});
const read = (dir: string, name: string): string => readFileSync(path.join(dir, name), 'utf8');
const hidden = (dir: string): string[] => readdirSync(dir).filter((name) => name.startsWith('.'));

describe('reports are written whole or not at all', () => {
  it('replaces folders and files, and leaves nothing else behind', async () => {
    const dir = scratch({});
    await writeReports(
      dir,
      [folder('2026-Q1', 'old'), folder('2026-Q2', 'kept')],
      [{ name: 'held.csv', chunks: ['x'] }],
    );
    await writeReports(dir, [folder('2026-Q1', 'new')], [{ name: 'held.csv', chunks: undefined }]);
    expect([read(dir, '2026-Q1/payouts.csv'), read(dir, '2026-Q2/payouts.csv')]).toEqual(['new', 'kept']);
    expect(existsSync(path.join(dir, 'held.csv'))).toBe(false);
    expect(hidden(dir)).toEqual([]);
  });

  it('leaves all as it was where one file cannot be produced', async () => {
    const dir = scratch({});
    await writeReports(dir, [folder('2026-Q1', 'old')]);
    const failing = function* (): Generator<string> {
      yield 'half';
      throw new Error('no more');
    };
    const bad = { name: '2026-Q1', files: [{ name: 'payouts.csv', chunks: failing() }] };
    await expect(writeReports(dir, [folder('2026-Q2', 'new'), bad])).rejects.toThrow('no more');
    expect(read(dir, '2026-Q1/payouts.csv')).toBe('old');
    expect(readdirSync(dir)).toEqual(['2026-Q1']);
  });

  it('does not sweep a file away that stands where a folder is needed', async () => {
    const dir = scratch({ '2026-Q1': 'mine' });
    await expect(writeReports(dir, [folder('2026-Q1', 'new')])).rejects.toThrow(
      /a file stands where a folder is needed/,
    );
    expect(read(dir, '2026-Q1')).toBe('mine');
  });

  it('puts into place what a kill left complete, and removes what it left half', () => {
    const dir = scratch({ '2026-Q1/payouts.csv': 'old' });
    const dead = (name: string, files: Record<string, string>): void => {
      for (const [file, text] of Object.entries(files)) {
        const target = path.join(dir, name, file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
      mkdirSync(path.join(dir, name, 'old'), { recursive: true });
    };
    const journal = JSON.stringify([{ name: '2026-Q1', action: 'replace' }]);
    dead('.align-pay-elsewhere-999999-0', { 'new/2026-Q1/payouts.csv': 'complete', journal });
    recover(dir);
    expect(read(dir, '2026-Q1/payouts.csv')).toBe('complete');
    expect(hidden(dir)).toEqual([]);
  });
});

describe('a run that is killed', () => {
  const deals = (amount: number): string =>
    `deal_id,owner,close_date,amount,stage\n${Array.from({ length: 4000 }, (_, i) => `d${i},ana,2026-0${(i % 3) + 1}-10,${amount}.00,won\n`).join('')}`;
  const plan =
    'plan: P\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal, when: deal.stage == "won" }\nrewards:\n  c: { per: won, rate: 10% }\n';
  const totals = (dir: string): string[] =>
    ['2026-01', '2026-02', '2026-03'].map((period) => {
      const lines = read(dir, `payouts/${period}/lines.csv`).trimEnd().split('\n');
      const amount = read(dir, `payouts/${period}/payouts.csv`).trimEnd().split(',').at(-2);
      return `${lines.length} ${amount}`;
    });
  const compute = async (dir: string, killAfter?: number): Promise<number | null> => {
    const child = spawn(process.execPath, [executable, 'compute', 'deals.csv', '--quiet'], {
      cwd: dir,
      stdio: 'ignore',
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(timer);
    return code;
  };

  it('leaves the last good reports, old or new, at whatever moment', async () => {
    const dir = scratch({ 'align-pay.yaml': plan, 'deals.csv': deals(100) });
    expect(await compute(dir)).toBe(0);
    const old = totals(dir);
    writeFileSync(path.join(dir, 'deals.csv'), deals(200));
    const fresh = scratch({ 'align-pay.yaml': plan, 'deals.csv': deals(200) });
    expect(await compute(fresh)).toBe(0);
    const wanted = [old.join(), totals(fresh).join()];
    let killed = 0;
    for (let i = 0; i < 24; i++) {
      // From before the first byte is written to after the last one.
      if ((await compute(dir, 80 + i * 12)) === null) killed++;
      recover(path.join(dir, 'payouts'));
      expect(wanted).toContain(totals(dir).join());
    }
    expect(killed).toBeGreaterThan(3);
    expect(await compute(dir)).toBe(0);
    expect(totals(dir)).not.toEqual(old);
    expect(hidden(path.join(dir, 'payouts'))).toEqual([]);
  }, 60_000);

  it('a disk that is full leaves them, too, and says so', async () => {
    const dir = scratch({ 'align-pay.yaml': plan, 'deals.csv': deals(100) });
    expect(await compute(dir)).toBe(0);
    const before = totals(dir);
    writeFileSync(path.join(dir, 'deals.csv'), deals(200));
    const script = `ulimit -f 64; exec "${process.execPath}" "${executable}" compute deals.csv --quiet`;
    const child = spawn('bash', ['-c', script], { cwd: dir });
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    expect({ code, stack: said.includes('    at ') }).toEqual({ code: 2, stack: false });
    expect(said).toMatch(/cannot be written: a file would be larger than is allowed here/);
    expect(totals(dir)).toEqual(before);
    expect(hidden(path.join(dir, 'payouts'))).toEqual([]);
  });
});
