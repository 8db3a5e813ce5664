import type { Place } from '../findings/finding.ts';
import type { Curve, CurvePoint } from '../rules/curve.ts';
import type { Type } from '../rules/expression/typed.ts';
import type { Factor } from '../rules/link/kinds.ts';
import type { Credit, Expression, Link, Plan, Reward } from '../rules/plan.ts';
import type { Rate } from '../rules/rate/kinds.ts';
import type { RateSteps, Step } from '../rules/rate/rate-steps.ts';
import type { Share } from '../rules/share/kinds.ts';
import { formatGrouped } from '../values/money.ts';
import { type Num, toPercent, toText } from '../values/num.ts';

/** An expression as it is written; a lone param with what it is: `base_rate (6%)`. */
export const expressionWords = (expression: Expression, plan: Plan): string => {
  const { node, text } = expression;
  const param = node.kind === 'param' ? plan.params.get(node.name) : undefined;
  return param === undefined ? text : param.text;
};

/** What stands at a place of the plan's files, as it is written there. */
const writtenAt = (plan: Plan, { file, line = 0, column = 0, endColumn = 0 }: Place): string | undefined => {
  const source = plan.sources.find((one) => one.file === file)?.text.split('\n')[line - 1];
  const words = source === undefined ? undefined : [...source].slice(column - 1, endColumn - 1).join('');
  return words === '' ? undefined : words;
};

const valueWords = (value: Num, type: Type, plan: Plan): string => {
  if (type === 'money') return `${formatGrouped(value, plan.digits)} ${plan.currency}`;
  return type === 'days' ? `${toText(value)} days` : toPercent(value);
};

/** Where a point stands, as the plan writes it. */
export const pointWords = (point: CurvePoint, plan: Plan): string => writtenAt(plan, point.place) ?? toPercent(point.x);

export const curveWords = ({ points, shape, beyond }: Curve, type: Type, plan: Plan): string => {
  const told = points.map((point) => `${valueWords(point.y, type, plan)} at ${pointWords(point, plan)}`).join(', ');
  const how = shape === 'step' ? ' (the last point reached)' : beyond === 'continue' ? ' (and on beyond them)' : '';
  return `${told}${how}`;
};

/** `100% of quota` */
export const thresholdWords = (end: Expression, rate: RateSteps, plan: Plan): string => {
  const words = expressionWords(end, plan);
  if (rate.of === undefined) return words;
  const { node, text } = rate.of;
  return `${words} of ${node.kind === 'quota' && node.scope.kind === 'own' ? 'quota' : text}`;
};

const stepWords = (step: Step, i: number, rate: RateSteps, plan: Plan): string => {
  const pays = expressionWords(step.rate, plan);
  if (step.end === undefined) return i === 0 ? pays : `${pays} beyond`;
  return `${pays} ${step.holdsEnd ? 'up to' : 'below'} ${thresholdWords(step.end, rate, plan)}`;
};

export const rateWords = (rate: Rate, unit: 'rate' | 'pay', plan: Plan): string => {
  switch (rate.kind) {
    case 'value':
      return expressionWords(rate.value, plan);
    case 'table': {
      const rows = [...rate.rows].map(
        ([key, row]) => `${typeof key === 'object' ? toText(key) : key} ${expressionWords(row, plan)}`,
      );
      const otherwise = rate.otherwise === undefined ? [] : [`else ${expressionWords(rate.otherwise, plan)}`];
      return `by ${rate.by.text}: ${[...rows, ...otherwise].join(', ')}`;
    }
    case 'curve':
      return `by ${rate.by.text}: ${curveWords(rate.curve, unit === 'pay' ? 'money' : 'number', plan)}`;
    case 'steps': {
      const steps = rate.steps.map((step, i) => stepWords(step, i, rate, plan)).join(', ');
      return rate.method === 'marginal' ? steps : `${steps}, all at the rate reached`;
    }
  }
};

