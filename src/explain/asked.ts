import type { Computed } from '../engine/compute.ts';
import type { Line, Payout, PeriodResult, Person } from '../engine/result.ts';
import { nearest } from '../values/nearest.ts';

/** What is to be explained. */
export interface Asked {
  readonly person: Person;
  /** One reward's payout, `adjustments` too; undefined for all. */
  readonly reward: string | undefined;
  /** A line of the payout, from 1, as in lines.csv. */
  readonly line: number | undefined;
  readonly deal: string | undefined;
}

/** A payout with the lines of it that were asked for. */
export interface Found {
  readonly result: PeriodResult;
  readonly payout: Payout;
  readonly meant: (line: Line, number: number) => boolean;
}

/** Why something is not there, in a sentence, with what to do. */
export interface NotThere {
  readonly problem: string;
  readonly hint: string;
}

export const isNotThere = (value: object): value is NotThere => 'problem' in value;

/** The person that a word means: an id to the letter, else a name that only one person has. */
export const personNamed = ({ people }: Computed, word: string): Person | NotThere => {
  const byId = people.find(({ id }) => id === word);
  if (byId !== undefined) return byId;
  const low = word.trim().toLowerCase();
  const named = people.filter(({ name }) => name?.toLowerCase() === low);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1) {
    const ids = named.map(({ id }) => id).join(', ');
    return { problem: `${named.length} people are called ${word}`, hint: `name one by id: ${ids}` };
  }
  const near = nearest(
    word,
    people.flatMap(({ id, name }) => (name === undefined ? [id] : [id, name])),
  );
  return {
    problem: `there is no person ${word}`,
    hint: near === undefined ? 'ids are compared to the letter; payouts.csv has them all' : `did you mean ${near}?`,
  };
};

/** The row of a deal, by its id. */
export const dealRow = ({ tables }: Computed, id: string): number =>
  (tables.get('deals')?.columns.get('deal_id') ?? []).indexOf(id);

/** Whether a line is about a deal: the deal itself, a refund of it, a touch of it, or a lead that became it. */
export const isOverDeal = (line: Line, deal: number): boolean =>
  line.credit !== undefined && (line.credit.deal === deal || line.credit.rootDeal === deal);

/** The payouts, and the lines of them, that were asked for in some periods. */
export const payoutsAsked = (
  computed: Computed,
  periods: readonly PeriodResult[],
  asked: Asked,
): readonly Found[] | NotThere => {
  const { person, reward, line, deal } = asked;
  if (reward !== undefined && reward !== 'adjustments' && !computed.plan.rewards.has(reward)) {
    const names = [...computed.plan.rewards.keys()];
    const near = nearest(reward, names);
    const hint = near === undefined ? `the plan has ${names.join(', ')}` : `did you mean ${near}?`;
    return { problem: `there is no reward ${reward}`, hint };
  }
  const row = deal === undefined ? undefined : dealRow(computed, deal);
  if (row !== undefined && row < 0) return noDeal(computed, deal as string);
  const meant = (each: Line, number: number): boolean =>
    (line === undefined || number === line) && (row === undefined || isOverDeal(each, row));
  const own = periods.flatMap((result) =>
    result.payouts
      .filter((payout) => payout.person === person && (reward === undefined || payout.rewardName === reward))
      .map((payout): Found => ({ result, payout, meant })),
  );
  const some = line === undefined && row === undefined;
  const found = some ? own : own.filter(({ payout }) => payout.lines.some((each, i) => meant(each, i + 1)));
  return found.length > 0 ? found : nothingFound(asked, periods, own);
};

/** Says that there is no such deal, with the nearest id. */
export const noDeal = ({ tables }: Computed, deal: string): NotThere => {
  const ids = (tables.get('deals')?.columns.get('deal_id') ?? []) as readonly string[];
  const near = ids.length > 20_000 ? undefined : nearest(deal, ids);
  return {
    problem: `there is no deal ${deal}`,
    hint: near === undefined ? 'ids are compared to the letter' : `did you mean ${near}?`,
  };
};

const nothingFound = (
  { person, reward, line, deal }: Asked,
  periods: readonly PeriodResult[],
  own: readonly Found[],
): NotThere => {
  const labels = periods.map(({ period }) => period.label);
  if (labels.length === 0) return { problem: 'no period has a credit', hint: 'so nobody is paid anything' };
  const when = labels.length === 1 ? `in ${labels[0]}` : `in ${labels[0]} to ${labels.at(-1)}`;
  const what = reward ?? 'any reward';
  if (own.length === 0) {
    return { problem: `${person.id} has no payout of ${what} ${when}`, hint: 'payouts.csv lists who is paid what' };
  }
  if (deal !== undefined) {
    return {
      problem: `no line of ${person.id} for ${what} ${when} is about ${deal}`,
      hint: `align-pay explain ${person.id} --why-not ${deal} says why`,
    };
  }
  const most = Math.max(...own.map(({ payout }) => payout.lines.length));
  return { problem: `${what} of ${person.id} has no line ${line} ${when}`, hint: `its lines are 1 to ${most}` };
};
