import type { Credit, Param, Plan, Reward } from '../rules/plan.ts';
import { TABLES } from '../rules/tables.ts';
import { formatDay } from '../values/date.ts';
import { Comparing, insteadOf } from './comparing.ts';
import { sameData } from './data.ts';
import type { Difference } from './difference.ts';
import { compareRewards } from './differences-reward.ts';
import { expressionData, valueData } from './expression-data.ts';
import { NAMED, type Named, type Renames } from './rename.ts';
import { creditData, shareData, tableData } from './rule-data.ts';
import { creditWords, expressionWords, shareWords } from './words.ts';

/**
 * How two plans differ, in the order in which plans are read. `after` has the old names already (`renamePlan`), `renames`
 * says which were others.
 */
export const differencesOf = (before: Plan, after: Plan, renames: Renames): readonly Difference[] => {
  // What is paid as often as the plan goes along with it: that is one difference, not one for each reward.
  const comparing = new Comparing(withPeriod(before, after.period), after);
  compareSettings(comparing, before);
  sayRenames(comparing, renames);
  compareParams(comparing);
  compareData(comparing);
  compareGroups(comparing);
  compareCredits(comparing);
  compareMeasures(comparing);
  compareRewards(comparing);
  compareChange(comparing);
  return comparing.found;
};

const allRewards = ({ before, after }: Comparing): readonly string[] => [
  ...new Set([...before.rewards.keys(), ...after.rewards.keys()]),
];

const SETTINGS = {
  currency: 'people are paid in',
  period: 'people are paid every',
  fiscalYearStarts: 'the fiscal year starts in month',
  rounding: 'half a cent is rounded',
} as const;

/** A plan that pays by another period: its rewards and steps that have the plan's own take the new one. */
const withPeriod = (plan: Plan, period: Plan['period']): Plan => {
  if (plan.period === period) return plan;
  const moved = (reward: Reward): Reward => {
    if (reward.every !== plan.period) return reward;
    if (reward.body !== 'credit' || reward.rate.kind !== 'steps' || reward.rate.accumulate !== plan.period)
      return { ...reward, every: period };
    return { ...reward, every: period, rate: { ...reward.rate, accumulate: period } };
  };
  const rewards = new Map([...plan.rewards].map(([name, reward]) => [name, moved(reward)]));
  return { ...plan, period, rewards };
};

const compareSettings = (comparing: Comparing, before: Plan): void => {
  const { after } = comparing;
  if (before.name !== after.name) {
    const says = `the plan is called “${after.name}” instead of “${before.name}”`;
    comparing.add(['plan'], [], { kind: 'renamed', says, before: before.name, after: after.name });
  }
  for (const [key, what] of Object.entries(SETTINGS) as [keyof typeof SETTINGS, string][]) {
    const [was, is] = [before[key], after[key]];
    if (was === is) continue;
    comparing.add([key], allRewards(comparing), {
      says: `${what} ${is} instead of ${was}`,
      before: String(was),
      after: String(is),
      take: (plan) =>
        key === 'period'
          ? withPeriod(plan, after.period)
          : { ...plan, [key]: is, ...(key === 'currency' ? { digits: after.digits } : {}) },
    });
  }
};

const KIND_WORDS: Readonly<Record<Named, string>> = {
  params: 'param',
  groups: 'group',
  credits: 'credit',
  measures: 'measure',
  rewards: 'reward',
};

const sayRenames = (comparing: Comparing, renames: Renames): void => {
  for (const kind of NAMED) {
    for (const [now, old] of renames[kind]) {
      const says = `the ${KIND_WORDS[kind]} ${old} is now called ${now}`;
      comparing.add([kind, old, 'name'], [], { kind: 'renamed', says, before: old, after: now });
    }
  }
};

