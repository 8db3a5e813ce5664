import { shareInputs, shareIsAbsolute, shareNeedsDates, shareWeights } from '../rules/share/kinds.ts';
import type { Touch } from '../rules/share/model.ts';
import type { Day } from '../values/date.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { add, compare, isZero, type Num, roundWhole, sign, toPercent } from '../values/num.ts';
import { shareOut, shareOutByWeight, shareOutEqually } from '../values/share-out.ts';
import { type Crediting, date, giveCredit, isMet, lacks } from './crediting.ts';
import { cellsOf, placeOfRow } from './world.ts';

/**
 * Shares every deal's amount out over its touches (or splits): first over all that take part, so that the parts add up
 * to the whole, then `when` says which of the parts are credited. This is the one place where a credit is shared out.
 */
export const creditShared = (crediting: Crediting): void => {
  const { world, credit, frame } = crediting;
  const split = credit.each === 'split';
  const lists = split ? world.pointers.splitsOf : world.pointers.touchesOf;
  const deals = world.tables.get('deals')?.rowCount ?? 0;
  for (let deal = 0; deal < deals; deal++) {
    const root = world.refunds.root[deal] as number;
    const start = lists.starts[root] as number;
    const end = lists.starts[root + 1] as number;
    // A deal without splits has one, its owner's; without touches it has none.
    if (start === end && !split) continue;
    frame.rootDeal = root;
    const rows = start === end ? [-1] : lists.rows.subarray(start, end);
    creditDeal(crediting, deal, rows);
  }
  if (!split) creditWithoutDeal(crediting);
};

const pointAtRow = (crediting: Crediting, deal: number, row: number): void => {
  const { frame, world, credit } = crediting;
  frame.deal = deal;
  if (credit.each === 'split') frame.split = row;
  else {
    frame.attribution = row;
    frame.campaign = world.pointers.attributionCampaign[row] as number;
  }
};

const creditDeal = (crediting: Crediting, deal: number, rows: ArrayLike<number>): void => {
  const { frame, world } = crediting;
  const met: boolean[] = [];
  let any = false;
  for (let i = 0; i < rows.length; i++) {
    pointAtRow(crediting, deal, rows[i] as number);
    date(crediting);
    const holds = isMet(crediting);
    met.push(holds);
    any ||= holds;
  }
  if (!any) return;
  const shares = sharesOf(crediting, deal, rows);
  if (shares === undefined) return;
  const parts = new Map<Day | undefined, readonly (Num | undefined)[]>();
  for (let i = 0; i < rows.length; i++) {
    if (met[i] !== true || !shares.takes[i]) continue;
    pointAtRow(crediting, deal, rows[i] as number);
    date(crediting);
    // Touches may be dated apart, and then a foreign deal is worth something else on each date.
    let amounts = parts.get(frame.fxDate);
    if (amounts === undefined) {
      const whole = crediting.amount?.(frame);
      if (whole === undefined || isMissing(whole)) {
        lacks(crediting, 'amount', whole as Missing);
        return;
      }
      // What is shared out is a whole number of minor units; an expression such as `deal.amount * 50%` need not give one.
      amounts = shares.out(roundWhole(whole as Num, world.plan.rounding));
      parts.set(frame.fxDate, amounts);
    }
    giveCredit(crediting, amounts[i]);
  }
};

interface Shares {
  /** Whether a row has a share above 0%. */
  readonly takes: readonly boolean[];
  readonly out: (whole: Num) => readonly (Num | undefined)[];
}

/** Who has which share of a deal; undefined (with findings) where that cannot be said. */
const sharesOf = (crediting: Crediting, deal: number, rows: ArrayLike<number>): Shares | undefined => {
  const { frame, credit } = crediting;
  // A refund is shared out as its deal is: by that deal's touches, splits and dates.
  const root = frame.rootDeal;
  const taking: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    pointAtRow(crediting, root, rows[i] as number);
    if (crediting.shareAmong !== undefined || crediting.shareInputs.length > 0) date(crediting);
    const among = crediting.shareAmong?.(frame) ?? true;
    if (isMissing(among)) return unclear(crediting, deal, among, 'share_among');
    if (among === true) taking.push(i);
  }
  if (taking.length === 0) return { takes: [], out: () => [] };
  if (credit.share?.kind === 'linear')
    return spread(rows.length, taking, (whole) => shareOutEqually(whole, taking.length));
  return sharesByModel(crediting, deal, root, rows, taking);
};

const spread = (
  count: number,
  taking: readonly number[],
  out: (whole: Num) => readonly Num[],
  has?: readonly boolean[],
): Shares => {
  const takes = new Array<boolean>(count).fill(false);
  for (const [k, i] of taking.entries()) takes[i] = has?.[k] ?? true;
  return {
    takes,
    out: (whole) => {
      const parts = out(whole);
      const amounts = new Array<Num | undefined>(count);
      for (const [k, i] of taking.entries()) amounts[i] = parts[k];
      return amounts;
    },
  };
};

