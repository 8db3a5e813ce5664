import type { Line, Payout, Stay } from '../../engine/result.ts';
import type { CreditDerivation } from '../../explain/credit.ts';
import type { BodyDerivation, LineDerivation } from '../../explain/line.ts';
import type { Reward } from '../../rules/plan.ts';
import { payOf } from '../../rules/rate/steps.ts';
import type { Share } from '../../rules/share/kinds.ts';
import { formatDay } from '../../values/date.ts';
import { equal, isWhole, isZero, type Num, neg, sign, toText } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';
import { creditWords, HIDDEN, isHidden, tellFigure } from './told-figure.ts';
import { tellLink } from './told-link.ts';
import { tellRate } from './told-rate.ts';
import { moneyWords, numberWords, percentWords } from './value-words.ts';

/** How a line came about, in words: its credit, its pay before links, each link, and where it was rounded. */
export const tellLine = (derivation: LineDerivation, payout: Payout, telling: Telling): Told => {
  const { line, body, links, credit, exact } = derivation;
  const below: Told[] = [];
  if (credit !== undefined) below.push(...tellCredit(credit, telling));
  if (body !== undefined) below.push(tellBody(body, derivation, payout, telling));
  below.push(...links.map((link) => tellLink(link, telling)));
  if (!isWhole(exact)) {
    const { rounding } = telling.computed.plan;
    below.push(
      told('rounding', `${telling.money(exact)} in all, rounded once to ${telling.money(line.amount)} (${rounding})`),
    );
  }
  const at = telling.place(derivation.source ?? derivation.rule);
  return told('line', `line ${derivation.number}: ${subjectOf(line, payout, telling)}`, {
    amount: line.amount,
    at,
    below,
  });
};

/** What a line is for: a deal and its date, the time in a job, a share of a pool. */
const subjectOf = (line: Line, { reward }: Payout, telling: Telling): string => {
  switch (line.kind) {
    case 'credit': {
      const tail = line.tail ? ', after the time in the job' : '';
      const refund =
        line.credit !== undefined && line.credit.deal !== line.credit.rootDeal && line.credit.credit.each !== 'lead';
      const what = line.credit === undefined ? '' : creditWords(line.credit, telling);
      return `${what}${refund ? `, a refund of ${dealId(line, telling)}` : ''}${tail}`;
    }
    case 'stay':
      return `for ${reward?.body === 'payee' && reward.basis === 'results' ? 'what was done' : 'the time'} ${stayWords(line.stay)}`;
    case 'pool':
      return line.pool?.each === undefined ? 'a share of the pool' : `a share of the pool of ${line.pool.each}`;
    case 'cap':
      return `the cap of ${reward?.name ?? 'the reward'}`;
    case 'guarantee':
      return `the guarantee of ${reward?.name ?? 'the reward'}`;
    case 'adjustment':
      return 'an adjustment';
  }
};

const dealId = ({ credit }: Line, { computed }: Telling): string =>
  String(computed.tables.get('deals')?.columns.get('deal_id')?.[credit?.rootDeal ?? -1] ?? '');

/** `in sales, from 2026-01-01 to 2026-03-01`; open ends are not told. */
export const stayWords = ({ department, from, to }: Stay): string => {
  const words = [
    ...(department === undefined ? [] : [`in ${department}`]),
    ...(Number.isFinite(from) ? [`from ${formatDay(from)}`] : []),
    ...(Number.isFinite(to) ? [`to ${formatDay(to)}`] : []),
  ];
  return words.length === 0 ? 'in the job' : words.join(' ');
};

const tellCredit = (derivation: CreditDerivation, telling: Telling): readonly Told[] => {
  const { row, whole, shared, rest, alongside } = derivation;
  const { money } = telling;
  const { amount } = row;
  if (amount === undefined) return [told('credit', `credited as ${row.credit.name}`, { at: telling.ids.source(row) })];
  const parts = shared.length > 1 || !isZero(rest) || (whole !== undefined && !equal(whole, amount));
  const of = parts && whole !== undefined ? ` of the ${money(whole)} of ${telling.ids.deal(row)}` : '';
  const model = row.credit.share === undefined ? '' : ` (shared by ${shareWords(row.credit.share)})`;
  const foreign = row.foreign === undefined ? [] : [told('note', foreignWords(row.foreign))];
  const head = (below: readonly Told[]): readonly Told[] => [
    told('credit', `${money(amount)}${of} credited as ${row.credit.name}${parts ? model : ''}`, {
      at: telling.ids.source(row),
      below,
    }),
  ];
  if (!telling.sees.everybody) {
    const others = new Set(shared.map(({ person }) => person).filter((person) => person !== row.person)).size;
    const words = `${others} ${others === 1 ? 'other has' : 'others have'} a part of it, too`;
    return head([...foreign, ...(others === 0 ? [] : [told('credit', words)])]);
  }
  const below: Told[] = shared
    .filter((each) => each !== row)
    .map((each) =>
      told('credit', `${ownerOf(each, telling)} has ${money(each.amount ?? 0)} of it${campaignOf(each, telling)}`),
    );
  if (parts && !isZero(rest))
    below.push(
      told(
        'credit',
        sign(rest) < 0
          ? `together ${money(neg(rest))} more than the whole`
          : `${money(rest)} of it is credited to nobody as ${row.credit.name}`,
      ),
    );
  const others = alongside.map((each) => {
    const amount = each.amount === undefined ? '' : ` ${money(each.amount)}`;
    return told('row', `${ownerOf(each, telling)}:${amount} as ${each.credit.name}${campaignOf(each, telling)}`);
  });
  if (others.length > 0)
    below.push(told('credit', `${telling.ids.deal(row)} is credited to others, too`, { below: others }));
  return head([...foreign, ...below]);
};

