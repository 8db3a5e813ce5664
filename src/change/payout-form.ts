import type { Plan } from '../rules/plan.ts';
import { type Data, inAnyOrder, mapData } from './data.ts';
import { byValue, expressionData } from './expression-data.ts';
import { dataOf } from './meaning.ts';
import { creditData, linkData, rewardData } from './rule-data.ts';

/**
 * All of a plan that a payout can depend on, as data. Two plans of one form pay the same whatever the rows, by what the
 * language says of each thing that is left out or brought into an order of its own:
 *
 * - params and arithmetic of constants are known before any data is read, so only what they come to counts;
 * - arithmetic is exact and `and`, `or` take both sides alike, so operands may stand in any order;
 * - the factors of links are multiplied exactly before a line is rounded once, and a blend is a sum, so links may stand in
 *   any order and have any name (how a line's effect is told apart among them does depend on both);
 * - sections are looked up by name, so their order does not matter; that of rewards is the order of reports;
 * - reasons, the change itself and the name of the plan are for readers; campaign_notice stands in what announced_only asks.
 */
export const payoutForm = (plan: Plan): Data => {
  const as = byValue(plan);
  return {
    currency: plan.currency,
    period: plan.period,
    fiscal_year_starts: plan.fiscalYearStarts,
    rounding: plan.rounding,
    data: dataOf(plan),
    groups: mapData(plan.groups, ({ when }) => expressionData(when, as)),
    credits: mapData(plan.credits, (credit) => creditData(credit, as)),
    measures: mapData(plan.measures, ({ value }) => expressionData(value, as)),
    rewards: mapData(plan.rewards, (reward) =>
      rewardData(reward, inAnyOrder(reward.links.map((link) => linkData(link, as))), as),
    ),
  };
};
