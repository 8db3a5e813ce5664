import type { Plan } from '../rules/plan.ts';
import { formatDay } from '../values/date.ts';
import { canonicalText, type Data, mapData } from './data.ts';
import { BY_NAME, expressionData, valueData } from './expression-data.ts';
import { creditData, linkData, rewardData, tableData } from './rule-data.ts';

/**
 * What a plan says, as data: what people sign. Its rules, params, how tables are read, the reasons of its links and its
 * change; not how it is spelt, its comments, the files that it is spread over or reads, or the order of what has none.
 * What is not said is left out, so that a key that the language learns later does not change what older plans mean.
 */
export const meaningOf = (plan: Plan): Data => ({
  plan: plan.name,
  currency: plan.currency,
  period: plan.period,
  fiscal_year_starts: plan.fiscalYearStarts,
  rounding: plan.rounding,
  params: mapData(plan.params, ({ type, value }) => valueData(type, value)),
  data: dataOf(plan),
  groups: mapData(plan.groups, ({ when }) => expressionData(when, BY_NAME)),
  credits: mapData(plan.credits, (credit) => creditData(credit, BY_NAME)),
  measures: mapData(plan.measures, ({ value }) => expressionData(value, BY_NAME)),
  rewards: mapData(plan.rewards, (reward) => {
    // Links multiply in the plan's order, by which their effects are told.
    const links = reward.links.map((link) => [link.name, link.because, linkData(link, BY_NAME)]);
    return rewardData(reward, links, BY_NAME);
  }),
  campaign_notice: plan.campaignNotice,
  ...changeData(plan),
});

/** How tables are read: a table of which only the file is said is as good as not said. */
export const dataOf = (plan: Plan): Data => ({
  tables: Object.fromEntries(
    [...plan.data].flatMap(([name, spec]) => {
      const data = tableData(spec);
      return Object.values(data).every((value) => value === undefined) ? [] : [[name, data]];
    }),
  ),
  target_per: plan.targetPer,
  prorate: plan.quotaProrate,
});

const changeData = ({ change, roles }: Plan): { readonly [key: string]: Data | undefined } => ({
  roles: roles.size === 0 ? undefined : mapData(roles, ({ person, department }) => [person, department ?? null]),
  change: change && {
    effective: formatDay(change.effective),
    ends: change.ends === undefined ? undefined : formatDay(change.ends),
    notice: change.notice,
    because: change.because,
    discussion: change.discussion,
    sign_off: [...change.signOff].sort(),
  },
});

/** The text of a plan's meaning, whose SHA-256 a sign-off is bound to. */
export const meaningText = (plan: Plan): string => canonicalText(meaningOf(plan));
