import { expressionsOf as expressionsOfLink } from './link/expressions.ts';
import type { Credit, Expression, Plan, Reward } from './plan.ts';
import { shareInputs } from './share/kinds.ts';

/** An expression of a plan and where it stands: `rewards > commission > rate`. */
export interface Placed {
  readonly expression: Expression;
  readonly path: string;
}

/** Every expression of a plan, in its order. */
export const expressionsOf = (plan: Plan): readonly Placed[] => {
  const { found, add } = collector();
  for (const group of plan.groups.values()) add(`groups > ${group.name}`, group.when);
  for (const credit of plan.credits.values()) found.push(...expressionsOfCredit(credit));
  for (const measure of plan.measures.values()) add(`measures > ${measure.name}`, measure.value);
  for (const reward of plan.rewards.values()) found.push(...expressionsOfReward(reward));
  return found;
};

const collector = () => {
  const found: Placed[] = [];
  const add = (path: string, ...expressions: (Expression | undefined)[]): void => {
    for (const expression of expressions) if (expression !== undefined) found.push({ expression, path });
  };
  return { found, add };
};

/** Every expression of one credit, in its order. */
export const expressionsOfCredit = (credit: Credit): readonly Placed[] => {
  const { found, add } = collector();
  const path = `credits > ${credit.name}`;
  const to = credit.to === 'company' ? undefined : credit.to;
  add(path, credit.when, credit.announced, to, credit.amount, credit.date, credit.shareAmong);
  if (credit.share !== undefined) add(`${path} > share`, ...shareInputs(credit.share));
  return found;
};

/** Every expression of one reward, in its order. */
export const expressionsOfReward = (reward: Reward): readonly Placed[] => {
  const { found, add } = collector();
  const path = `rewards > ${reward.name}`;
  add(`${path} > who`, reward.who);
  add(`${path} > when`, reward.when);
  if (reward.body === 'payee') add(`${path} > pay`, reward.pay);
  if (reward.body === 'pool') {
    add(`${path} > pool`, reward.pool);
    add(`${path} > share_by`, reward.shareBy);
  }
  if (reward.body === 'credit') add(`${path} > ${reward.unit}`, ...expressionsOfRate(reward.rate));
  for (const link of reward.links) add(`${path} > links > ${link.name}`, ...expressionsOfLink(link));
  add(`${path} > cap`, reward.cap);
  add(`${path} > guarantee`, reward.guarantee);
  return found;
};

/** The expressions of a rate: of its value, its steps, its table, what a curve is read by. */
export const expressionsOfRate = (
  rate: Extract<Reward, { body: 'credit' }>['rate'],
): readonly (Expression | undefined)[] => {
  switch (rate.kind) {
    case 'value':
      return [rate.value];
    case 'table':
      return [rate.by, ...rate.rows.values(), rate.otherwise];
    case 'curve':
      return [rate.by];
    case 'steps':
      return [rate.of, rate.counting, ...rate.steps.flatMap((step) => [step.end, step.rate])];
  }
};
