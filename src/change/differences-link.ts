import type { CurvePoint } from '../rules/curve.ts';
import type { Factor } from '../rules/link/kinds.ts';
import type { Link, Plan, Reward } from '../rules/plan.ts';
import { equal, toPercent } from '../values/num.ts';
import { type Comparing, insteadOf } from './comparing.ts';
import { sameData } from './data.ts';
import { byValue } from './expression-data.ts';
import { factorData, linkData } from './rule-data.ts';
import { expressionWords, factorWords, linkWords, pointWords } from './words.ts';

/** How the links of a reward differ. */
export const compareLinks = (comparing: Comparing, before: Reward, after: Reward): void => {
  const pairs = pairsOf(comparing, before, after);
  // Weights add up to 100%: where one changes, the others do, and none makes sense alone.
  const blend = pairs.some(({ old, now }) => !sameWeight(old, now))
    ? `rewards > ${before.name} > links > weights`
    : undefined;
  for (const { old, now } of pairs) {
    const weighted = old?.weight !== undefined || now?.weight !== undefined;
    compareLink(comparing, before, { old, now, part: weighted ? blend : undefined });
  }
};

interface Pair {
  readonly old: Link | undefined;
  readonly now: Link | undefined;
}

const sameWeight = (old: Link | undefined, now: Link | undefined): boolean =>
  old?.weight === undefined || now?.weight === undefined ? old?.weight === now?.weight : equal(old.weight, now.weight);

/** Links by name; and those that have only got another one. */
const pairsOf = (
  { before: beforePlan, after: afterPlan }: Comparing,
  before: Reward,
  after: Reward,
): readonly Pair[] => {
  const left = after.links.filter(({ name }) => !before.links.some((link) => link.name === name));
  const pairs = before.links.map((old): Pair => {
    const named = after.links.find(({ name }) => name === old.name);
    if (named !== undefined) return { old, now: named };
    const at = left.findIndex((link) =>
      sameData(linkData(link, byValue(afterPlan)), linkData(old, byValue(beforePlan))),
    );
    const [now] = at < 0 ? [] : left.splice(at, 1);
    return { old, now };
  });
  return [...pairs, ...left.map((now): Pair => ({ old: undefined, now }))];
};

const compareLink = (
  comparing: Comparing,
  reward: Reward,
  { old, now, part }: Pair & { readonly part: string | undefined },
): void => {
  const path = (key: string): string[] => ['links', (old ?? now)?.name ?? '', key];
  const places = { before: old?.place, after: now?.place };
  if (old === undefined || now === undefined) {
    const link = (old ?? now) as Link;
    const words = linkWords(link, old === undefined ? comparing.after : comparing.before);
    const says =
      old === undefined
        ? `a link ${link.name} moves it (${link.because}): ${words}`
        : `the link ${link.name} does not move it any more (${link.because}; before: ${words})`;
    comparing.addOf(
      reward,
      ['links', link.name],
      {
        kind: old === undefined ? 'added' : 'removed',
        says,
        before: old && words,
        after: now && words,
        places,
        part,
      },
      (own) => ({
        ...own,
        links: old === undefined ? [...own.links, link] : own.links.filter(({ name }) => name !== link.name),
      }),
    );
    return;
  }
  const put =
    (change: (link: Link) => Link) =>
    (own: Reward): Reward => ({
      ...own,
      links: own.links.map((link) => (link.name === old.name ? change(link) : link)),
    });
  if (old.name !== now.name) {
    const says = `the link ${old.name} is now called ${now.name}`;
    comparing.addOf(reward, ['links', old.name], { kind: 'renamed', says, before: old.name, after: now.name, places });
  }
  if (old.because !== now.because) {
    const says = `the reason of ${now.name} is “${now.because}” instead of “${old.because}”`;
    comparing.addOf(reward, path('because'), { says, before: old.because, after: now.because, places });
  }
  if (!comparing.same(old.factor, now.factor, factorData)) {
    comparing.addOf(
      reward,
      path('factor'),
      { ...factorSays(old, now, comparing.before, comparing.after), places, part },
      put((link) => ({ ...link, factor: now.factor })),
    );
  }
  if (!sameWeight(old, now)) {
    const [was, is] = [old.weight, now.weight].map((weight) => weight && toPercent(weight));
    comparing.addOf(
      reward,
      path('weight'),
      {
        says: insteadOf(was as string | undefined, is as string | undefined, {
          is: `${now.name} weighs`,
          none: `${now.name} has no weight`,
        }),
        before: was as string | undefined,
        after: is as string | undefined,
        places,
        part,
      },
      put((link) => ({ ...link, weight: now.weight })),
    );
  }
  const conditions = [
    ['when', 'applies only where', 'is not limited by a condition'],
    ['whenMissing', 'where it is missing, counts', 'has no factor for what is missing'],
    ['atMost', 'is at most', 'is not held down'],
    ['unless', 'is not held down where', 'knows no exception'],
  ] as const;
  for (const [key, is, none] of conditions) {
    if (comparing.sameExpression(old[key], now[key])) continue;
    const was = old[key] && expressionWords(old[key], comparing.before);
    const words = now[key] && expressionWords(now[key], comparing.after);
    comparing.addOf(
      reward,
      path(key),
      {
        says: insteadOf(was, words, { is: `${now.name} ${is}`, none: `${now.name} ${none}` }),
        before: was,
        after: words,
        places,
        part,
      },
      put((link) => ({ ...link, [key]: now[key] })),
    );
  }
};

const factorSays = (old: Link, now: Link, before: Plan, after: Plan) => {
  const [was, is] = [factorWords(old.factor, before), factorWords(now.factor, after)];
  const points = pointsSay(old.factor, now.factor, before, after);
  const says = points === undefined ? `the factor of ${now.name} is ${is} instead of ${was}` : `${now.name}: ${points}`;
  return { says, before: was, after: is };
};

/** Where only points of a curve differ: what the factor is now at each of them. */
const pointsSay = (old: Factor, now: Factor, before: Plan, after: Plan): string | undefined => {
  if (old.kind !== 'curve' || now.kind !== 'curve') return undefined;
  const { curve: was } = old;
  const { curve: is } = now;
  const others = old.by.text !== now.by.text || was.shape !== is.shape || was.beyond !== is.beyond;
  if (others) return undefined;
  const at = (points: readonly CurvePoint[], point: CurvePoint): CurvePoint | undefined =>
    points.find(({ x }) => equal(x, point.x));
  const said = [
    ...is.points.flatMap((point) => {
      const earlier = at(was.points, point);
      if (earlier !== undefined && equal(earlier.y, point.y)) return [];
      const instead = earlier === undefined ? ' (a new point)' : ` instead of ${toPercent(earlier.y)}`;
      return [`${toPercent(point.y)}${instead} where ${now.by.text} is ${pointWords(point, after)}`];
    }),
    ...was.points.flatMap((point) =>
      at(is.points, point) === undefined ? [`no point at ${pointWords(point, before)} any more`] : [],
    ),
  ];
  return said.length > 3 ? undefined : `the factor is ${said.join(', ')}`;
};
