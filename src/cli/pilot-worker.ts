import { parentPort, workerData } from 'node:worker_threads';
import { Pilot, type PilotAsk, type VariantSpec } from '../pilot/pilot.ts';
import type { Tables } from '../rules/table-data.ts';

/** What a worker is started with. */
export interface PilotWorkerData {
  readonly tables: Tables;
  readonly ask: PilotAsk;
}

/** Tries the variants that it is sent, one after the other, and sends back what each comes to. */
const { tables, ask } = workerData as PilotWorkerData;
const pilot = new Pilot(tables, ask);
parentPort?.on('message', (specs: readonly { readonly index: number; readonly spec: VariantSpec }[]) => {
  for (const { index, spec } of specs) {
    const outcome = pilot.outcome(spec, (done) => parentPort?.postMessage({ index, done }));
    parentPort?.postMessage({ index, outcome });
  }
  parentPort?.postMessage({ idle: true });
});
