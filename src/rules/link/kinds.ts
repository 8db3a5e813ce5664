import type { Sink } from '../../findings/sink.ts';
import type { Missing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { keyPlace, type Part, partAt, report } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
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
const KINDS = Object.values(LINK_KINDS) as unknown as readonly LinkKind<Factor>[];
const kindOf = (factor: Factor): LinkKind<Factor> => LINK_KINDS[factor.kind] as unknown as LinkKind<Factor>;

/** Which kind a link's keys show: exactly one of factor, curve, matrix and gate. */
export const linkKindOf = (part: Part<RawMap>, sink: Sink): LinkKind<Factor> | undefined => {
  const { entries } = part.value;
  const [kind, ...others] = KINDS.filter(({ key }) => entries.has(key));
  if (others.length > 0) {
    const keys = [kind, ...others].map((one) => `${one?.key}:`).join(' and ');
    const second = partAt(part, others[0]?.key ?? '') ?? part;
    report(sink, 'invalid-value', `${keys} do not go together: a link has one of them`, second, {}, keyPlace(second));
    return undefined;
  }
  if (kind !== undefined) return kind;
  const hint = entries.has('by')
    ? 'add curve: with points such as { 50%: 0%, 100%: 100% }'
    : 'add factor:, gate:, or by: with curve:';
  const keys = KINDS.map(({ key }) => `${key}:`).join(', ');
  report(sink, 'missing-key', `a link says its factor: ${keys}`, part, { hint }, keyPlace(part));
  return undefined;
};

/** The kinds that have a key, for what is said of one that stands with another kind. */
export const linkKindsWith = (key: string): readonly string[] =>
  KINDS.filter(({ fields }) => Object.hasOwn(fields, key)).map((kind) => kind.key);

export const factorInputs = (factor: Factor): readonly Expression[] => kindOf(factor).inputs(factor);
export const factorFrom = (factor: Factor, inputs: readonly InputValue[]): Num | Missing =>
  kindOf(factor).factor(factor, inputs);
