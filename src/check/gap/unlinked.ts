import type { Found } from '../found.ts';
import { differs, type Gap, mainReward, payOf } from './context.ts';
import { FACTORS } from './moved.ts';

/** Whether one department's pay moves with another's results, from nothing to four times the goal. */
const movesWith = ({ moving, now }: Gap, department: string, other: string): boolean => {
  const own = now.total.get(department) ?? 0;
  return FACTORS.some((factor) => {
    const pay = payOf(moving.by(other, factor), department);
    return pay !== undefined && differs(own, pay);
  });
};

/** Whether a link on a department's pay that depends on joint work moves at all, whoever moves it. */
const hasCrossingLink = ({ moving, now, departments }: Gap, department: string): boolean =>
  [...(now.links.get(department)?.values() ?? [])].some(
    ({ link, crosses, least, most }) =>
      crosses &&
      departments.some((one) =>
        FACTORS.some((factor) =>
          [moving.by(one, factor), moving.byOwn(one, factor)].some((moved) => {
            const seen = moved?.links.get(department)?.get(link);
            return seen !== undefined && (differs(seen.least, least) || differs(seen.most, most));
          }),
        ),
      ),
  );

/** Departments whose pay does not move with any other's results, while others' pay moves with theirs, or while nobody's does. */
export const unlinkedPay = (gap: Gap): readonly Found[] => {
  const { departments } = gap;
  const linked = departments.filter(
    (one) => hasCrossingLink(gap, one) || departments.some((other) => other !== one && movesWith(gap, one, other)),
  );
  return departments
    .filter((one) => !linked.includes(one))
    .flatMap((department): readonly Found[] => {
      const reward = mainReward(gap, department);
      if (reward === undefined) return [];
      const others = departments.filter((one) => one !== department);
      const bound = others.filter((other) => linked.includes(other) && movesWith(gap, other, department));
      const at = { place: reward.place, path: `rewards > ${reward.name}` };
      const names = others.join(' and ');
      const related = [...(gap.now.rewards.get(department)?.keys() ?? [])]
        .filter((one) => one !== reward)
        .map((one) => ({ ...one.place, message: `and ${one.name} does not, either` }));
      const hint = `bind it: links: { ...: { because: ..., by: ${scopeOf(gap, others[0] ?? '')}, curve: { ... } } }`;
      if (bound.length === 0) {
        const message = `what ${department} is paid does not move with the results of ${names} at all`;
        return [{ code: 'unlinked-pay', message, ...at, related, hint }];
      }
      const message = `the pay of ${bound.join(' and ')} moves with the results of ${department}, but what ${department} is paid does not move with theirs`;
      const links = bound.flatMap((other) =>
        [...(gap.now.links.get(other)?.values() ?? [])]
          .filter(({ crosses }) => crosses)
          .map(({ link }) => ({ ...link.place, message: `this link binds ${other}` })),
      );
      return [{ code: 'one-way-link', message, ...at, related: [...links, ...related], hint }];
    });
};

/** A measure of a group of another department, to show what a link could read. */
const scopeOf = ({ stage }: Gap, department: string): string => {
  const [measure] = stage.plan.measures.keys();
  return `${department.toLowerCase().replace(/\W+/g, '_')}.${measure ?? 'attainment'}`;
};
