import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Pilot, type PilotAsk, type VariantOutcome, type VariantSpec } from '../pilot/pilot.ts';
import type { Tables } from '../rules/table-data.ts';
import type { PilotWorkerData } from './pilot-worker.ts';

/** The worker's bundle, as it was built beside the program; not there where the program runs from its sources. */
declare const PILOT_WORKER: string;
const workerFile = (): string | undefined => {
  if (typeof PILOT_WORKER === 'undefined') return undefined;
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), PILOT_WORKER);
  return existsSync(file) ? file : undefined;
};

/** Below so much work more processors only cost time: each has to be handed the tables. */
const WORTH_MS = 1500;

type Progress = (what: string, part: number) => void;

/** Tries all variants, on all processors where that is worth while; what comes out is the same. */
export const tryVariants = async (
  tables: Tables,
  ask: PilotAsk,
  specs: readonly VariantSpec[],
  { jobs, progress }: { readonly jobs: number | undefined; readonly progress: Progress },
): Promise<readonly VariantOutcome[]> => {
  const outcomes: VariantOutcome[] = [];
  const pilot = new Pilot(tables, ask);
  const tell = (index: number, done: number): void => progress('trying', (index + done) / specs.length);
  const began = performance.now();
  for (const [index, spec] of specs.entries()) {
    outcomes.push(pilot.outcome(spec, (done) => tell(index, done)));
    tell(index, 1);
    const left = specs.length - index - 1;
    const each = (performance.now() - began) / (index + 1);
    const count = Math.min(jobs ?? (each * left > WORTH_MS ? availableParallelism() : 1), left);
    const file = count > 1 ? workerFile() : undefined;
    if (file !== undefined) {
      const rest = specs.map((one, i) => ({ index: i, spec: one })).slice(index + 1);
      return [...outcomes, ...(await onWorkers(file, count, { tables, ask }, rest, (done) => tell(index + 1, done)))];
    }
  }
  return outcomes;
};

type Item = { readonly index: number; readonly spec: VariantSpec };
type Message =
  | { readonly index: number; readonly done: number }
  | { readonly index: number; readonly outcome: VariantOutcome }
  | { readonly idle: true };

/** So many stretches of neighbours for each worker: neighbours in a grid have most in common. */
const STRETCHES = 4;

const onWorkers = (
  file: string,
  count: number,
  data: PilotWorkerData,
  items: readonly Item[],
  tell: (done: number) => void,
): Promise<readonly VariantOutcome[]> => {
  const length = Math.max(1, Math.ceil(items.length / (count * STRETCHES)));
  const stretches: Item[][] = [];
  for (let at = 0; at < items.length; at += length) stretches.push(items.slice(at, at + length));
  const done = new Map<number, number>();
  const outcomes = new Map<number, VariantOutcome>();
  return new Promise((resolve, reject) => {
    const workers = Array.from({ length: count }, () => new Worker(file, { workerData: data }));
    const end = (): void => {
      for (const worker of workers) void worker.terminate();
    };
    for (const worker of workers) {
      const next = (): void => {
        const stretch = stretches.shift();
        if (stretch !== undefined) worker.postMessage(stretch);
        else if (outcomes.size === items.length) {
          end();
          resolve(items.flatMap(({ index }) => outcomes.get(index) ?? []));
        }
      };
      worker.on('error', (error) => {
        end();
        reject(error);
      });
      worker.on('message', (message: Message) => {
        if ('idle' in message) {
          next();
          return;
        }
        if ('outcome' in message) outcomes.set(message.index, message.outcome);
        done.set(message.index, 'done' in message ? message.done : 1);
        tell([...done.values()].reduce((sum, each) => sum + each, 0));
      });
      next();
    }
  });
};
