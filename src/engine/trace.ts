import type { Node } from '../rules/expression/typed.ts';
import type { Expression, Link, Reward } from '../rules/plan.ts';
import type { RateSteps } from '../rules/rate/kinds.ts';
import type { StepValue } from '../rules/rate/steps.ts';
import type { Num } from '../values/num.ts';
import type { Value } from './frame.ts';
import type { FactorWorking } from './link.ts';

/**
 * Is told which ways a computation takes through the plan. It is asked for by whoever wants to know what a plan's tests
 * exercise; without one, nothing is recorded and nothing is slower.
 */
export interface Trace {
  /** What a condition came to for one row. */
  condition(condition: Expression, value: Value): void;
  /** A line that took the accumulated amount from `before` to `after`, or one that stood at a step (retroactive, tail). */
  walked(rate: RateSteps, steps: readonly StepValue[], before: Num, after: Num): void;
  stood(rate: RateSteps, step: number, steps: readonly StepValue[], x: Num): void;
  /** What a rate's table or curve was read by. */
  rate(reward: Reward, by: Value): void;
  link(link: Link, outcome: FactorWorking): void;
  /**
   * Which way an expression took at one of its nodes: on which side a comparison came out, which argument `min` or `max` chose,
   * which sign `abs` saw; and by how much, so that one can tell where it would take another. Rounding has too many ways to be told.
   */
  decided?(node: Node, way: number, margin: Num | undefined): void;
}

/** A compiled condition that tells what it comes to; the condition itself where nobody asks. */
export const traced = <F>(
  condition: Expression,
  evaluate: (frame: F) => Value,
  trace: Trace | undefined,
): ((frame: F) => Value) => {
  if (trace === undefined) return evaluate;
  return (frame) => {
    const value = evaluate(frame);
    trace.condition(condition, value);
    return value;
  };
};
