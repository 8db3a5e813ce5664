import type { Computation, Line, LinkEffect, MeasureRead } from '../../engine/result.ts';
import type { Check, PaidIn } from '../../plan-test/check.ts';
import { constantOf } from '../../rules/expression/constant.ts';
import { describeAggregate } from '../../rules/expression/describe.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import { factorInputs } from '../../rules/link/kinds.ts';
import type { Expression, Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { isMissing } from '../../values/missing.ts';
import { formatMinor } from '../../values/money.ts';
import { isZero } from '../../values/num.ts';
import { calculationOf } from '../figures/calculation.ts';
import { moneyText, numberText, percentText, placeText, valueText } from '../figures/cell-text.ts';
import { creditIds } from '../figures/credit-ids.ts';

/** How a wrong figure came about, as lines indented by what they belong to. */
export interface DerivationLine {
  readonly depth: number;
  readonly text: string;
  /** The row or rule that it comes from. */
  readonly at: string;
}

type Shown = (file: string) => string;

/** Lines of one payout that are shown. */
const MOST = 12;

/** From the payouts behind a check down to rates, steps, links and the figures that they read. */
export const derivationOf = (check: Check, computation: Computation, shown: Shown): readonly DerivationLine[] => [
  ...check.from.flatMap((paid) => payoutLines(paid, check, computation, shown)),
  ...figuresRead(check, computation),
];

const payoutLines = (
  paid: PaidIn,
  { lines: meant }: Check,
  computation: Computation,
  shown: Shown,
): DerivationLine[] => {
  const { payout, period } = paid;
  const { digits } = computation.plan;
  const lines = payout.lines.filter((line) => meant === undefined || meant.has(line));
  const head: DerivationLine = {
    depth: 0,
    text: `${payout.rewardName} of ${payout.person.id} in ${period.label}: ${formatMinor(payout.amount, digits)}`,
    at: placeText(payout.reward?.place, shown),
  };
  const more = lines.length - MOST;
  return [
    head,
    ...(payout.lines.length === 0 ? [{ depth: 1, text: 'no line: nothing that this reward pays', at: '' }] : []),
    ...lines.slice(0, MOST).flatMap((line) => lineLines(line, paid, computation, shown)),
    ...(more > 0 ? [{ depth: 1, text: `and ${more} more lines`, at: '' }] : []),
  ];
};

const lineLines = (
  line: Line,
  { payout, period }: PaidIn,
  computation: Computation,
  shown: Shown,
): DerivationLine[] => {
  const { plan } = computation;
  const calculation = calculationOf({ plan, period }, payout, line);
  const head = {
    depth: 1,
    text: `${subjectOf(line, computation)} ${calculation}`.trim(),
    at: placeText(line.source ?? line.rule, shown),
  };
  return [head, ...stepsOf(line, payout, plan), ...line.links.map((effect) => linkLine(effect, plan.digits, shown))];
};

/** What a line is for: `2026-02-01 d1`, or its kind. */
const subjectOf = (line: Line, computation: Computation): string => {
  const { credit } = line;
  // The calculation of the others begins with their name.
  if (credit === undefined) return line.kind === 'stay' || line.kind === 'adjustment' ? line.kind : '';
  const ids = creditIds(computation, (file) => file);
  const named = [ids.deal(credit), ids.campaign(credit), ids.lead(credit)].filter((id) => id !== '');
  return [formatDay(credit.date), ...named].join(' ');
};

/** What had accumulated before a line, where steps look at it. */
const stepsOf = (line: Line, { reward }: PaidIn['payout'], { digits, params }: Plan): DerivationLine[] => {
  const { accumulatedBefore, counted, kind } = line;
  if (kind !== 'credit' || reward?.body !== 'credit' || reward.rate.kind !== 'steps' || counted === undefined)
    return [];
  const { rate } = reward;
  const isMoney = (rate.counting?.type ?? (reward.unit === 'rate' ? 'money' : 'number')) === 'money';
  const show = (x: typeof counted): string => (isMoney ? moneyText(x, digits) : numberText(x));
  const before = accumulatedBefore === undefined ? '' : ` after ${show(accumulatedBefore)}`;
  const of = rate.of === undefined ? '' : ` of ${rate.of.text}`;
  // What a param says is told as its value.
  const told = ({ node, text, type }: Expression): string => {
    const value = constantOf(node, params);
    if (value === undefined || typeof value === 'string' || typeof value === 'boolean') return text;
    return type === 'money'
      ? moneyText(value, digits)
      : type === 'number' && rate.counting?.type !== 'number'
        ? percentText(value)
        : text;
  };
  const steps = rate.steps.map(({ end, holdsEnd, rate: own }) =>
    end === undefined ? told(own) : `${holdsEnd ? 'up to' : 'below'} ${told(end)} ${told(own)}`,
  );
  return [
    { depth: 2, text: `steps (${rate.method}${of}): ${steps.join(', ')}; counts ${show(counted)}${before}`, at: '' },
  ];
};

const linkLine = (
  { link, value, factor, applied, effect }: LinkEffect,
  digits: number,
  shown: Shown,
): DerivationLine => {
  const read = factorInputs(link.factor)[0];
  const at = placeText(link.place, shown);
  if (!applied) return { depth: 2, text: `${link.name}: does not apply (${link.when?.text ?? ''})`, at };
  const missing = value !== undefined && isMissing(value);
  const what =
    read === undefined || read.node.kind === 'literal'
      ? ''
      : ` (${read.text} ${missing ? 'is missing' : `= ${shownValue(value, read.type, digits)}`})`;
  const weight = link.weight === undefined ? '' : `, weighs ${percentText(link.weight)}`;
  const does = isZero(effect) ? 'changes nothing' : formatMinor(effect, digits);
  return { depth: 2, text: `${link.name}: ${percentText(factor)}${what}${weight}: ${does}`, at };
};

const shownValue = (value: LinkEffect['value'], type: MeasureRead['type'], digits: number): string =>
  type === 'number' &&
  value !== undefined &&
  !isMissing(value) &&
  typeof value !== 'string' &&
  typeof value !== 'boolean'
    ? percentText(value)
    : valueText(value, type, digits);

/** The measures, quotas and aggregates that rewards read, also by way of other measures. */
const readBy = (rewards: ReadonlySet<string>, plan: Plan): ReadonlySet<string> => {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (node.kind === 'aggregate') names.add(describeAggregate(node));
    const name = node.kind === 'measure' ? node.name : node.kind === 'quota' ? node.measure : undefined;
    if (name === undefined || names.has(name)) return;
    names.add(name);
    const measure = node.kind === 'measure' ? plan.measures.get(name) : undefined;
    if (measure !== undefined) walk(measure.value.node, visit);
  };
  for (const { expression, path } of expressionsOf(plan)) {
    const [section, reward] = path.split(' > ');
    if (section === 'rewards' && rewards.has(reward ?? '')) walk(expression.node, visit);
  }
  return names;
};

