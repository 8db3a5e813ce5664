import type { Expression, Link } from '../plan.ts';
import { factorInputs } from './kinds.ts';

/** All the expressions of a link: what its factor reads, and its conditions. */
export const expressionsOf = (link: Link): readonly Expression[] => [
  ...factorInputs(link.factor),
  ...[link.when, link.whenMissing, link.atMost, link.unless].filter((expression) => expression !== undefined),
];
