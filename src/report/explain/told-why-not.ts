import type { Person } from '../../engine/result.ts';
import type { Rows, WhyNot } from '../../explain/why-not.ts';
import type { Credit } from '../../rules/plan.ts';
import { TABLE_OF } from '../../rules/tables.ts';
import { formatDay } from '../../values/date.ts';
import { type Telling, type Told, told } from './told.ts';
import { tellCondition } from './told-figure.ts';

/** Why a deal, a touch or a lead does not pay somebody, reward by reward. */
export const tellWhyNot = (found: readonly WhyNot[], person: Person, id: string, telling: Telling): Told =>
  told('note', `what ${id} pays ${telling.person(person)}, and why not`, {
    below: found.map((each) => tellReward(each, person, telling)),
  });

const NAMES = { deal: 'deal', split: 'split', attribution: 'touch', lead: 'lead', campaign: 'campaign' } as const;

const tellReward = ({ reward, credit, found }: WhyNot, person: Person, telling: Telling): Told => {
  const { name, place } = reward ?? credit;
  const at = telling.place(place);
  if (found === undefined)
    return told('note', `${name}: nothing, for it has no ${NAMES[credit.each]} that ${credit.name} could credit`, {
      at,
    });
  const where = placeOf(found.rows, credit, telling);
  const { obstacle } = found;
  const what = `${NAMES[credit.each]}${where === '' ? '' : ` of ${where}`}`;
  switch (obstacle.kind) {
    case 'condition':
      return told('note', `${name}: the ${what} is not credited as ${credit.name}, since a condition does not hold`, {
        at: telling.place(credit.place),
        below: [
          ...(obstacle.of === 'when' ? [] : [told('reason', obstacle.of)]),
          tellCondition(obstacle.figure, telling),
        ],
      });
    case 'reward-when':
      return told('note', `${name}: the ${what} is credited, and a condition of the reward does not hold`, {
        at,
        below: [tellCondition(obstacle.figure, telling)],
      });
    case 'counts':
      return told(
        'note',
        `${name}: the ${what} is credited; no reward pays for each, it counts where ${name} is read`,
        {
          at,
        },
      );
    case 'no-share':
      return told('note', `${name}: the ${what} has no share of what ${credit.name} shares out`, {
        at: telling.place(credit.place),
      });
    case 'credited-to': {
      const whose = obstacle.person === undefined ? 'the company' : telling.person(obstacle.person);
      const to = credit.to === 'company' ? '' : `, by to: ${credit.to.text}`;
      return told('note', `${name}: the ${what} is credited to ${whose}${to}`, {
        at: telling.place(credit.place),
      });
    }
    case 'not-computed':
      return told(
        'note',
        `${name}: the ${what} is dated ${formatDay(obstacle.day)}, and ${obstacle.first === obstacle.last ? obstacle.first.label : `${obstacle.first.label} to ${obstacle.last.label}`} was computed`,
        { at },
      );
    case 'not-in-who': {
      const { stay, day } = obstacle;
      const job =
        stay === undefined
          ? 'had no job here'
          : stay.department === undefined
            ? 'was not among them'
            : `worked in ${stay.department}${stay.team === undefined ? '' : `, ${stay.team}`}`;
      const people = telling.computed.tables.get('people');
      const line = stay === undefined || stay.row < 0 ? undefined : people?.lines[stay.row];
      return told(
        'note',
        `${name}: it pays ${reward?.who.text}, and on ${formatDay(day)} ${telling.person(person)} ${job}`,
        {
          at,
          below:
            people === undefined || line === undefined
              ? []
              : [told('row', 'the job on that day', { at: telling.place({ file: people.file, line }) })],
        },
      );
    }
    case 'paid': {
      const { payout, line, period } = obstacle;
      return told('line', `${name}: the ${what} is paid, in ${period.label}, line ${line}`, {
        at,
        amount: payout.lines[line - 1]?.amount,
      });
    }
  }
};

/** `deals.csv:12` */
const placeOf = (rows: Rows, { each }: Credit, { computed, place }: Telling): string => {
  const own = each === 'split' && rows.split < 0 ? 'deal' : each;
  const table = computed.tables.get(TABLE_OF[own]);
  const line = table?.lines[rows[own]];
  return table === undefined || line === undefined ? '' : place({ file: table.file, line });
};
