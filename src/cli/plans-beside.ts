import path from 'node:path';
import { inForceOn, timelineOf } from '../change/timeline.ts';
import { Sink } from '../findings/sink.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import { plansIn } from './find-plans.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';

/** The other plans of a plan's folder, as far as they can be read: what is wrong with one is for whoever asks for it. */
export const plansBeside = (plan: Plan): readonly Plan[] => {
  const folder = path.dirname(plan.file);
  const files = new PlanFiles();
  const sink = new Sink();
  return plansIn(folder)
    .filter((file) => path.resolve(file) !== path.resolve(plan.file))
    .flatMap((file) => {
      const text = files.readPlan(file, sink);
      return (text === undefined ? undefined : loadPlan(file, text, files.read, { resolvePath }, sink)) ?? [];
    });
};

/** Of a plan in a folder called `plans`: the one that is in force on the day before its first. */
export const planBefore = (plan: Plan): Plan | undefined => {
  const effective = plan.change?.effective;
  const isOfSeveral = path.basename(path.resolve(path.dirname(plan.file))) === 'plans';
  if (effective === undefined || !isOfSeveral) return undefined;
  return inForceOn(timelineOf(plansBeside(plan), new Sink()), effective - 1)?.plan;
};