const sharesByModel = (
  crediting: Crediting,
  deal: number,
  root: number,
  rows: ArrayLike<number>,
  taking: readonly number[],
): Shares | undefined => {
  const { frame, credit, world } = crediting;
  const share = credit.share as NonNullable<typeof credit.share>;
  const dated = shareNeedsDates(share);
  const touchedOn = cellsOf(world.tables, 'attributions', 'touched_on') as readonly (Day | undefined)[] | undefined;
  const closed = cellsOf(world.tables, 'deals', 'close_date')?.[root] as Day | undefined;
  const days: Day[] = [];
  const touches: Touch[] = [];
  for (const i of taking) {
    const row = rows[i] as number;
    pointAtRow(crediting, root, row);
    const day = dated ? touchedOn?.[row] : 0;
    if (day === undefined) return undated(crediting, row);
    if (dated && share.kind === 'time_decay' && closed === undefined) return undated(crediting, row);
    const inputs = crediting.shareInputs.map((input) => input(frame));
    const bad = inputs.find((input) => isMissing(input));
    if (bad !== undefined && shareIsAbsolute(share)) return unclear(crediting, deal, bad as Missing, 'share');
    days.push(day);
    touches.push({ age: dated ? (closed ?? day) - day : 0, inputs });
  }
  const order = touches.map((_, k) => k);
  if (dated) order.sort((a, b) => (days[a] as Day) - (days[b] as Day) || a - b);
  const weights = shareWeights(share, touches, order);
  const { rounding } = world.plan;
  if (!shareIsAbsolute(share)) {
    const none = weights.every(isZero);
    // A model all of whose parts had no touch to go to spreads them evenly.
    const used = none ? weights.map<Num>(() => 1) : weights;
    return spread(
      rows.length,
      taking,
      (whole) => shareOutByWeight(whole, used),
      used.map((weight) => !isZero(weight)),
    );
  }
  const sum = weights.reduce<Num>(add, 0);
  const negative = weights.findIndex((weight) => sign(weight) < 0);
  if (negative >= 0) return outOfRange(crediting, rows[taking[negative] as number] as number, weights[negative] as Num);
  if (compare(sum, 1) > 0 && !credit.overlay) return aboveWhole(crediting, rows[taking[0] as number] as number, sum);
  return spread(
    rows.length,
    taking,
    (whole) => shareOut(whole, weights, rounding, sum),
    weights.map((weight) => !isZero(weight)),
  );
};

const rowPlace = (crediting: Crediting, row: number, field: string | undefined) => {
  const { world, credit, frame } = crediting;
  const table = world.tables.get(credit.each === 'split' ? 'splits' : 'attributions');
  if (row >= 0 && table !== undefined) return placeOfRow(table, row, field);
  const deals = world.tables.get('deals');
  return deals === undefined ? {} : placeOfRow(deals, frame.rootDeal, field);
};

const currentRow = ({ credit, frame }: Crediting): number =>
  credit.each === 'split' ? frame.split : frame.attribution;

const undated = (crediting: Crediting, row: number): undefined => {
  const { credit, world } = crediting;
  const kind = credit.share?.kind;
  world.sink.add(
    'undated-touch',
    `touched_on is empty, and ${credit.name} shares by ${kind}, which needs the date of every touch`,
    {
      ...rowPlace(crediting, row, 'touched_on'),
      value: '',
      expected: 'a date such as 2026-01-31',
      hint: 'fill the date in, or share with linear, which needs none',
    },
  );
  return undefined;
};

const unclear = (crediting: Crediting, _deal: number, missing: Missing, key: 'share' | 'share_among'): undefined => {
  const { credit, world } = crediting;
  const expression = key === 'share_among' ? credit.shareAmong : credit.share && shareInputs(credit.share)[0];
  const field = expression?.node.kind === 'column' ? expression.node.column : undefined;
  world.sink.add(
    'unclear-share',
    `${missing.reason}, so that ${key} of ${credit.name} cannot be said, and money would move to the others`,
    {
      ...rowPlace(crediting, currentRow(crediting), field),
      hint: 'fill the cell in, or say with coalesce(...) or "is present" what then',
    },
  );
  return undefined;
};

const outOfRange = (crediting: Crediting, row: number, share: Num): undefined => {
  crediting.world.sink.add('value-out-of-range', `a share of ${toPercent(share)} is below zero`, {
    ...rowPlace(crediting, row, undefined),
    expected: 'a share of 0% or more',
  });
  return undefined;
};

const aboveWhole = (crediting: Crediting, row: number, sum: Num): undefined => {
  const { credit, world } = crediting;
  const id = cellsOf(world.tables, 'deals', 'deal_id')?.[crediting.frame.rootDeal];
  world.sink.add('shares-above-whole', `the shares of deal ${id} in ${credit.name} add up to ${toPercent(sum)}`, {
    ...rowPlace(crediting, row, credit.each === 'split' ? 'share' : undefined),
    expected: 'at most 100% for a deal',
    hint: `correct the shares; or, where more than the whole is meant to be credited, say overlay: true in ${credit.name}`,
  });
  return undefined;
};

/** A touch of no deal has nothing to share; credited all the same it would have no amount. */
const creditWithoutDeal = (crediting: Crediting): void => {
  const { world, frame } = crediting;
  const { attributionDeal } = world.pointers;
  frame.rootDeal = -1;
  for (let row = 0; row < attributionDeal.length; row++) {
    if ((attributionDeal[row] as number) >= 0) continue;
    pointAtRow(crediting, -1, row);
    date(crediting);
    if (!isMet(crediting)) continue;
    const amount = crediting.amount?.(frame);
    if (amount !== undefined && isMissing(amount)) lacks(crediting, 'amount', amount);
    else giveCredit(crediting, amount);
  }
};
