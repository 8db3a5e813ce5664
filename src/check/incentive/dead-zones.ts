import type { Reward } from '../../rules/plan.ts';
import { abs, compare, equal, type Num, sub } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { type Cause, causeOfJump } from './cause.ts';
import type { Incentives } from './context.ts';
import { type Explored, exactOf, toleranceOf } from './explore.ts';
import type { Sample } from './sample.ts';

/** A stretch in which selling more changes nothing of a reward, and the rule by which it does not. */
interface Zone {
  readonly cause: Cause;
  readonly person: string;
  readonly where: string;
}

/** Stretches in which selling more changes nothing: beyond a cap or a curve's last point, below a threshold. One note a rule. */
export const deadZones = (incentives: Incentives): readonly Found[] => {
  const zones = new Map<string, Zone[]>();
  const told = new Set<string>();
  for (const explored of incentives.explored) {
    if (!explored.driver.open) continue;
    const moved = movedIn(explored).filter(({ person, reward }) => !told.has(`${person}/${reward.name}`));
    for (const { person, reward } of moved) {
      // The first thing that moves a reward tells of it.
      told.add(`${person}/${reward.name}`);
      for (const zone of zonesOf(incentives, explored, person, reward)) {
        const key = `${zone.cause.path}/${zone.person}`;
        zones.set(key, [...(zones.get(key) ?? []), zone]);
      }
    }
  }
  return [...zones.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { cause, person } = first;
    return [
      {
        code: 'dead-zone' as const,
        message: `${all.map(({ where }) => where).join(' and ')} selling more changes nothing in the ${cause.reward.name} of ${person}`,
        place: cause.place,
        path: cause.path,
      },
    ];
  });
};

/** Shorter stretches than this are no zone. */
const SHORTEST = 1000;

/** The rewards that move at all while one thing is varied. */
const movedIn = ({ samples }: Explored): readonly { readonly person: string; readonly reward: Reward }[] => {
  const least = new Map<string, { readonly person: string; readonly reward: Reward; readonly exact: Num }>();
  const moved = new Map<string, { readonly person: string; readonly reward: Reward }>();
  for (const sample of samples) {
    for (const { person, reward, exact } of sample.paid) {
      const key = `${person}/${reward.name}`;
      const before = least.get(key);
      if (before === undefined) least.set(key, { person, reward, exact });
      else if (compare(abs(sub(exact, before.exact)), toleranceOf(sample)) > 0) moved.set(key, { person, reward });
    }
  }
  return [...moved.values()];
};

interface Piece {
  readonly left: Sample;
  readonly right: Sample;
  readonly flat: boolean;
}

const zonesOf = (incentives: Incentives, explored: Explored, person: string, reward: Reward): readonly Zone[] => {
  const { driver, samples } = explored;
  const isFlat = (left: Sample, right: Sample): boolean =>
    compare(abs(sub(exactOf(right, person, reward.name), exactOf(left, person, reward.name))), toleranceOf(right)) <= 0;
  const paysSame = (a: Sample, b: Sample): boolean =>
    equal(exactOf(a, person, reward.name), exactOf(b, person, reward.name));
  const pieces = samples.flatMap((right, i): readonly Piece[] => {
    const left = samples[i - 1];
    return left === undefined || right.x - left.x < SHORTEST ? [] : [{ left, right, flat: isFlat(left, right) }];
  });
  if (pieces.every(({ flat }) => flat)) return [];
  // Neighbours that pay the same belong to the zone, too.
  const widened = (sample: Sample, by: number): Sample => {
    let at = samples.indexOf(sample);
    while (samples[at + by] !== undefined && paysSame(samples[at + by] as Sample, sample)) at += by;
    return samples[at] as Sample;
  };
  const zones: Zone[] = [];
  for (const [i, piece] of pieces.entries()) {
    if (!piece.flat || pieces[i - 1]?.flat === true) continue;
    let end = i;
    while (pieces[end + 1]?.flat === true) end++;
    const from = widened(piece.left, -1);
    const to = widened((pieces[end] as Piece).right, 1);
    const isLast = end === pieces.length - 1;
    const [left, right] =
      i === 0 ? [from, (pieces[end + 1] as Piece).right] : [(pieces[i - 1] as Piece).left, piece.right];
    const cause = causeOfJump(left, right, reward, { ...incentives, unit: driver.unit });
    const where = isLast
      ? `beyond ${driver.nameAt(from.x)}`
      : i === 0
        ? `below ${driver.nameAt(to.x)}`
        : `between ${driver.nameAt(from.x)} and ${driver.nameAt(to.x)}`;
    zones.push({ cause, person, where });
  }
  return zones;
};
