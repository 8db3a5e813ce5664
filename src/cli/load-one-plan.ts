import type { Sink } from '../findings/sink.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import { findPlan } from './find-plan.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';

/** The plan that was named, else the nearest one; undefined, with findings, where it cannot be read. */
export const loadOnePlan = (
  named: string | undefined,
  sink: Sink,
): { readonly plan: Plan | undefined; readonly files: PlanFiles } => {
  const file = findPlan(named, undefined);
  const files = new PlanFiles();
  const text = files.readPlan(file, sink);
  const plan = text === undefined ? undefined : loadPlan(file, text, files.read, { resolvePath }, sink);
  return { plan, files };
};
