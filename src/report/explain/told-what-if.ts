import type { Person } from '../../engine/result.ts';
import type { LineChange, WhatIf } from '../../explain/what-if.ts';
import { sign, sub } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';

/** What somebody would be paid with a change of the input; what stands below adds up to it. */
export const tellWhatIf = (
  changes: readonly WhatIf[],
  person: Person,
  change: string,
  telling: Telling,
): readonly Told[] => {
  const { currency } = telling.computed.plan;
  if (changes.length === 0) return [told('note', `with ${change}, nobody would be paid anything else`)];
  return changes.map(({ period, now, would, rewards, others }) =>
    told('payout', `${telling.person(person)} would be paid in ${period.label}, with ${change}, ${currency}`, {
      amount: would,
      below: [
        told('line', 'as it is', { amount: now }),
        ...rewards.map((reward) =>
          told('change', `${reward.reward}: ${telling.money(reward.now)} would be ${telling.money(reward.would)}`, {
            amount: sub(reward.would, reward.now),
            below: reward.lines.map((line) => tellLine(line, telling)),
          }),
        ),
        ...(others.people === 0
          ? []
          : [
              told(
                'note',
                `the pay of ${others.people === 1 ? 'one other person' : `${others.people} others`} would change, too, by ${sign(others.more) > 0 ? '+' : ''}${telling.money(others.more)} in all`,
              ),
            ]),
      ],
    }),
  );
};

const tellLine = ({ line, kind, more }: LineChange, telling: Telling): Told => {
  const { credit } = line;
  const deal =
    credit === undefined ? undefined : telling.computed.tables.get('deals')?.columns.get('deal_id')?.[credit.deal];
  const what = typeof deal === 'string' ? deal : line.kind;
  const words = kind === 'changed' ? '' : kind === 'new' ? ', which is not paid now' : ', which would not be paid';
  return told('change', `${what}${words}`, { amount: more, at: telling.place(line.source) });
};