/** The figures that were read for whoever the check is about, by the rewards that it is about. */
const figuresRead = ({ from }: Check, computation: Computation): DerivationLine[] => {
  const { digits, measures } = computation.plan;
  const persons = new Set(from.map(({ payout }) => payout.person.id));
  const periods = new Set(from.map(({ period }) => period));
  const named = readBy(new Set(from.map(({ payout }) => payout.rewardName)), computation.plan);
  const lines = computation.periods
    .filter(({ period }) => periods.has(period))
    .flatMap(({ measures: read }) => read)
    .filter(({ scope, who, measure }) => (scope !== 'payee' || persons.has(who)) && named.has(measure))
    .map(({ scope, who, measure, value, quota, type }): DerivationLine => {
      const own = scope === 'payee' ? `${measure} of ${who}` : `${who === '' ? scope : who}.${measure}`;
      const figure =
        value === undefined
          ? ''
          : ` = ${isMissing(value) ? `missing: ${value.reason}` : valueText(value, type, digits)}`;
      const quotaType = measures.get(measure)?.value.type ?? type;
      const goal =
        quota === undefined ? '' : `, quota ${isMissing(quota) ? 'missing' : valueText(quota, quotaType, digits)}`;
      return { depth: 1, text: `${own}${figure}${goal}`, at: '' };
    });
  return lines.length === 0 ? [] : [{ depth: 0, text: 'figures read', at: '' }, ...lines.slice(0, MOST)];
};
