import type { Attribution } from '../../change/attribution.ts';
import type { Diff } from '../../change/diff.ts';
import type { Change, Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { compare, type Num, sign, sub } from '../../values/num.ts';
import { money, partWords, periodWords, signedMoney } from './pay-blocks.ts';
import type { Proposal } from './proposal.ts';

/** A question that is likely to be asked, and the answer that plan and rows give. */
export interface Question {
  readonly asks: string;
  readonly answer: string;
}

/** What people ask of a change of their pay, answered from what is known; what is not known is said to be so. */
export const questionsOf = ({ diff, attribution }: Proposal): readonly Question[] => {
  const { after } = diff;
  const { change } = after;
  return [
    ...(change === undefined ? [] : earned(change, after)),
    ...lose(attribution, after),
    ...costs(attribution, after),
    ...links(diff),
    ...thresholds(diff),
    ...(readsQuotas(after) ? [QUOTAS] : []),
    ...(change === undefined ? [] : process(change, after)),
  ];
};

const earned = ({ effective }: Change, plan: Plan): readonly Question[] => {
  const from = formatDay(effective);
  const dates = new Set([...plan.credits.values()].map(({ date }) => dateWords(date.text)));
  return [
    {
      asks: 'What becomes of what I have earned until then?',
      answer: `It stays earned. Whatever is dated before ${from} is paid by the plan of now, also where it is computed again later.`,
    },
    {
      asks: `Which plan pays for something that I begin before ${from} and finish after it?`,
      answer: `The one in force on the day that counts: ${[...dates].join(' or ')}.`,
    },
  ];
};

/** `deal.close_date` as the close date of the deal. */
const dateWords = (text: string): string => {
  const [, row, column] = /^(\w+)\.(\w+)$/.exec(text) ?? [];
  return row === undefined || column === undefined ? text : `the ${column.replaceAll('_', ' ')} of the ${row}`;
};

const lose = (attribution: Attribution | undefined, plan: Plan): readonly Question[] => {
  const asks = 'Could I be paid less than now?';
  if (attribution === undefined)
    return [{ asks, answer: 'That was not worked out here: --with-data pays past rows by both plans and shows it.' }];
  const { people, parts } = attribution;
  const lost = (one: (typeof people)[number]): Num => sub(one.after, one.before);
  const losers = people.filter((one) => sign(lost(one)) < 0).sort((a, b) => compare(lost(a), lost(b)));
  const [most] = losers;
  const period = periodWords(attribution);
  if (most === undefined)
    return [{ asks, answer: `In ${period} nobody would have been. Other results may come out otherwise.` }];
  const worst = parts
    .map((part, i) => ({ part, amount: most.byPart[i] ?? 0 }))
    .sort((a, b) => compare(a.amount, b.amount))[0];
  const why = worst === undefined ? '' : `, above all since ${partWords(worst.part)}`;
  const count = losers.length === 1 ? 'One would' : `${losers.length} would`;
  return [
    {
      asks,
      answer: `${count} have been, in ${period}; the most that anybody would have lost is ${money(sub(most.before, most.after), plan)} ${plan.currency}${why}.`,
    },
  ];
};

const costs = (attribution: Attribution | undefined, plan: Plan): readonly Question[] => {
  if (attribution === undefined) return [];
  const total = attribution.people.reduce<Num>((sum, { before, after }) => sub(after, sub(before, sum)), 0);
  return [
    {
      asks: 'What does it cost?',
      answer: `In ${periodWords(attribution)} ${signedMoney(total, plan)} ${plan.currency} in all.`,
    },
  ];
};

/** Links that are new or changed: the other department's part in somebody's pay. */
const links = ({ differences, after }: Diff): readonly Question[] => {
  const touched = new Map<string, { readonly reward: string; readonly because: string; readonly who: string }>();
  for (const { path, kind } of differences) {
    const [section, reward = '', key, name = ''] = path;
    if (section !== 'rewards' || key !== 'links' || kind === 'removed') continue;
    const own = after.rewards.get(reward);
    const link = own?.links.find((each) => each.name === name);
    if (own !== undefined && link !== undefined)
      touched.set(`${reward}/${name}`, { reward, because: link.because, who: own.who.text });
  }
  for (const { path, kind } of differences) {
    const own =
      kind === 'added' && path[0] === 'rewards' && path.length === 2 ? after.rewards.get(path[1] ?? '') : undefined;
    for (const link of own?.links ?? [])
      touched.set(`${own?.name}/${link.name}`, {
        reward: own?.name ?? '',
        because: link.because,
        who: own?.who.text ?? '',
      });
  }
  return [...touched.values()].map(({ reward, because, who }) => ({
    asks: `Why does the ${reward} of ${who} move with what others do?`,
    answer: `${because}.`,
  }));
};

const thresholds = ({ differences, after }: Diff): readonly Question[] => {
  const ends = differences.filter(({ path }) => path.at(-1) === 'end');
  return ends.flatMap(({ path, after: at }) => {
    const reward = after.rewards.get(path[1] ?? '');
    const i = Number(/\d+/.exec(path[3] ?? '')?.[0] ?? 0) - 1;
    const step = reward?.body === 'credit' && reward.rate.kind === 'steps' ? reward.rate.steps[i] : undefined;
    if (step === undefined || at === undefined) return [];
    return [
      {
        asks: `What if I end at exactly ${at}?`,
        answer: step.holdsEnd
          ? 'You are still in the step below: what is beyond begins after it.'
          : 'You are in the step above already: it begins there.',
      },
    ];
  });
};

const readsQuotas = (plan: Plan): boolean => plan.needs.has('quotas');
const QUOTAS: Question = {
  asks: 'Does my quota change with it?',
  answer: 'Not by this plan: quotas stand in quotas.csv, and are set for each period beside it.',
};

const process = ({ effective, ends, notice, discussion, signOff }: Change, { roles }: Plan): readonly Question[] => {
  const heads = [...roles.values()].filter(({ department }) => department !== undefined);
  const liaison = roles.get('liaison');
  const whom = [
    ...heads.map(({ person, department }) => `${person} for ${department}`),
    ...(liaison === undefined ? [] : [`${liaison.person} for both`]),
  ];
  return [
    {
      asks: 'What if I do not agree?',
      answer: [
        discussion === undefined ? '' : `Say so where it is discussed: ${discussion}.`,
        whom.length === 0
          ? ''
          : `Those who speak for you are ${whom.join(', ')}; any of them can object, and as long as one does, it is not in force.`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    },
    ...(notice === 0
      ? []
      : [
          {
            asks: 'How long do I know of it before it counts?',
            answer: `At least ${notice} days: each department must have it in hand, signed, by ${formatDay(effective - notice)}, else it is in force later.`,
          },
        ]),
    {
      asks: 'How long does it hold?',
      answer:
        ends === undefined
          ? 'Until another plan takes its place, which is proposed in the same way.'
          : `Until ${formatDay(ends)}, and from then on until another plan takes its place, which is proposed in the same way.`,
    },
    ...(signOff.length === 0
      ? []
      : [
          {
            asks: 'Can it be changed after all have signed?',
            answer: 'Not without their signing again: what they sign is what the plan means, to the last rate.',
          },
        ]),
  ].filter(({ answer }) => answer !== '');
};
