import { closeSync, openSync, readFileSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { OutputError, systemCode } from './output-error.ts';

const NAME = '.align-pay.lock';

/** Swapping takes milliseconds: a lock this old belongs to nobody who is still at work. */
const STALE_MS = 20_000;
const WAIT_MS = 30_000;
const PAUSE_MS = 10;

const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

/** Whether a process of this machine still runs. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
};

/** Whether whoever holds a lock is gone. */
const isStale = (file: string): boolean => {
  try {
    const [host, pid] = readFileSync(file, 'utf8').split(' ');
    if (host === hostname() && pid !== undefined && /^\d+$/.test(pid) && !isAlive(Number(pid))) return true;
    return Date.now() - statSync(file).mtimeMs > STALE_MS;
  } catch {
    // It has just been given back.
    return false;
  }
};

const take = (file: string): boolean => {
  let fd: number;
  try {
    fd = openSync(file, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, `${hostname()} ${process.pid} `);
  } finally {
    closeSync(fd);
  }
  return true;
};

/** Runs something while no other process swaps folders in the same place. */
export const locked = <T>(folder: string, action: () => T): T => {
  const file = path.join(folder, NAME);
  const since = Date.now();
  while (!take(file)) {
    if (isStale(file)) {
      // Renamed rather than removed, so that of two that find it stale only one has it.
      const away = `${file}.${process.pid}`;
      try {
        renameSync(file, away);
        unlinkSync(away);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error;
      }
      continue;
    }
    if (Date.now() - since > WAIT_MS) throw new OutputError(folder, `another align-pay is writing there (${file})`);
    sleep(PAUSE_MS);
  }
  try {
    return action();
  } finally {
    unlinkSync(file);
  }
};
