import { Sink } from '../findings/sink.ts';
import type { RawMap } from '../rules/document/raw.ts';
import { readExtended } from '../rules/load/extending.ts';
import { runCase } from './case-run.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { type PlanFinder, planSource } from './plan-source.ts';
import type { TestCase } from './test-file.ts';

/** What the cases of one plan notice. */
export interface MutationResult {
  readonly plan: string;
  /** Changed plans that can be loaded. */
  readonly tried: number;
  /** Of these, how many some case notices. */
  readonly noticed: number;
  /** Those that no case notices, in the order of the plan. */
  readonly survivors: readonly Mutant[];
}

/**
 * Changes a plan in one small thing after the other and asks whether any of its cases notices. A change with which the plan
 * cannot be loaded any more is none that could slip in, and does not count.
 */
export const mutate = (
  planFile: string,
  cases: readonly TestCase[],
  finder: PlanFinder,
  progress: (part: number) => void,
): MutationResult => {
  const mutants = mutantsIn(planFile, finder);
  let tried = 0;
  const survivors: Mutant[] = [];
  const order = [...cases];
  for (const [i, mutant] of mutants.entries()) {
    progress(i / mutants.length);
    const planWith = planSource(planFile, finder, mutant.change);
    if (planWith(new Map()).plan === undefined) continue;
    tried++;
    const noticing = order.findIndex((testCase) => !runCase(testCase, { planWith }).passed);
    if (noticing < 0) survivors.push(mutant);
    // Who noticed last is likely to notice next; whether anybody does is not changed by the order.
    else order.unshift(...order.splice(noticing, 1));
  }
  return { plan: planFile, tried, noticed: tried - survivors.length, survivors };
};

const mutantsIn = (planFile: string, finder: PlanFinder): readonly Mutant[] => {
  const text = finder.readText(planFile);
  const root: RawMap | undefined =
    text === undefined ? undefined : readExtended(planFile, text, finder, new Sink())?.root;
  return root === undefined ? [] : mutantsOf(root);
};
