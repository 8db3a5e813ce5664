import type { Computed } from '../../engine/compute.ts';
import type { Line, Payout } from '../../engine/result.ts';
import { lineOf } from '../../explain/line.ts';
import type { Reward } from '../../rules/plan.ts';
import type { Day } from '../../values/date.ts';
import { add, type Num, sub } from '../../values/num.ts';
import type { Telling, Told } from '../explain/told.ts';
import { tellLine } from '../explain/told-line.ts';
import { moneyWords, percentWords } from '../explain/value-words.ts';
import { baseOf } from '../figures/link-outcome.ts';

/** A line of a statement. */
export interface StatementLine {
  readonly number: number;
  readonly kind: Line['kind'];
  readonly day: Day | undefined;
  /** The deal, or what the line is for where there is none. */
  readonly subject: string;
  readonly note: string;
  readonly credited: Num | undefined;
  /** `6%`, `6% and 9%`, `10.00` */
  readonly rate: string;
  /** Before links. */
  readonly base: Num;
  /** The product of its links; undefined where it has none. */
  readonly factor: Num | undefined;
  readonly amount: Num;
  /** How it came about, down to rules and rows; nothing of others is in it. Worked out when asked for, which few formats do. */
  readonly told: () => Told;
}

/** What a reward pays somebody in a period. */
export interface StatementReward {
  readonly reward: string;
  readonly rule: string;
  /** Lines before links; effects of links; what a cap takes and a guarantee adds; adjustments. They add up to the amount. */
  readonly base: Num;
  readonly links: Num;
  readonly cap: Num | undefined;
  readonly guarantee: Num | undefined;
  readonly amount: Num;
  readonly lines: readonly StatementLine[];
}

export const rewardOf = (computed: Computed, payout: Payout, telling: Telling): StatementReward => {
  const { reward, rewardName, lines, amount } = payout;
  const of = (kind: Line['kind']): Num | undefined => {
    const own = lines.filter((line) => line.kind === kind);
    return own.length === 0 ? undefined : own.reduce<Num>((sum, line) => add(sum, line.amount), 0);
  };
  const [cap, guarantee] = [of('cap'), of('guarantee')];
  const base = reward === undefined ? amount : baseOf(payout);
  const limits = add(cap ?? 0, guarantee ?? 0);
  return {
    reward: rewardName,
    rule: telling.place(reward?.place),
    base,
    links: sub(sub(amount, base), limits),
    cap,
    guarantee,
    amount,
    lines: lines.map((line, i) => lineFor(computed, payout, line, i + 1, telling)),
  };
};

const lineFor = (computed: Computed, payout: Payout, line: Line, number: number, telling: Telling): StatementLine => {
  const { credit, base, amount, kind } = line;
  const hasFactor = line.links.length > 0 && (kind === 'credit' || kind === 'stay' || kind === 'pool');
  return {
    number,
    kind,
    day: credit?.date,
    ...subjectOf(line, telling),
    credited: credit?.amount,
    rate: rateText(line, payout.reward, computed.plan.digits),
    base,
    factor: hasFactor ? line.factor : undefined,
    amount,
    told: () => tellLine(lineOf(computed, payout, line, number), payout, telling),
  };
};

const subjectOf = (line: Line, { ids, computed }: Telling): Pick<StatementLine, 'subject' | 'note'> => {
  const { credit } = line;
  switch (line.kind) {
    case 'credit': {
      if (credit === undefined) return { subject: '', note: '' };
      const deal = ids.deal(credit);
      const lead = ids.lead(credit);
      const campaign = ids.campaign(credit);
      const refund = credit.credit.each !== 'lead' && credit.deal !== credit.rootDeal;
      const of = String(computed.tables.get('deals')?.columns.get('deal_id')?.[credit.rootDeal] ?? '');
      const notes = [
        ...(refund ? [`refund of ${of}`] : []),
        ...(campaign === '' ? [] : [campaign]),
        ...(line.tail ? ['after your time in the job'] : []),
      ];
      return { subject: lead === '' ? deal : lead, note: notes.join(', ') };
    }
    case 'stay':
      return {
        subject: `for ${[line.stay.department, line.stay.team].filter((name) => name !== undefined).join(', ') || 'your time'}`,
        note: '',
      };
    case 'pool':
      return { subject: 'your part of the pool', note: line.pool?.each ?? '' };
    case 'cap':
      return { subject: 'cap', note: 'what is above it is not paid' };
    case 'guarantee':
      return { subject: 'guarantee', note: 'what is missing to it' };
    case 'adjustment':
      return { subject: 'adjustment', note: line.reason ?? '' };
  }
};

/** The rate as it is read on a statement: those of all steps that the line fell in. */
const rateText = ({ rate, parts }: Line, reward: Reward | undefined, digits: number): string => {
  if (rate === undefined || reward?.body !== 'credit') return '';
  const words = (x: Num): string => (reward.unit === 'pay' ? moneyWords(x, digits) : percentWords(x));
  const rates =
    parts === undefined || parts.length === 0 ? [words(rate)] : [...new Set(parts.map((part) => words(part.rate)))];
  return rates.join(' and ');
};
