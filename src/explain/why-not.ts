import type { Computed } from '../engine/compute.ts';
import { emptyFrame, type Frame } from '../engine/frame.ts';
import { frameOfPayee } from '../engine/line-frame.ts';
import { stayOn } from '../engine/people.ts';
import type { CreditRow, Payout, Person, Stay } from '../engine/result.ts';
import { describe } from '../rules/expression/describe.ts';
import type { Node } from '../rules/expression/typed.ts';
import type { Credit, CreditReward, Expression } from '../rules/plan.ts';
import type { Day } from '../values/date.ts';
import { isMissing } from '../values/missing.ts';
import { MONTHS, type Period } from '../values/period.ts';
import { dealRow, type NotThere, noDeal } from './asked.ts';
import { ask, type Figure, figureOf } from './figure.ts';

/** The rows of the tables that a credit could come from; −1 where there is none. */
export type Rows = Pick<CreditRow, 'deal' | 'attribution' | 'campaign' | 'lead' | 'split' | 'rootDeal'>;

/** Why a reward does not pay somebody for a row: the first thing that stood in the way. */
export type Obstacle =
  /** A condition of the credit, of who shares the deal, or of the reward, that did not hold. */
  | { readonly kind: 'condition'; readonly of: 'when' | 'announced_only' | 'share_among'; readonly figure: Figure }
  | { readonly kind: 'reward-when'; readonly figure: Figure }
  /** It is the person's, and counts where the credit is read; no reward pays for each of these. */
  | { readonly kind: 'counts'; readonly row: CreditRow }
  /** It takes part, with a share of nothing. */
  | { readonly kind: 'no-share' }
  | { readonly kind: 'credited-to'; readonly person: Person | undefined; readonly row: CreditRow }
  /** Its date lies in no period that was computed. */
  | { readonly kind: 'not-computed'; readonly day: Day; readonly first: Period; readonly last: Period }
  | { readonly kind: 'not-in-who'; readonly day: Day; readonly stay: Stay | undefined }
  /** It does pay. */
  | {
      readonly kind: 'paid';
      readonly row: CreditRow;
      readonly period: Period;
      readonly payout: Payout;
      readonly line: number;
    };

export interface WhyNot {
  /** Undefined for a credit that no reward pays by the row, such as what a link reads. */
  readonly reward: CreditReward | undefined;
  readonly credit: Credit;
  /** Undefined: there is no such row, such as a touch of the deal. */
  readonly found: { readonly rows: Rows; readonly obstacle: Obstacle } | undefined;
}

/**
 * For each per-credit reward and each row of a deal or a lead: why it does not pay a person. Where no reward is named, then for
 * each further credit: why it does not count.
 */
export const whyNot = (
  computed: Computed,
  person: Person,
  id: string,
  rewardName: string | undefined,
): readonly WhyNot[] | NotThere => {
  const { plan, tables } = computed;
  const deal = dealRow(computed, id);
  const lead = deal >= 0 ? -1 : (tables.get('leads')?.columns.get('lead_id') ?? []).indexOf(id);
  if (deal < 0 && lead < 0) return noDeal(computed, id);
  const rewards = [...plan.rewards.values()].filter((reward): reward is CreditReward => reward.body === 'credit');
  const paid = new Set(rewards.map(({ credit }) => credit));
  const asked = [
    ...rewards.map((reward) => ({ reward, credit: plan.credits.get(reward.credit) as Credit })),
    ...[...plan.credits.values()].flatMap((credit) => (paid.has(credit.name) ? [] : [{ reward: undefined, credit }])),
  ]
    .filter(({ reward }) => rewardName === undefined || reward?.name === rewardName)
    .filter(({ credit }) => lead < 0 || credit.each === 'lead');
  if (asked.length === 0) {
    const what = lead < 0 ? 'deal, touch or lead' : 'lead';
    return {
      problem: `${rewardName ?? 'the plan'} pays and counts no ${what}`,
      hint: 'align-pay explain PERSON tells what is paid',
    };
  }
  return asked.flatMap(({ reward, credit }): readonly WhyNot[] => {
    const rows = rowsOver(computed, credit, deal, lead);
    if (rows.length === 0) return reward === undefined ? [] : [{ reward, credit, found: undefined }];
    return rows.map((each) => ({
      reward,
      credit,
      found: { rows: each, obstacle: obstacleOf(computed, reward, credit, person, each) },
    }));
  });
};

const NONE: Rows = { deal: -1, attribution: -1, campaign: -1, lead: -1, split: -1, rootDeal: -1 };

