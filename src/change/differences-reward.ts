import type { Expression, Plan, Reward } from '../rules/plan.ts';
import { type Comparing, insteadOf } from './comparing.ts';
import { compareLinks } from './differences-link.ts';
import { compareRates } from './differences-rate.ts';
import { linkData, rewardData } from './rule-data.ts';
import { expressionWords, rewardWords } from './words.ts';

/** How the rewards of two plans differ. */
export const compareRewards = (comparing: Comparing): void => {
  const { before, after } = comparing;
  for (const [name, reward] of before.rewards) {
    const now = after.rewards.get(name);
    if (now === undefined) removed(comparing, reward);
    else if (now.body === reward.body) compareReward(comparing, reward, now);
    else replaced(comparing, reward, now);
  }
  for (const [name, reward] of after.rewards) if (!before.rewards.has(name)) added(comparing, reward);
};

const withoutReward = (plan: Plan, name: string): Plan => ({
  ...plan,
  rewards: new Map([...plan.rewards].filter(([each]) => each !== name)),
});

const withReward = (plan: Plan, reward: Reward): Plan => ({
  ...plan,
  rewards: new Map([...plan.rewards, [reward.name, reward]]),
});

const added = (comparing: Comparing, reward: Reward): void => {
  const words = rewardWords(reward, comparing.after);
  comparing.add(['rewards', reward.name], comparing.readers('rewards', reward.name), {
    kind: 'added',
    says: `new: ${reward.name} ${words}`,
    after: words,
    places: { after: reward.place },
    take: (plan) => withReward(plan, reward),
  });
};

const removed = (comparing: Comparing, reward: Reward): void => {
  const words = rewardWords(reward, comparing.before);
  comparing.add(['rewards', reward.name], comparing.readers('rewards', reward.name), {
    kind: 'removed',
    says: `${reward.name} is not paid any more (it ${words})`,
    before: words,
    places: { before: reward.place },
    take: (plan) => withoutReward(plan, reward.name),
  });
};

/** A reward that pays in another way altogether. */
const replaced = (comparing: Comparing, old: Reward, now: Reward): void => {
  const [was, is] = [rewardWords(old, comparing.before), rewardWords(now, comparing.after)];
  comparing.addOf(
    old,
    [],
    {
      says: `it ${is}; before, it ${was.replace(/^pays/, 'paid')}`,
      before: was,
      after: is,
      places: placesOf(old, now),
    },
    () => now,
  );
};

const placesOf = (old: Reward, now: Reward) => ({ before: old.place, after: now.place });

/** What rewards of every body have, and how it is said. */
const LIMITS = [
  ['when', 'it takes', 'it is not limited by a condition'],
  ['cap', 'it is capped at', 'it is not capped'],
  ['guarantee', 'it guarantees', 'it guarantees nothing'],
] as const;

const compareReward = (comparing: Comparing, old: Reward, now: Reward): void => {
  const data = (reward: Reward, as: Parameters<typeof rewardData>[2]) =>
    rewardData(
      reward,
      reward.links.map((link) => [link.name, link.because, linkData(link, as)]),
      as,
    );
  if (comparing.same(old, now, data)) return;
  const say = <R extends Reward>(
    key: string,
    says: string,
    words: readonly [string | undefined, string | undefined],
    put: (reward: R) => R,
  ): void =>
    comparing.addOf(old as R, [key], { says, before: words[0], after: words[1], places: placesOf(old, now) }, put);
  const both = (was: Expression, is: Expression): readonly [string, string] => [
    expressionWords(was, comparing.before),
    expressionWords(is, comparing.after),
  ];
  if (!comparing.sameExpression(old.who, now.who)) {
    const words = both(old.who, now.who);
    say('who', `it is paid to ${words[1]} instead of ${words[0]}`, words, (own) => ({ ...own, who: now.who }));
  }
  if (old.every !== now.every) {
    const says = `it is paid every ${now.every} instead of every ${old.every}`;
    say('every', says, [old.every, now.every], (own) => ({ ...own, every: now.every }));
  }
  if (old.body === 'credit' && now.body === 'credit') {
    if (old.credit !== now.credit) {
      say(
        'per',
        `it pays for each credit of ${now.credit} instead of ${old.credit}`,
        [old.credit, now.credit],
        (own: typeof old) => ({ ...own, credit: now.credit }),
      );
    }
    compareRates(comparing, old, now);
    if (old.tail !== now.tail) {
      const days = [old.tail, now.tail].map((tail) => (tail === undefined ? undefined : `${tail} days`));
      const says = insteadOf(days[0], days[1], {
        is: 'what closes after somebody has left is still paid for',
        none: 'what closes after somebody has left is not paid',
      });
      say('tail', says, [days[0], days[1]], (own: typeof old) => ({ ...own, tail: now.tail }));
    }
  }
  if (old.body === 'payee' && now.body === 'payee') {
    if (!comparing.sameExpression(old.pay, now.pay)) {
      const words = both(old.pay, now.pay);
      say('pay', `it pays ${words[1]} instead of ${words[0]}`, words, (own: typeof old) => ({
        ...own,
        pay: now.pay,
        basis: now.basis,
      }));
    }
    compareProrate(comparing, old, now);
  }
  if (old.body === 'pool' && now.body === 'pool') {
    if (!comparing.sameExpression(old.pool, now.pool)) {
      const words = both(old.pool, now.pool);
      say('pool', `the pool is ${words[1]} instead of ${words[0]}`, words, (own: typeof old) => ({
        ...own,
        pool: now.pool,
      }));
    }
    if (!comparing.sameExpression(old.shareBy, now.shareBy)) {
      const words = both(old.shareBy, now.shareBy);
      say('share_by', `it is shared out by ${words[1]} instead of ${words[0]}`, words, (own: typeof old) => ({
        ...own,
        shareBy: now.shareBy,
        basis: now.basis,
      }));
    }
    if (old.each !== now.each) {
      const says = insteadOf(old.each, now.each, { is: 'there is a pool for each', none: 'there is no pool for each' });
      say('each', says, [old.each, now.each], (own: typeof old) => ({ ...own, each: now.each }));
    }
    compareProrate(comparing, old, now);
  }
  for (const [key, is, none] of LIMITS) {
    if (comparing.sameExpression(old[key], now[key])) continue;
    const was = old[key] && expressionWords(old[key], comparing.before);
    const words = now[key] && expressionWords(now[key], comparing.after);
    const body =
      key === 'when' && old.body === 'credit'
        ? 'it pays only credits where'
        : key === 'when'
          ? 'only those take part where'
          : is;
    say(key, insteadOf(was, words, { is: body, none }), [was, words], (own) => ({ ...own, [key]: now[key] }));
  }
  compareLinks(comparing, old, now);
};

const compareProrate = (comparing: Comparing, old: Reward, now: Reward): void => {
  if (old.prorate === now.prorate || old.body === 'credit' || now.body === 'credit') return;
  const words = { days: 'a part of the period counts by its days', none: 'a part of the period counts whole' };
  const [was, is] = [old.prorate ?? 'days', now.prorate ?? 'days'];
  comparing.addOf<Reward>(
    old,
    ['prorate'],
    { says: words[is], before: was, after: is, places: placesOf(old, now) },
    (own: Reward) => (own.body === 'credit' ? own : { ...own, prorate: now.prorate }),
  );
};
