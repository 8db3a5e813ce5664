import type { Computed } from '../engine/compute.ts';
import type { Frame } from '../engine/frame.ts';
import type { Line, LinkEffect } from '../engine/result.ts';
import { factorInputs } from '../rules/link/kinds.ts';
import type { Expression } from '../rules/plan.ts';
import { type Figure, figureOf } from './figure.ts';

/** What a link did to a line, and what it read to come to its factor. */
export interface LinkDerivation {
  /** As the run has kept it: link, factor, effect, and the working of the factor. */
  readonly effect: LinkEffect;
  readonly when: Figure | undefined;
  /** What the factor depends on, in the order of its kind; empty where the link did not apply. */
  readonly inputs: readonly Figure[];
  /** Where the factor was held down, and what would have set it free. */
  readonly held: { readonly to: Figure; readonly unless: Figure | undefined } | undefined;
}

/** The links of a line, in the order in which they acted. */
export const linksOfLine = (computed: Computed, line: Line, frame: Frame | undefined): readonly LinkDerivation[] =>
  frame === undefined ? [] : line.links.map((effect) => linkOf(computed, effect, frame));

const linkOf = (computed: Computed, effect: LinkEffect, frame: Frame): LinkDerivation => {
  const { link, applied, working } = effect;
  const figure = (expression: Expression): Figure => figureOf(computed, expression, frame);
  const held = working.heldTo !== undefined && link.atMost !== undefined;
  return {
    effect,
    when: link.when && figure(link.when),
    inputs: applied ? factorInputs(link.factor).map(figure) : [],
    held: held ? { to: figure(link.atMost), unless: link.unless && figure(link.unless) } : undefined,
  };
};
