import type { Account, CheckSetting, Export, Plan, Role } from '../rules/plan.ts';
import { formatDay } from '../values/date.ts';
import { toPercent } from '../values/num.ts';
import { type Comparing, insteadOf } from './comparing.ts';
import { type Data, mapData, sameData } from './data.ts';

const daysWords = (count: number | undefined): string | undefined =>
  count === undefined ? undefined : `${count} days`;

/** How plans differ in from when they are in force, why, and who must agree; and in what they promise or excuse. */
export const compareChange = (comparing: Comparing): void => {
  const { before, after } = comparing;
  const [old, now] = [before.change, after.change];
  const day = (value: number | undefined): string | undefined => (value === undefined ? undefined : formatDay(value));
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
  say('notice', daysWords(old?.notice), daysWords(now?.notice), { is: 'the notice is', none: 'there is no notice' });
  say('because', old?.because, now?.because, { is: 'the reason is', none: 'there is no reason' });
  say('discussion', old?.discussion, now?.discussion, { is: 'it is discussed at', none: 'no discussion is named' });
  const signing = [old, now].map((change) => [...(change?.signOff ?? [])].sort().join(', ') || undefined);
  say('sign_off', signing[0], signing[1], { is: 'signed by', none: 'nobody signs' });
  compareRoles(comparing);
  compareCampaignNotice(comparing);
  compareChecks(comparing);
  compareExport(comparing);
};

const compareRoles = (comparing: Comparing): void => {
  const { before, after } = comparing;
  for (const name of new Set([...before.roles.keys(), ...after.roles.keys()])) {
    const [was, is] = [roleWords(before.roles.get(name)), roleWords(after.roles.get(name))];
    if (was === is) continue;
    comparing.add(['roles', name], [], {
      says: insteadOf(was, is, { is: `${name} is`, none: `there is no ${name}` }),
      before: was,
      after: is,
    });
  }
};

/** `mo`, and for whom where the name of the role does not say it: `mo, for marketing`. */
const roleWords = (role: Role | undefined): string | undefined => {
  if (role === undefined) return undefined;
  const { name, person, department } = role;
  return department === undefined || name === `head_of_${department}` ? person : `${person}, for ${department}`;
};

/** How long before their start campaigns are announced, and with it what credits with `announced_only` take. */
const compareCampaignNotice = (comparing: Comparing): void => {
  const { before, after } = comparing;
  if (before.campaignNotice === after.campaignNotice) return;
  const asking = [...before.credits].filter(
    ([name, { announced }]) => announced !== undefined && after.credits.get(name)?.announced !== undefined,
  );
  const rewards = new Set(asking.flatMap(([name]) => comparing.readers('credits', name)));
  const words = { is: 'campaigns are announced', none: 'campaigns are not announced' };
  const [was, is] = [daysWords(before.campaignNotice), daysWords(after.campaignNotice)];
  comparing.add(['campaign_notice'], [...rewards], {
    says: `${insteadOf(was, is, words)} before they start`,
    before: was,
    after: is,
    take: asking.length === 0 ? undefined : (plan) => withNoticeOf(plan, after),
  });
};

/** A plan whose credits ask for the notice of another. */
const withNoticeOf = (plan: Plan, { campaignNotice, credits }: Plan): Plan => ({
  ...plan,
  campaignNotice,
  credits: new Map(
    [...plan.credits].map(([name, credit]) => {
      const announced = credit.announced && credits.get(name)?.announced;
      return [name, announced === undefined ? credit : { ...credit, announced }];
    }),
  ),
});

/** What `check` is to take otherwise, which nobody should come to excuse in silence. */
const compareChecks = (comparing: Comparing): void => {
  const { before, after } = comparing;
  for (const code of new Set([...before.checks.keys(), ...after.checks.keys()])) {
    const [old, now] = [before.checks.get(code), after.checks.get(code)];
    const [was, is] = [old && checkWords(old), now && checkWords(now)];
    if (was === is) continue;
    comparing.add(['checks', code], [], {
      kind: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed',
      says: insteadOf(was, is, { is: `check takes ${code}`, none: `check takes ${code} otherwise` }),
      before: was,
      after: is,
      places: { before: old?.place, after: now?.place },
    });
  }
};

/** `off for commission, because we know` */
const checkWords = ({ level, because, only, moreThan }: CheckSetting): string => {
  const whom = only === undefined ? '' : ` for ${[...only].sort().join(', ')}`;
  const from = moreThan === undefined ? '' : ` from ${toPercent(moreThan)} on`;
  return `as ${level ?? 'ever'}${whom}${from}, because ${because}`;
};

/** How payouts are handed on, which alters none of them. */
const compareExport = (comparing: Comparing): void => {
  const [old, now] = [comparing.before.export, comparing.after.export];
  const say = (key: string, what: string, was: Data | undefined, is: Data | undefined): void => {
    if (sameData(was ?? null, is ?? null)) return;
    const says = was === undefined ? 'is new' : is === undefined ? 'is said no more' : 'is another';
    comparing.add(['export', key], [], {
      says: `${what} ${says}`,
      places: { before: old?.place, after: now?.place },
    });
  };
  const columns = (one: Export | undefined): Data | undefined =>
    one?.payroll?.map(({ header, value, fixed }) => [header, value, fixed ?? null]);
  say('payroll', 'the form of the payroll file', columns(old), columns(now));
  say('expense', 'the account of expenses', accountData(old?.expense), accountData(now?.expense));
  say('liability', 'the account of what is owed', old?.liability, now?.liability);
  // What comes or goes with its reward is said there.
  const stays = (name: string): boolean =>
    name === 'adjustments' || (comparing.before.rewards.has(name) && comparing.after.rewards.has(name));
  const named = new Set([...(old?.rewards.keys() ?? []), ...(now?.rewards.keys() ?? [])]);
  for (const reward of [...named].filter(stays)) {
    const [was, is] = [old?.rewards.get(reward), now?.rewards.get(reward)];
    say(reward, `the earning code of ${reward}`, was?.earningCode, is?.earningCode);
    say(reward, `the account of expenses of ${reward}`, accountData(was?.expense), accountData(is?.expense));
    say(reward, `the account of what is owed of ${reward}`, was?.liability, is?.liability);
  }
};

const accountData = (account: Account | undefined): Data | undefined =>
  account && [account.all ?? null, mapData(account.byDepartment, (own) => own)];