/** What only one plan has under a name, and what both have but otherwise. */
const compareNamed = <V>(
  comparing: Comparing,
  kind: Exclude<Named, 'rewards'>,
  words: {
    readonly of: (value: V, plan: Plan) => string;
    readonly place: (value: V) => Difference['places']['before'];
  },
  compare: (old: V, now: V, name: string) => void,
): void => {
  const { before, after } = comparing;
  // The sections are maps of one type each, which the union of their types cannot say.
  const [old, now] = [before[kind], after[kind]] as unknown as readonly [
    ReadonlyMap<string, V>,
    ReadonlyMap<string, V>,
  ];
  for (const [name, value] of old) {
    const other = now.get(name);
    if (other !== undefined) compare(value, other, name);
    else {
      const was = words.of(value, before);
      comparing.add([kind, name], [], {
        kind: 'removed',
        says: `the ${KIND_WORDS[kind]} ${name} is gone (${was})`,
        before: was,
        places: { before: words.place(value) },
      });
    }
  }
  for (const [name, value] of now) {
    if (old.has(name)) continue;
    const is = words.of(value, after);
    comparing.add([kind, name], [], {
      kind: 'added',
      says: `a new ${KIND_WORDS[kind]} ${name}: ${is}`,
      after: is,
      places: { after: words.place(value) },
    });
  }
};

const compareParams = (comparing: Comparing): void =>
  compareNamed<Param>(
    comparing,
    'params',
    { of: ({ text }) => text, place: ({ place }) => place },
    (old, now, name) => {
      if (sameData(valueData(old.type, old.value), valueData(now.type, now.value))) return;
      comparing.add(['params', name], comparing.readers('params', name), {
        says: `${name} is ${now.text} instead of ${old.text}`,
        before: old.text,
        after: now.text,
        places: { before: old.place, after: now.place },
        take: (plan) => ({ ...plan, params: new Map([...plan.params, [name, now]]) }),
      });
    },
  );

/** How tables are read: it is for whoever reads them to try both ways. */
const compareData = (comparing: Comparing): void => {
  const { before, after } = comparing;
  for (const { name } of TABLES) {
    const [was, is] = [before.data.get(name), after.data.get(name)];
    const files = [was?.file, is?.file].map((file) => file ?? `${name}.csv`);
    if (files[0] !== files[1]) {
      const says = `${name} are read from ${files[1]} instead of ${files[0]}`;
      comparing.add(['data', name, 'file'], [], {
        says,
        before: files[0],
        after: files[1],
        places: { before: was?.place, after: is?.place },
      });
    }
    const [old, now] = [was && tableData(was), is && tableData(is)];
    if (sameData(old ?? {}, now ?? {})) continue;
    comparing.add(['data', name], allRewards(comparing), {
      says: `${name} are read in another way: ${settingsSay(old ?? {}, now ?? {})}`,
      places: { before: was?.place, after: is?.place },
      take: (plan) => ({ ...plan, data: after.data }),
      part: 'data',
    });
  }
  for (const [key, what] of [
    ['targetPer', 'target_pay is for a'],
    ['quotaProrate', 'quotas are prorated by'],
  ] as const) {
    const [was, is] = [before[key], after[key]];
    if (was === is) continue;
    comparing.add(['data', key], allRewards(comparing), {
      says: insteadOf(was, is, { is: what, none: `${what} nothing` }),
      before: was,
      after: is,
      take: (plan) => ({ ...plan, [key]: is }),
    });
  }
};

const settingsSay = (old: ReturnType<typeof tableData>, now: ReturnType<typeof tableData>): string =>
  [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => !sameData(old[key] ?? null, now[key] ?? null))
    .map((key) => {
      const [was, is] = [old[key], now[key]];
      return typeof was === 'string' && typeof is === 'string' ? `${key} ${is} instead of ${was}` : key;
    })
    .join(', ');

