// Whole processes: how long they take, how much memory at most, and what they print.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const executable = path.join(root, 'bin', 'align-pay.js');

/** Loaded before a program: notes at its end the most memory that it held, in kilobytes. */
const noteMemory =
  "import { writeFileSync } from 'node:fs';process.on('exit', () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)))";

/** What slows every start of Node down by as much, whatever it runs, is left out. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'].includes(name)),
);

let counter = 0;

/**
 * Runs Node with these arguments to the end; throws where it fails.
 * @param {readonly string[]} args
 * @param {{ memory?: boolean }} [options] memory: also note the most memory held
 * @returns {Promise<{ seconds: number, kilobytes: number, stdout: string }>}
 */
export const node = async (args, { memory = false } = {}) => {
  const note = path.join(tmpdir(), `align-pay-bench-${process.pid}-${counter++}`);
  const before = memory ? ['--import', `data:text/javascript,${encodeURIComponent(noteMemory)}`] : [];
  const from = process.hrtime.bigint();
  const child = spawn(process.execPath, [...before, ...args], {
    env: { ...environment, BENCH_MEMORY: note, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const out = [];
  /** @type {Buffer[]} */
  const complaints = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => complaints.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  if (code !== 0) {
    throw new Error(
      `node ${args.join(' ')} ended with ${code}:\n${Buffer.concat(complaints).toString().slice(0, 4000)}`,
    );
  }
  const kilobytes = memory ? Number(readFileSync(note, 'utf8')) : 0;
  if (memory) rmSync(note);
  return { seconds, kilobytes, stdout: Buffer.concat(out).toString() };
};

/** @param {readonly number[]} values @returns {number} */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = /** @type {number} */ (sorted[middle]);
  return sorted.length % 2 === 1 ? high : (high + /** @type {number} */ (sorted[middle - 1])) / 2;
};

/**
 * Runs several programs in turn, so that whatever else the machine does hits all of them, and gives each one's times.
 * @template {string} K
 * @param {number} runs
 * @param {Readonly<Record<K, readonly string[]>>} programs
 * @returns {Promise<Record<K, number[]>>}
 */
export const interleaved = async (runs, programs) => {
  const names = /** @type {K[]} */ (Object.keys(programs));
  const times = /** @type {Record<K, number[]>} */ ({});
  for (const name of names) times[name] = [];
  for (let run = 0; run < runs; run++) {
    for (const name of names) times[name].push((await node(programs[name])).seconds);
  }
  return times;
};