/** A share model by its name, an expression by its words. */
const shareWords = (share: Share): string => (share.kind === 'expression' ? share.value.text : share.kind);

const ownerOf = ({ person }: CreditDerivation['row'], telling: Telling): string =>
  person === undefined ? 'the company' : telling.person(person);

const campaignOf = (row: CreditDerivation['row'], { ids }: Telling): string => {
  const campaign = ids.campaign(row);
  return campaign === '' ? '' : ` for ${campaign}`;
};

const foreignWords = ({ currency, digits, amount, rate }: NonNullable<CreditDerivation['row']['foreign']>): string =>
  `${moneyWords(amount, digits)} ${currency} at ${toText(rate, 8)}`;

const tellBody = (body: BodyDerivation, { line }: LineDerivation, payout: Payout, telling: Telling): Told => {
  const { reward } = payout;
  const pay = (text: string, below: readonly Told[], at = telling.place(line.rule)): Told =>
    told('pay', withExact(text, line, telling), { amount: line.base, at, below });
  switch (body.kind) {
    case 'rate':
      return pay(
        rateWords(body, line, reward, telling),
        reward?.body === 'credit' ? tellRate(body, reward, telling) : [],
      );
    case 'stay': {
      const { pay: figure, days } = body;
      const money = telling.money(line.counted ?? line.exactBase);
      const part = days === undefined || equal(days.held, days.of) ? '' : ` × ${toText(days.held, 4)}/${days.of} days`;
      return pay(`${money}${part}`, [tellFigure(figure, telling)]);
    }
    case 'pool':
      return tellPool(body, line, payout, telling);
    case 'limit': {
      const part = body.part === undefined ? '' : ` × ${percentWords(body.part)} of the period`;
      const text = `${telling.money(body.limit)} less the ${telling.money(body.before)} that the lines before come to`;
      const said = tellFigure(body.said, telling);
      return told('limit', text, {
        amount: line.amount,
        at: telling.place(line.rule),
        below: part === '' ? [said] : [{ ...said, text: `${said.text}${part}` }],
      });
    }
    case 'adjustment':
      return told('pay', body.reason, {
        amount: line.amount,
        at: telling.place(line.source),
        below:
          body.approvedBy === '' || !telling.sees.everybody ? [] : [told('note', `approved by ${body.approvedBy}`)],
      });
  }
};

/** A pay whose exact amount is no whole number of minor units says so: the line is rounded at its end. */
const withExact = (text: string, { exactBase }: Line, telling: Telling): string =>
  isWhole(exactBase) || text === telling.money(exactBase) ? text : `${text} = ${telling.money(exactBase)}`;

const rateWords = (
  { unit, times, perUnit }: Extract<BodyDerivation, { kind: 'rate' }>,
  line: Line,
  reward: Reward | undefined,
  telling: Telling,
): string => {
  const rate = (x: Num): string => (unit === 'pay' ? telling.money(x) : percentWords(x));
  const counting = reward?.body === 'credit' && reward.rate.kind === 'steps' ? reward.rate.counting : undefined;
  const isMoney = unit === 'rate' && (counting === undefined || counting.type === 'money');
  const count = (x: Num): string => (isMoney ? telling.money(x) : numberWords(x));
  const { parts, exactBase } = line;
  if (parts !== undefined && parts.length > 1 && equal(payOf(parts), exactBase))
    return parts.map((part) => `${count(part.amount)} × ${rate(part.rate)}`).join(' + ');
  if (unit === 'pay' && equal(times, 1)) return `${rate(perUnit)} for each`;
  return `${unit === 'pay' ? numberWords(times) : telling.money(times)} × ${rate(perUnit)}`;
};

const tellPool = (
  body: Extract<BodyDerivation, { kind: 'pool' }>,
  line: Line,
  payout: Payout,
  telling: Telling,
): Told => {
  const { reward } = payout;
  const isMoney = reward?.body === 'pool' && reward.shareBy.type === 'money';
  const weight = (x: Num): string => (isMoney ? telling.money(x) : numberWords(x));
  const name = body.each === undefined ? 'the pool' : `the pool of ${body.each}`;
  const left = isWhole(body.share)
    ? ''
    : `; ${telling.money(body.share)}, brought to whole cents so that all parts add up`;
  const measured = body.measuredBy.map(({ figure, stay, part }) => {
    const own = tellFigure(figure, telling);
    const days = part === undefined ? '' : `, ${percentWords(part)} of the period ${stayWords(stay)}`;
    return { ...own, text: `${own.text}${days}` };
  });
  if (isHidden(body.pool, telling) || !telling.sees.pool(payout, line)) {
    // What the others have of a small pool could be worked out from the whole.
    const own = told('note', `the weight in it is ${weight(body.weight)}`, { below: measured });
    const text = `a part of ${name}, which is ${HIDDEN}`;
    return told('pay', text, { amount: line.base, at: telling.place(line.rule), below: [own] });
  }
  return told('pay', `${telling.money(body.amount)} × ${weight(body.weight)} / ${weight(body.weights)}${left}`, {
    amount: line.base,
    at: telling.place(line.rule),
    below: [
      told('note', `${name} is ${telling.money(body.amount)}`, { below: [tellFigure(body.pool, telling)] }),
      told('note', `the weight in it is ${weight(body.weight)} of ${weight(body.weights)}`, { below: measured }),
    ],
  });
};
