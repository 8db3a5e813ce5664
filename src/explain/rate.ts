import type { Computed } from '../engine/compute.ts';
import type { Frame } from '../engine/frame.ts';
import type { Line } from '../engine/result.ts';
import { lookUp } from '../engine/reward-credit.ts';
import type { Stair } from '../engine/steps.ts';
import type { CreditReward, Expression } from '../rules/plan.ts';
import type { RateCurve, RateSteps, RateTable } from '../rules/rate/kinds.ts';
import { type StepPart, stepAt } from '../rules/rate/steps.ts';
import { isMissing } from '../values/missing.ts';
import { add, type Num } from '../values/num.ts';
import { type Figure, figureOf } from './figure.ts';

/** How a per-credit line came to its rate (or money a credit). */
export type RateDerivation =
  | { readonly kind: 'value'; readonly rate: Figure }
  | {
      readonly kind: 'table';
      readonly rule: RateTable;
      readonly by: Figure;
      /** What stands in the table for it; `else` where nothing does. */
      readonly rate: Figure | undefined;
      readonly isElse: boolean;
    }
  | { readonly kind: 'curve'; readonly rule: RateCurve; readonly by: Figure }
  | StepsDerivation;

/** How a line walked the steps. */
export interface StepsDerivation {
  readonly kind: 'steps';
  readonly rule: RateSteps;
  readonly stair: Stair;
  /** What the thresholds are shares of. */
  readonly of: Figure | undefined;
  readonly counting: Figure | undefined;
  readonly counted: Num;
  /** What had accumulated before the line and after it; undefined for a line that itself moves nothing (a tail). */
  readonly before: Num | undefined;
  readonly after: Num | undefined;
  /** The parts of the amount, each with the step it fell in; empty where one step gave the rate. */
  readonly parts: readonly StepPart[];
  /** The step whose rate holds for all of the line, and the amount accumulated that stands in it. */
  readonly stood: { readonly step: number; readonly at: Num } | undefined;
}

/** The rate of a line, from what the line kept and the rule's own expressions. */
export const rateOfLine = (
  computed: Computed,
  reward: CreditReward,
  line: Line,
  frame: Frame,
): RateDerivation | undefined => {
  const { rate } = reward;
  const figure = (expression: Expression): Figure => figureOf(computed, expression, frame);
  switch (rate.kind) {
    case 'value':
      return { kind: 'value', rate: figure(rate.value) };
    case 'table': {
      const by = figure(rate.by);
      const found = isMissing(by.value) ? undefined : lookUp(rate.rows, by.value);
      const chosen = found ?? rate.otherwise;
      return { kind: 'table', rule: rate, by, rate: chosen && figure(chosen), isElse: found === undefined };
    }
    case 'curve':
      return { kind: 'curve', rule: rate, by: figure(rate.by) };
    case 'steps':
      return stepsOfLine(computed, rate, line, frame);
  }
};

const stepsOfLine = (computed: Computed, rule: RateSteps, line: Line, frame: Frame): StepsDerivation | undefined => {
  const { stair, counted, accumulatedBefore: before, parts = [], stoodAt } = line;
  if (stair === undefined || counted === undefined) return undefined;
  return {
    kind: 'steps',
    rule,
    stair,
    of: rule.of && figureOf(computed, rule.of, { ...frame, reader: stair.reader() }),
    counting: rule.counting && figureOf(computed, rule.counting, countingFrame(rule.counting, frame)),
    counted,
    before,
    after: before === undefined ? undefined : add(before, counted),
    parts,
    stood: stoodAt === undefined ? undefined : { step: stepAt(stair.values, stoodAt), at: stoodAt },
  };
};

/** Where `counting` was asked: a number is what the deal counted, whose taking back counts the other way. */
const countingFrame = ({ type }: Expression, frame: Frame): Frame =>
  type === 'number' ? { ...frame, deal: frame.rootDeal } : frame;
