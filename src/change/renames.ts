import type { Plan } from '../rules/plan.ts';
import { canonicalText, type Data, inAnyOrder } from './data.ts';
import { byValue, expressionData, valueData } from './expression-data.ts';
import { NAMED, type Named, NO_RENAMES, type Renames, renamePlan } from './rename.ts';
import { creditData, linkData, rewardData } from './rule-data.ts';

/** What stands under each name of a kind, as data. */
const itemsOf = (plan: Plan, kind: Named): ReadonlyMap<string, Data> => {
  const as = byValue(plan);
  switch (kind) {
    case 'params':
      return new Map([...plan.params].map(([name, { type, value }]) => [name, valueData(type, value)]));
    case 'groups':
      return new Map([...plan.groups].map(([name, { when }]) => [name, expressionData(when, as) ?? null]));
    case 'credits':
      return new Map([...plan.credits].map(([name, credit]) => [name, creditData(credit, as)]));
    case 'measures':
      return new Map([...plan.measures].map(([name, { value }]) => [name, expressionData(value, as) ?? null]));
    case 'rewards':
      return new Map(
        [...plan.rewards].map(([name, reward]) => [
          name,
          rewardData(reward, inAnyOrder(reward.links.map((link) => linkData(link, as))), as),
        ]),
      );
  }
};

/**
 * Which things have only got another name: for each kind, a name that only the new plan has, and the one that only the
 * old plan has, under which the same stands. From the new name to the old.
 */
export const findRenames = (before: Plan, after: Plan): Renames => {
  let names = NO_RENAMES;
  // What something means may be known only once what it reads has its old name.
  for (let found = true; found; ) {
    found = false;
    for (const kind of NAMED) {
      const more = renamesOf(kind, before, renamePlan(after, names));
      if (more.size === 0) continue;
      names = { ...names, [kind]: new Map([...names[kind], ...more]) };
      found = true;
    }
  }
  return names;
};

const renamesOf = (kind: Named, before: Plan, after: Plan): ReadonlyMap<string, string> => {
  const old = itemsOf(before, kind);
  const now = itemsOf(after, kind);
  const gone = [...old].filter(([name]) => !now.has(name)).map(([name, data]) => ({ name, text: canonicalText(data) }));
  const renames = new Map<string, string>();
  for (const [name, data] of now) {
    if (old.has(name)) continue;
    const text = canonicalText(data);
    const at = gone.findIndex((one) => one.text === text);
    const [same] = at < 0 ? [] : gone.splice(at, 1);
    if (same !== undefined) renames.set(name, same.name);
  }
  return renames;
};
