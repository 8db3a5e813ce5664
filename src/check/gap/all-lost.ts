import { compare, div, fraction, mul, type Num, sign, sub, toPercent } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { type Gap, mainReward, payOf } from './context.ts';
import type { LinkSeen } from './moved.ts';

/** Who keeps less than this of their pay has lost everything. */
const NOTHING = fraction(10, 100);

/** Departments that lose everything when the other fails, with their own results at goal. */
export const allLost = (gap: Gap): readonly Found[] =>
  gap.departments.flatMap((department): readonly Found[] => {
    const own = gap.now.total.get(department) ?? 0;
    if (sign(own) <= 0) return [];
    const others = gap.departments.filter((one) => one !== department);
    const other = others.find((one) => {
      const left = payOf(gap.moving.without(one), department);
      return left !== undefined && compare(left, mul(own, NOTHING)) < 0;
    });
    const reward = mainReward(gap, department);
    if (other === undefined || reward === undefined) return [];
    const without = gap.moving.without(other);
    const left = payOf(without, department) ?? 0;
    const lost = div(sub(own, left), own) as Num;
    const factorLeft = ({ link, most }: LinkSeen): Num =>
      div(without?.links.get(department)?.get(link)?.most ?? most, most) ?? 1;
    // The one that takes the most comes first.
    const links = [...(gap.now.links.get(department)?.values() ?? [])]
      .filter((one) => one.crosses && one.reward === reward && compare(factorLeft(one), 1) < 0)
      .sort((a, b) => compare(factorLeft(a), factorLeft(b)));
    const [link] = links;
    const place = link?.link.place ?? reward.place;
    const path = `rewards > ${reward.name}${link === undefined ? '' : ` > links > ${link.link.name}`}`;
    return [
      {
        code: 'all-lost',
        message: `when ${other} fails, ${department} loses ${toPercent(lost, 1)} of its pay, with its own results at goal`,
        place,
        path,
        related: links.slice(1).map((one) => ({ ...one.link.place, message: `and ${one.link.name} with it` })),
        hint: 'keep a part of the pay for own results: give this link a weight: beside one that reads them, or let its curve end above 0%',
      },
    ];
  });