export const factorWords = (factor: Factor, plan: Plan): string => {
  switch (factor.kind) {
    case 'factor':
      return expressionWords(factor.value, plan);
    case 'curve':
      return `by ${factor.by.text}: ${curveWords(factor.curve, 'number', plan)}`;
    case 'matrix': {
      const rows = factor.rows.map(({ x, points, place }) => {
        const at = writtenAt(plan, place) ?? toPercent(x);
        return `at ${at} ${curveWords({ points, shape: factor.shape, beyond: 'flat' }, 'number', plan)}`;
      });
      return `by ${factor.by.map(({ text }) => text).join(' and ')}: ${rows.join('; ')}`;
    }
    case 'gate': {
      const otherwise = factor.otherwise === undefined ? '0%' : expressionWords(factor.otherwise, plan);
      return `100% where ${factor.condition.text}, else ${otherwise}`;
    }
  }
};

export const linkWords = (link: Link, plan: Plan): string => {
  const parts = [factorWords(link.factor, plan)];
  if (link.weight !== undefined) parts.push(`with a weight of ${toPercent(link.weight)}`);
  if (link.when !== undefined) parts.push(`only where ${link.when.text}`);
  if (link.atMost !== undefined) {
    const unless = link.unless === undefined ? '' : ` unless ${link.unless.text}`;
    parts.push(`at most ${expressionWords(link.atMost, plan)}${unless}`);
  }
  if (link.whenMissing !== undefined) parts.push(`${expressionWords(link.whenMissing, plan)} where it is missing`);
  return parts.join(', ');
};

export const shareWords = (share: Share, plan: Plan): string => {
  const percents = (parts: readonly Num[]): string => parts.map((part) => toPercent(part)).join(', ');
  switch (share.kind) {
    case 'first_touch':
      return 'to the first touch alone';
    case 'last_touch':
      return 'to the last touch alone';
    case 'linear':
      return 'the same to each';
    case 'position':
      return `${percents(share.parts)} to the first, those between and the last`;
    case 'time_decay':
      return `halved with every ${share.halfLife} days before the close`;
    case 'w_shaped':
      return `${percents(share.parts)} to the first, the first ${share.lead}, the first ${share.opportunity} and the others`;
    case 'expression':
      return `by ${expressionWords(share.value, plan)}`;
  }
};

export const whoWords = (who: Expression): string => who.text;

/** `every quarter` where that is not the plan's own period. */
const everyWords = ({ every }: Reward, plan: Plan): string => (every === plan.period ? '' : `, every ${every}`);

/** What a reward pays, in one sentence. */
export const rewardWords = (reward: Reward, plan: Plan): string => {
  const cap = reward.cap === undefined ? '' : `, at most ${expressionWords(reward.cap, plan)}`;
  const least = reward.guarantee === undefined ? '' : `, at least ${expressionWords(reward.guarantee, plan)}`;
  const links = reward.links
    .map((link) => `; moved by ${link.name} (${link.because}): ${linkWords(link, plan)}`)
    .join('');
  return `pays ${whoWords(reward.who)} ${bodyWords(reward, plan)}${everyWords(reward, plan)}${cap}${least}${links}`;
};

const bodyWords = (reward: Reward, plan: Plan): string => {
  switch (reward.body) {
    case 'credit': {
      const rate = rateWords(reward.rate, reward.unit, plan);
      return reward.unit === 'pay'
        ? `${rate} for each credit of ${reward.credit}`
        : `${rate} of each credit of ${reward.credit}`;
    }
    case 'payee':
      return expressionWords(reward.pay, plan);
    case 'pool':
      return `a pool of ${expressionWords(reward.pool, plan)}, shared by ${expressionWords(reward.shareBy, plan)}`;
  }
};

const ROWS: Readonly<Record<Credit['each'], string>> = {
  deal: 'each deal',
  attribution: 'each touch',
  lead: 'each lead',
  split: 'each split',
  campaign: 'each campaign',
};

/** What a credit takes, in one sentence. */
export const creditWords = (credit: Credit): string => {
  const when = credit.when === undefined ? '' : ` where ${credit.when.text}`;
  const to = credit.to === 'company' ? ', to the company' : '';
  return `${ROWS[credit.each]}${when}${to}`;
};