const compareGroups = (comparing: Comparing): void =>
  compareNamed<{ readonly when: Credit['date']; readonly place: Credit['place'] }>(
    comparing,
    'groups',
    { of: ({ when }) => when.text, place: ({ place }) => place },
    (old, now, name) => {
      if (comparing.sameExpression(old.when, now.when)) return;
      comparing.add(['groups', name], comparing.readers('groups', name), {
        says: `in ${name} is whoever fulfils ${now.when.text}, instead of ${old.when.text}`,
        before: old.when.text,
        after: now.when.text,
        places: { before: old.place, after: now.place },
        take: (plan) => {
          const group = comparing.after.groups.get(name);
          return group === undefined ? plan : { ...plan, groups: new Map([...plan.groups, [name, group]]) };
        },
      });
    },
  );

const compareMeasures = (comparing: Comparing): void =>
  compareNamed<{ readonly value: Credit['date']; readonly place: Credit['place'] }>(
    comparing,
    'measures',
    { of: ({ value }) => value.text, place: ({ place }) => place },
    (old, now, name) => {
      if (comparing.sameExpression(old.value, now.value)) return;
      comparing.add(['measures', name], comparing.readers('measures', name), {
        says: `${name} is ${now.value.text} instead of ${old.value.text}`,
        before: old.value.text,
        after: now.value.text,
        places: { before: old.place, after: now.place },
        take: (plan) => {
          const measure = comparing.after.measures.get(name);
          return measure === undefined ? plan : { ...plan, measures: new Map([...plan.measures, [name, measure]]) };
        },
      });
    },
  );

const CREDIT_KEYS = [
  ['when', 'counts only where', 'is not limited by a condition'],
  ['amount', 'counts', 'has no amount'],
  ['date', 'is dated', 'has no date'],
  ['shareAmong', 'is shared among rows where', 'is shared among all rows'],
] as const;

const compareCredits = (comparing: Comparing): void =>
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
      if (!comparing.sameExpression(old.announced, now.announced)) {
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

const compareChange = (comparing: Comparing): void => {
  const { before, after } = comparing;
  const [old, now] = [before.change, after.change];
  const day = (value: number | undefined): string | undefined => (value === undefined ? undefined : formatDay(value));
  const days = (value: number | undefined): string | undefined => (value === undefined ? undefined : `${value} days`);
  const say = (
    key: string,
    was: string | undefined,
    is: string | undefined,
    words: { is: string; none: string },
  ): void => {
    if (was !== is)
      comparing.add(['change', key], [], {
        says: insteadOf(was, is, words),
        before: was,
        after: is,
        places: { before: old?.place, after: now?.place },
      });
  };
  say('effective', day(old?.effective), day(now?.effective), {
    is: 'it is in force from',
    none: 'it says no first day',
  });
  say('ends', day(old?.ends), day(now?.ends), { is: 'it is meant until', none: 'it says no end' });
  say('notice', days(old?.notice), days(now?.notice), { is: 'the notice is', none: 'there is no notice' });
  say('because', old?.because, now?.because, { is: 'the reason is', none: 'there is no reason' });
  say('discussion', old?.discussion, now?.discussion, { is: 'it is discussed at', none: 'no discussion is named' });
  const signing = [old, now].map((change) => [...(change?.signOff ?? [])].sort().join(', ') || undefined);
  say('sign_off', signing[0], signing[1], { is: 'signed by', none: 'nobody signs' });
  for (const name of new Set([...before.roles.keys(), ...after.roles.keys()])) {
    const [was, is] = [before.roles.get(name)?.person, after.roles.get(name)?.person];
    if (was !== is)
      comparing.add(['roles', name], [], {
        says: insteadOf(was, is, { is: `${name} is`, none: `there is no ${name}` }),
        before: was,
        after: is,
      });
  }
  if (before.campaignNotice !== after.campaignNotice) {
    const words = { is: 'campaigns are announced', none: 'campaigns are not announced' };
    const [was, is] = [days(before.campaignNotice), days(after.campaignNotice)];
    comparing.add(['campaign_notice'], [], {
      says: `${insteadOf(was, is, words)} before they start`,
      before: was,
      after: is,
    });
  }
};
