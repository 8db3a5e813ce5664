import type { Credit } from '../rules/plan.ts';
import { type Comparing, insteadOf } from './comparing.ts';
import { compareNamed } from './differences-named.ts';
import { expressionData } from './expression-data.ts';
import { creditData, shareData } from './rule-data.ts';
import { creditWords, expressionWords, shareWords } from './words.ts';

const CREDIT_KEYS = [
  ['when', 'counts only where', 'is not limited by a condition'],
  ['amount', 'counts', 'has no amount'],
  ['date', 'is dated', 'has no date'],
  ['shareAmong', 'is shared among rows where', 'is shared among all rows'],
] as const;

export const compareCredits = (comparing: Comparing): void =>
  compareNamed<Credit>(
    comparing,
    'credits',
    { of: (credit) => creditWords(credit), place: ({ place }) => place },
    (old, now, name) => {
      if (comparing.same(old, now, creditData)) return;
      const rewards = comparing.readers('credits', name);
      const add = (
        key: string,
        says: string,
        words: readonly [string | undefined, string | undefined],
        change: (credit: Credit) => Credit,
      ): void =>
        comparing.add(['credits', name, key], rewards, {
          says: `${name} ${says}`,
          before: words[0],
          after: words[1],
          places: { before: old.place, after: now.place },
          take: (plan) => {
            const own = plan.credits.get(name);
            return own === undefined ? plan : { ...plan, credits: new Map([...plan.credits, [name, change(own)]]) };
          },
        });
      if (old.each !== now.each) {
        const words = [creditWords(old), creditWords(now)] as const;
        add('each', `takes ${words[1]} instead of ${words[0]}`, words, () => now);
        return;
      }
      for (const [key, is, none] of CREDIT_KEYS) {
        if (comparing.sameExpression(old[key], now[key])) continue;
        const was = old[key] && expressionWords(old[key], comparing.before);
        const words = now[key] && expressionWords(now[key], comparing.after);
        add(key, insteadOf(was, words, { is, none }), [was, words], (own) => ({ ...own, [key]: now[key] }));
      }
      const told = [old, now].map(({ announced }) => announced?.text);
      // What it asks changes with campaign_notice, and is said there.
      if ((old.announced === undefined) !== (now.announced === undefined)) {
        const notice = now.announced === undefined ? '' : ` (${comparing.after.campaignNotice} days)`;
        const says =
          now.announced === undefined
            ? 'takes rows of campaigns that were not announced in time, too'
            : `takes only rows of campaigns that were announced, or acknowledged, in time${notice}`;
        add('announced_only', says, [told[0], told[1]], (own) => ({ ...own, announced: now.announced }));
      }
      const receivers = [old, now].map(({ to }) => (to === 'company' ? 'the company' : to.text));
      if (!comparing.same(old.to, now.to, (to, as) => (to === 'company' ? to : expressionData(to, as)))) {
        const says = `goes to ${receivers[1]} instead of ${receivers[0]}`;
        add('to', says, [receivers[0], receivers[1]], (own) => ({ ...own, to: now.to }));
      }
      if (!comparing.same(old.share, now.share, (share, as) => share && shareData(share, as))) {
        const was = old.share && shareWords(old.share, comparing.before);
        const is = now.share && shareWords(now.share, comparing.after);
        add('share', `is shared out ${is} instead of ${was}`, [was, is], (own) => ({ ...own, share: now.share }));
      }
      if (old.overlay !== now.overlay) {
        const says = now.overlay ? 'may credit more than the whole' : 'never credits more than the whole';
        add('overlay', says, [String(old.overlay), String(now.overlay)], (own) => ({ ...own, overlay: now.overlay }));
      }
    },
  );
