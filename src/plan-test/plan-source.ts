import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { RawMap } from '../rules/document/raw.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { LoadedPlan, PlanWith } from './case-run.ts';

/** How files are found: their texts, and paths relative to the file they stand in. */
export interface PlanFinder {
  readonly readText: (file: string) => string | undefined;
  readonly resolvePath: (fromFile: string, path: string) => string;
}

/** A plan file, to be loaded again for each set of params that cases ask for; the same set is loaded once. */
export const planSource = (file: string, finder: PlanFinder, change?: (root: RawMap) => RawMap): PlanWith => {
  const known = new Map<string, LoadedPlan>();
  const text = finder.readText(file);
  return (params) => {
    const key = JSON.stringify([...params]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const sink = new Sink();
    const { readText, resolvePath } = finder;
    const plan = text === undefined ? undefined : loadPlan(file, text, readText, { resolvePath, params, change }, sink);
    const loaded = { plan, findings: text === undefined ? [notThere(file)] : sink.all() };
    known.set(key, loaded);
    return loaded;
  };
};

const notThere = (file: string): Finding => ({
  code: 'file-not-found',
  severity: 'error',
  message: `there is no plan ${file}`,
  hint: 'plan: is the path of the plan that is tested, relative to the test file',
  related: [],
});
