import type { Difference } from './difference.ts';

/** Differences that are taken over together, and whose effect on pay is told as one. */
export interface Part {
  readonly name: string;
  readonly differences: readonly Difference[];
  /** The rewards that it can move. */
  readonly rewards: ReadonlySet<string>;
}

/** How finely a change is told apart, from the finest. */
export const GRAINS = ['difference', 'rule', 'section', 'whole'] as const;
export type Grain = (typeof GRAINS)[number];

const nameOf = ({ path, part }: Difference, grain: Grain): string => {
  switch (grain) {
    case 'difference':
      return part;
    case 'rule':
      return path.slice(0, 2).join(' > ');
    case 'section':
      return path[0] ?? '';
    case 'whole':
      return 'the whole change';
  }
};

/** The parts of a change that can move pay, in the order of their names: which they are told in must not matter. */
export const partsOf = (differences: readonly Difference[], grain: Grain): readonly Part[] => {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    if (difference.take === undefined) continue;
    const name = nameOf(difference, grain);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [difference]);
    else known.push(difference);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, own]) => ({ name, differences: own, rewards: new Set(own.flatMap(({ rewards }) => rewards)) }));
};
