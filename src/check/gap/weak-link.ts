import { add, compare, div, isZero, max, min, mul, type Num, sign, sub, toPercent } from '../../values/num.ts';
import type { Found } from '../found.ts';
import type { Gap } from './context.ts';
import { BEST, type LinkSeen, WORST } from './moved.ts';

/** Nobody would call a link that moves so much weak, whatever a plan's threshold. */
const MOST_LOOKED_AT = 1;

/**
 * Links that bind a department to the other side, but so loosely that between its worst and its best (50% and 150% of goal)
 * pay hardly differs. A link that asks whether something is there at all is measured between all of it and nothing.
 */
export const weakLinks = (gap: Gap): readonly Found[] =>
  gap.departments.flatMap((department) =>
    [...(gap.now.links.get(department)?.values() ?? [])]
      .filter(({ crosses }) => crosses)
      .flatMap((seen) => judge(gap, department, seen)),
  );

const judge = (gap: Gap, department: string, seen: LinkSeen): readonly Found[] => {
  const { link, reward } = seen;
  let least = seen.least;
  let most = seen.most;
  for (const other of gap.departments) {
    for (const factor of [0, WORST, BEST]) {
      // From nothing at all only a link that asks whether there is something is to be judged.
      if (factor === 0 && !isSwitch(seen)) continue;
      for (const paid of [gap.moving.by(other, factor), gap.moving.byOwn(other, factor)]) {
        const moved = paid?.links.get(department)?.get(link);
        if (moved === undefined) continue;
        least = min(least, moved.least);
        most = max(most, moved.most);
      }
    }
  }
  const whole = gap.now.total.get(department) ?? 0;
  const paid = gap.now.rewards.get(department)?.get(reward) ?? 0;
  const blend = blendOf(gap, department, seen);
  if (sign(whole) <= 0 || isZero(blend)) return [];
  const part = div(mul(sub(most, least), mul(link.weight ?? 1, paid)), mul(blend, whole)) as Num;
  if (isZero(part) || compare(part, MOST_LOOKED_AT) >= 0) return [];
  return [
    {
      code: 'weak-link',
      message: `between the other side’s worst and best the link ${link.name} moves ${toPercent(part, 2)} of what ${department} is paid`,
      place: link.place,
      path: `rewards > ${reward.name} > links > ${link.name}`,
      size: part,
      hint: 'let it move more, or say plainly that the two are not bound to each other',
    },
  ];
};

const isSwitch = ({ link }: LinkSeen): boolean => link.when !== undefined || link.factor.kind === 'gate';

/** What the factor of a link is a part of: itself, or the blend of all that have a weight. */
const blendOf = ({ now }: Gap, department: string, { link, reward, most }: LinkSeen): Num => {
  if (link.weight === undefined) return most;
  const links = now.links.get(department);
  return reward.links.reduce<Num>((sum, one) => {
    const factor = links?.get(one)?.most;
    return one.weight === undefined || factor === undefined ? sum : add(sum, mul(one.weight, factor));
  }, 0);
};
