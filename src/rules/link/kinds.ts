import type { Missing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import type { Expression } from '../plan.ts';
import { type FactorCurve, linkCurve } from './link-curve.ts';
import { type FactorValue, linkFactor } from './link-factor.ts';
import { type FactorGate, linkGate } from './link-gate.ts';
import { type FactorMatrix, linkMatrix } from './link-matrix.ts';
import type { InputValue, LinkKind } from './model.ts';

/** How a link comes to its factor. */
export type Factor = FactorValue | FactorCurve | FactorMatrix | FactorGate;

/** Every kind of link; a new one is a file beside these and a line here (and in `Factor`). */
export const LINK_KINDS: { readonly [K in Factor['kind']]: LinkKind<Extract<Factor, { kind: K }>> } = {
  factor: linkFactor,
  curve: linkCurve,
  matrix: linkMatrix,
  gate: linkGate,
};

// The table above pairs each kind with its own meaning, which the type of an indexed access cannot say.
const kindOf = (factor: Factor): LinkKind<Factor> => LINK_KINDS[factor.kind] as unknown as LinkKind<Factor>;

export const factorInputs = (factor: Factor): readonly Expression[] => kindOf(factor).inputs(factor);
export const factorFrom = (factor: Factor, inputs: readonly InputValue[]): Num | Missing =>
  kindOf(factor).factor(factor, inputs);
