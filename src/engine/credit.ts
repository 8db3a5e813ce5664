import type { Credit } from '../rules/plan.ts';
import { MONTHS } from '../values/period.ts';
import type { Compiler, Evaluate } from './compile.ts';
import { creditShared } from './credit-shared.ts';
import { type Crediting, date, giveCredit, isMet } from './crediting.ts';
import { emptyFrame } from './frame.ts';
import type { CreditRow } from './result.ts';
import { type Trace, traced } from './trace.ts';
import type { World } from './world.ts';

/** Who is credited with what: every row of the input that a credit's `when` holds for. */
export const creditAll = (
  credit: Credit,
  world: World,
  compiler: Compiler,
  shareInputs: readonly Evaluate[],
  trace: Trace | undefined,
): readonly CreditRow[] => {
  const crediting: Crediting = {
    credit,
    world,
    conditions: [credit.when, credit.announced].flatMap((condition) =>
      condition === undefined ? [] : [traced(condition, compiler.compile(condition.node), trace)],
    ),
    to: credit.to === 'company' ? 'company' : compiler.compile(credit.to.node),
    amount: credit.amount && compiler.compile(credit.amount.node),
    date: compiler.compile(credit.date.node),
    shareAmong: credit.shareAmong && traced(credit.shareAmong, compiler.compile(credit.shareAmong.node), trace),
    shareInputs,
    frame: emptyFrame(MONTHS[world.plan.period]),
    rows: [],
  };
  if (credit.each === 'lead') creditLeads(crediting);
  else if (credit.share === undefined) creditDeals(crediting);
  else creditShared(crediting);
  return crediting.rows;
};

const creditDeals = (crediting: Crediting): void => {
  const { frame, world } = crediting;
  const count = world.tables.get('deals')?.rowCount ?? 0;
  for (let deal = 0; deal < count; deal++) {
    pointAtDeal(crediting, deal);
    if (!isMet(crediting)) continue;
    frame.deal = deal;
    const amount = crediting.amount?.(frame);
    giveCredit(crediting, amount);
  }
};

const creditLeads = (crediting: Crediting): void => {
  const { frame, world } = crediting;
  const { leadDeal, leadCampaign } = world.pointers;
  const count = world.tables.get('leads')?.rowCount ?? 0;
  for (let lead = 0; lead < count; lead++) {
    frame.lead = lead;
    frame.deal = leadDeal[lead] as number;
    frame.campaign = leadCampaign[lead] as number;
    frame.rootDeal = frame.deal < 0 ? -1 : (world.refunds.root[frame.deal] as number);
    date(crediting);
    if (!isMet(crediting)) continue;
    giveCredit(crediting, crediting.amount?.(frame));
  }
};

/** Points the frame at a deal and finds the credit's date, and the date whose exchange rate holds. */
const pointAtDeal = (crediting: Crediting, deal: number): void => {
  const { frame, world } = crediting;
  frame.deal = deal;
  frame.rootDeal = world.refunds.root[deal] as number;
  date(crediting);
};
