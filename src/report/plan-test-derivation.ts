import type { Computation, Line, LinkEffect, MeasureRead } from '../engine/result.ts';
import type { Check, PaidIn } from '../plan-test/check.ts';
import { factorInputs } from '../rules/link/kinds.ts';
import { formatDay } from '../values/date.ts';
import { isMissing } from '../values/missing.ts';
import { formatMinor } from '../values/money.ts';
import { isZero } from '../values/num.ts';
import { calculationOf } from './calculation.ts';
import { moneyText, numberText, percentText, placeText, valueText } from './cell-text.ts';
import { creditIds } from './credit-ids.ts';

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
    text: `${subjectOf(line, computation)}  ${calculation}`,
    at: placeText(line.source ?? line.rule, shown),
  };
  return [
    head,
    ...stepsOf(line, payout, plan.digits),
    ...line.links.map((effect) => linkLine(effect, plan.digits, shown)),
  ];
};

/** What a line is for: `2026-02-01 d1`, or its kind. */
const subjectOf = (line: Line, computation: Computation): string => {
  const { credit } = line;
  if (credit === undefined) return line.kind;
  const ids = creditIds(computation, (file) => file);
  const named = [ids.deal(credit), ids.campaign(credit), ids.lead(credit)].filter((id) => id !== '');
  return [formatDay(credit.date), ...named].join(' ');
};

/** What had accumulated before a line, where steps look at it. */
const stepsOf = (line: Line, { reward }: PaidIn['payout'], digits: number): DerivationLine[] => {
  const { accumulatedBefore, counted, kind } = line;
  if (kind !== 'credit' || reward?.body !== 'credit' || reward.rate.kind !== 'steps' || counted === undefined)
    return [];
  const { rate } = reward;
  const isMoney = (rate.counting?.type ?? (reward.unit === 'rate' ? 'money' : 'number')) === 'money';
  const show = (x: typeof counted): string => (isMoney ? moneyText(x, digits) : numberText(x));
  const before = accumulatedBefore === undefined ? '' : ` after ${show(accumulatedBefore)}`;
  const of = rate.of === undefined ? '' : ` of ${rate.of.text}`;
  const steps = rate.steps.map(({ end, holdsEnd, rate: own }) =>
    end === undefined ? own.text : `${holdsEnd ? 'up to' : 'below'} ${end.text} ${own.text}`,
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

/** The measures and quotas that were read for whoever the check is about. */
const figuresRead = ({ from }: Check, computation: Computation): DerivationLine[] => {
  const { digits, measures } = computation.plan;
  const persons = new Set(from.map(({ payout }) => payout.person.id));
  const periods = new Set(from.map(({ period }) => period));
  const lines = computation.periods
    .filter(({ period }) => periods.has(period))
    .flatMap(({ measures: read }) => read)
    .filter(({ scope, who }) => scope !== 'payee' || persons.has(who))
    .map(({ scope, who, measure, value, quota, type }): DerivationLine => {
      const own = scope === 'payee' ? `${measure} of ${who}` : `${who}.${measure}`;
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
