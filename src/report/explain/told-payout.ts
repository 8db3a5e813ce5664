import type { PayoutDerivation } from '../../explain/payout.ts';
import { add, type Num } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';
import { tellLine } from './told-line.ts';

/** Lines of one payout that are told one by one, unless more are asked for. */
const MOST_LINES = 200;

/** How a payout came about, in words: a derivation from the payout down to rules and rows. */
export const tellPayout = (derivation: PayoutDerivation, telling: Telling, most = MOST_LINES): Told => {
  const { period, payout, lines } = derivation;
  const { person, rewardName, reward } = payout;
  const below = lines.slice(0, most).map((line) => tellLine(line, payout, telling));
  const more = lines.slice(most);
  if (more.length > 0) {
    const amount = more.reduce<Num>((sum, { line }) => add(sum, line.amount), 0);
    below.push(told('line', `and ${more.length} more lines`, { amount }));
  }
  const left = payout.lines.length - lines.length;
  if (left > 0) below.push(told('note', `${left} more ${left === 1 ? 'line was' : 'lines were'} not asked for`));
  if (payout.lines.length === 0) below.push(told('note', 'no line: nothing that this reward pays'));
  return told(
    'payout',
    `${rewardName} of ${telling.person(person)} in ${period.label}, ${telling.computed.plan.currency}`,
    {
      amount: payout.amount,
      at: telling.place(reward?.place),
      below,
    },
  );
};