const rowsOver = ({ engine }: Computed, { each }: Credit, deal: number, lead: number): readonly Rows[] => {
  const { pointers, refunds } = engine.world;
  const rootDeal = deal < 0 ? -1 : (refunds.root[deal] as number);
  const listed = ({ starts, rows }: typeof pointers.touchesOf): readonly number[] =>
    rootDeal < 0 ? [] : [...rows.subarray(starts[rootDeal], starts[rootDeal + 1])];
  const ofLead = (row: number): Rows => {
    const own = pointers.leadDeal[row] as number;
    const campaign = pointers.leadCampaign[row] as number;
    return { ...NONE, lead: row, deal: own, campaign, rootDeal: own < 0 ? -1 : (refunds.root[own] as number) };
  };
  switch (each) {
    case 'lead': {
      const own = [...pointers.leadDeal].flatMap((of, row) => (deal >= 0 && of === deal ? [row] : []));
      return (lead >= 0 ? [lead] : own).map(ofLead);
    }
    case 'attribution':
      return listed(pointers.touchesOf).map((attribution) => ({
        ...NONE,
        deal,
        rootDeal,
        attribution,
        campaign: pointers.attributionCampaign[attribution] as number,
      }));
    case 'split': {
      const splits = listed(pointers.splitsOf);
      return deal < 0 ? [] : (splits.length === 0 ? [-1] : splits).map((split) => ({ ...NONE, deal, rootDeal, split }));
    }
    default:
      return deal < 0 ? [] : [{ ...NONE, deal, rootDeal }];
  }
};

const obstacleOf = (
  computed: Computed,
  reward: CreditReward | undefined,
  credit: Credit,
  person: Person,
  rows: Rows,
): Obstacle => {
  const row = (computed.credits.get(credit.name) ?? []).find(
    (each) =>
      each.deal === rows.deal &&
      each.attribution === rows.attribution &&
      each.lead === rows.lead &&
      each.split === rows.split,
  );
  if (row === undefined) return uncredited(computed, credit, rows);
  if (row.person !== person) return { kind: 'credited-to', person: row.person, row };
  return reward === undefined ? { kind: 'counts', row } : unpaid(computed, reward, person, row);
};

/** Why nobody is credited: the first condition, in the order in which they are asked. */
const uncredited = (computed: Computed, credit: Credit, rows: Rows): Obstacle => {
  const frame: Frame = { ...emptyFrame(MONTHS[computed.plan.period]), ...rows };
  const day = ask(computed, credit.date.node, frame);
  if (!isMissing(day)) {
    frame.date = day as Day;
    frame.fxDate = day as Day;
  }
  const conditions = [
    ['when', credit.when],
    ['announced_only', credit.announced],
    ['share_among', credit.shareAmong],
  ] as const;
  for (const [of, condition] of conditions) {
    const figure = condition && failed(computed, condition, frame);
    if (figure !== undefined) return { kind: 'condition', of, figure };
  }
  return { kind: 'no-share' };
};

/** The first part of a condition (of what `and` joins) that does not hold, with what it read. */
const failed = (computed: Computed, condition: Expression, frame: Frame): Figure | undefined => {
  for (const node of conjuncts(condition.node)) {
    if (ask(computed, node, frame) === true) continue;
    const whole = node === condition.node;
    return figureOf(computed, whole ? condition : { ...condition, node, text: describe(node) }, frame);
  }
  return undefined;
};

const conjuncts = (node: Node): readonly Node[] =>
  node.kind === 'binary' && node.op === 'and' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];

/** Why somebody is not paid for a credit of theirs. */
const unpaid = (computed: Computed, reward: CreditReward, person: Person, row: CreditRow): Obstacle => {
  const { periods, engine } = computed;
  for (const { period, payouts } of periods) {
    for (const payout of payouts) {
      const line = payout.reward === reward ? payout.lines.findIndex(({ credit }) => credit === row) : -1;
      if (line >= 0) return { kind: 'paid', row, period, payout, line: line + 1 };
    }
  }
  const stay = stayOn(engine.groups.holding(reward.who, person), row.date);
  if (stay === undefined) return { kind: 'not-in-who', day: row.date, stay: stayOn(person.stays, row.date) };
  for (const { payouts } of periods) {
    for (const { payee, reward: paid, person: whose } of payouts) {
      if (paid !== reward || whose !== person || payee === undefined) continue;
      if (row.date < payee.period.from || row.date > payee.period.to || reward.when === undefined) continue;
      const figure = failed(computed, reward.when, frameOfPayee(payee, { stay, credit: row }));
      if (figure !== undefined) return { kind: 'reward-when', figure };
    }
  }
  const [first, last] = [periods[0]?.period, periods.at(-1)?.period] as [Period, Period];
  return { kind: 'not-computed', day: row.date, first, last };
};
