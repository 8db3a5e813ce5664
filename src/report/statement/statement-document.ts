import { add, mul, type Num, powerOfTen, sub, truncate } from '../../values/num.ts';
import {
  type Block,
  type Cell,
  type Document,
  date,
  EMPTY,
  effect,
  figureColumn,
  heading,
  money,
  paragraph,
  percent,
  subheading,
  text,
  textColumn,
} from '../document/document.ts';
import { daysWords, dayWords } from '../figures/day-words.ts';
import { amountText, partText, titleOf } from '../html/figures.ts';
import { type Statement, type StatementPlan, wouldDiffer } from './statement.ts';
import { stepsDrawing, stepsWords } from './statement-html-steps.ts';
import type { StatementReward } from './statement-reward.ts';

/** Cut to a tenth of a percent, so that 99.96% is not said to be 100%. */
const tenth = (share: Num): Num => mul(truncate(mul(share, 1000)), powerOfTen(-3));

/** A statement in pieces, for all formats but the page, which has a form of its own. */
export const statementDocument = (statement: Statement): Document => {
  const { person, plan, period, stays, currency, digits, least } = statement;
  return {
    title: person.name,
    eyebrow: `${plan}, statement for ${period.label}`,
    meta: [
      daysWords(period),
      ...stays.flatMap(({ department, team, from, to }) => {
        const where = [department, team].filter((name) => name !== undefined).join(', ');
        const whole = from === period.from && to === period.to;
        return where === '' ? [] : [whole ? where : `${where}: ${daysWords({ from, to })}`];
      }),
    ],
    currency,
    digits,
    blocks: [
      keyFigures(statement),
      ...paid(statement),
      ...standing(statement),
      ...together(statement),
      ...links(statement),
      ...lines(statement),
      ...next(statement),
    ],
    foot: [
      planWords(statement.inForce),
      'Every figure is of the run that pays you; payouts.csv and lines.csv hold the same.',
      `Figures of groups are shown only where at least ${least} people stand behind them, and never where another person’s could be worked out from them.`,
    ],
  };
};

/** By which plan somebody is paid, so that it can be told whether that is the one that was agreed. */
export const planWords = ({ file, effective, meaning }: StatementPlan): string => {
  const from = effective === undefined ? '' : `, in force from ${dayWords(effective)}`;
  return `You are paid by the plan in ${file}${from}.${meaning === undefined ? '' : ` What it means, as it is signed: ${meaning}.`}`;
};

const keyFigures = ({ total, withoutLinks, links: all, together: both, next: deal, currency }: Statement): Block => ({
  kind: 'key-figures',
  figures: [
    { label: 'You are paid', cell: money(total), note: currency },
    ...(withoutLinks === undefined || !wouldDiffer(total, withoutLinks, all)
      ? []
      : [{ label: 'Without any link it would be', cell: money(withoutLinks) }]),
    ...(both.byOthers === undefined || !wouldDiffer(0, both.byOthers, both.links)
      ? []
      : [{ label: 'What the other department did for it', cell: effect(both.byOthers) }]),
    ...(deal === undefined ? [] : [{ label: 'Your next deal would pay', cell: money(deal.pays) }]),
  ],
});

const paid = ({ rewards, total, currency }: Statement): readonly Block[] => {
  const optional = (x: Num | undefined): Cell => (x === undefined ? EMPTY : effect(x));
  const paying = rewards.filter((reward) => reward.lines.length > 0);
  const capped = rewards.some(({ cap }) => cap !== undefined);
  const guaranteed = rewards.some(({ guarantee }) => guarantee !== undefined);
  const linesPay = (reward: StatementReward): Cell => {
    const before = paying.slice(0, paying.indexOf(reward)).reduce((sum, { lines: own }) => sum + own.length, 0);
    const to = before + reward.lines.length - 1;
    const formula = { kind: 'sum-of', table: 'lines', column: 'paid', from: before, to } as const;
    return { kind: 'money', minor: reward.amount, formula: reward.lines.length === 0 ? undefined : formula };
  };
  return [
    heading('What you are paid', `Amounts in ${currency}. Links are what other results added or took.`),
    {
      kind: 'table',
      name: 'rewards',
      caption: undefined,
      columns: [
        textColumn('Reward', 'reward'),
        figureColumn('Before links', 'before_links'),
        figureColumn('Links', 'links'),
        ...(capped ? [figureColumn('Cap', 'cap')] : []),
        ...(guaranteed ? [figureColumn('Guarantee', 'guarantee')] : []),
        figureColumn('Paid', 'paid'),
      ],
      rows: rewards.map((own) => {
        const { reward, base, links: linked, cap, guarantee } = own;
        return {
          cells: [
            text(titleOf(reward)),
            money(base),
            effect(linked),
            ...(capped ? [optional(cap)] : []),
            ...(guaranteed ? [optional(guarantee)] : []),
            linesPay(own),
          ],
        };
      }),
      foot: {
        cells: [
          text('Total'),
          EMPTY,
          EMPTY,
          ...(capped ? [EMPTY] : []),
          ...(guaranteed ? [EMPTY] : []),
          { kind: 'money', minor: total, formula: { kind: 'sum-above' } },
        ],
      },
    },
  ];
};

const standing = (statement: Statement): readonly Block[] => {
  const { attainments, steps, digits } = statement;
  if (attainments.length === 0 && steps.length === 0) return [];
  return [
    heading('Where you stand'),
    {
      kind: 'table',
      name: 'attainment',
      caption: undefined,
      columns: [
        textColumn('Quota of', 'measure'),
        textColumn('Period', 'period'),
        figureColumn('Done', 'done'),
        figureColumn('Quota', 'quota'),
        figureColumn('Attained', 'attained'),
      ],
      rows: attainments.map(({ measure, period, isMoney, done, quota, share }) => {
        const cell = (x: Num): Cell => (isMoney ? money(x) : { kind: 'number', value: x });
        return { cells: [text(titleOf(measure)), text(period), cell(done), cell(quota), percent(tenth(share))] };
      }),
      foot: undefined,
    },
    ...steps.flatMap((reached, i): readonly Block[] => {
      const words = stepsWords(reached, digits);
      return [
        subheading(words.title, `You stand at ${words.reached}. ${words.next}`),
        {
          kind: 'chart',
          svg: stepsDrawing(reached, words, `steps-${i + 1}`),
          says: words.steps.map(
            ({ words: where, rate }, step) => `${where}: ${rate}${step === reached.step ? ' (you are here)' : ''}`,
          ),
        },
      ];
    }),
  ];
};

const together = ({ together: both, total, digits, currency, least }: Statement): readonly Block[] => {
  const { byOthers, links: crossing, forOthers, through, hidden } = both;
  if (crossing.length === 0 && through.length === 0 && !hidden) return [];
  const without =
    byOthers === undefined
      ? 'Without the links that cross the plan has no answer.'
      : `Without the links that cross, the same plan would pay you ${amountText(sub(total, byOthers), digits)} ${currency}.`;
  return [
    heading(
      'What the other department did for your pay, and you for theirs',
      'Links that cross bind your pay to what the other department does, and theirs to what you do.',
    ),
    {
      kind: 'table',
      name: 'together',
      caption: undefined,
      columns: [textColumn('Who for whom', 'who'), textColumn('Link', 'link'), figureColumn('Effect', 'effect')],
      rows: [
        ...crossing.map(({ link, reward, effect: moved }) => ({
          cells: [text('they for you'), text(`${titleOf(link)} on ${titleOf(reward)}`), effect(moved)],
        })),
        ...(byOthers === undefined ? [] : [{ cells: [text('they for you, in all'), text(''), effect(byOthers)] }]),
        ...through.map(({ link, department, amount }) => ({
          cells: [text('you for them'), text(`${titleOf(link)}, in ${department}`), effect(amount)],
        })),
        ...(through.length === 0 ? [] : [{ cells: [text('you for them, in all'), text(''), effect(forOthers)] }]),
      ],
      foot: undefined,
    },
    paragraph(without),
    paragraph(
      'What you did for them is what would not be there without your doing: what you are credited with, and the touches and leads of campaigns that you run.',
    ),
    ...(hidden ? [paragraph(`What you did for fewer than ${least} people is left out.`)] : []),
  ];
};

const links = ({ links: all }: Statement): readonly Block[] =>
  all.length === 0
    ? []
    : [
        heading(
          'Why the links did what they did',
          'A link multiplies what a reward pays by a factor: 100% changes nothing. Links with a weight count for that part of it.',
        ),
        {
          kind: 'table',
          name: 'links',
          caption: undefined,
          columns: [
            textColumn('Link', 'link'),
            textColumn('Because', 'because'),
            textColumn('On', 'reward'),
            textColumn('What it read', 'read'),
            figureColumn('Factor', 'factor'),
            figureColumn('Effect', 'effect'),
          ],
          rows: all.map(
            ({ link, because, reward, weight, reads, factor, lines: applied, asked, effect: moved, working }) => ({
              cells: [
                text(titleOf(link)),
                text(because),
                text(`${titleOf(reward)}${weight === undefined ? '' : `, counts for ${partText(weight)}`}`),
                text(reads ?? ''),
                factor === undefined
                  ? text(applied > 0 ? 'differs by line' : asked === 0 ? 'no line' : 'did not apply')
                  : percent(factor),
                effect(moved),
              ],
              told: () => working,
            }),
          ),
          foot: undefined,
        },
      ];

const lines = ({ rewards }: Statement): readonly Block[] => {
  const paying = rewards.filter((reward) => reward.lines.length > 0);
  if (paying.length === 0) return [];
  return [
    heading('Every line', 'What you are paid is the sum of these lines, each rounded once.'),
    {
      kind: 'table',
      name: 'lines',
      caption: undefined,
      columns: [
        textColumn('Reward', 'reward'),
        textColumn('Line', 'line'),
        textColumn('For', 'for'),
        textColumn('Date', 'date'),
        figureColumn('Credited', 'credited'),
        figureColumn('Rate', 'rate'),
        figureColumn('Before links', 'before_links'),
        figureColumn('Factor', 'factor'),
        figureColumn('Paid', 'paid'),
      ],
      rows: paying.flatMap(lineRows),
      foot: {
        cells: [
          text('Total'),
          ...Array.from({ length: 7 }, () => EMPTY),
          {
            kind: 'money',
            minor: paying.reduce<Num>((sum, { amount }) => add(sum, amount), 0),
            formula: { kind: 'sum-above' },
          },
        ],
      },
    },
  ];
};

const lineRows = ({ reward, lines: own }: StatementReward) =>
  own.map(({ number, subject, note, day, credited, rate, base, factor, amount, told }) => ({
    cells: [
      text(titleOf(reward)),
      text(String(number)),
      text(subject, note === '' ? undefined : note),
      day === undefined ? EMPTY : date(day),
      credited === undefined ? EMPTY : money(credited),
      text(rate),
      money(base),
      factor === undefined ? EMPTY : percent(factor),
      money(amount),
    ],
    told: () => told().below,
  }));

const next = ({ next: deal, digits, currency }: Statement): readonly Block[] => {
  if (deal === undefined) return [];
  const which =
    deal.of === 1
      ? `Your only deal of the last four quarters, ${deal.deal},`
      : `The middle one of your ${deal.of} deals of the last four quarters, ${deal.deal},`;
  return [
    heading('What your next deal would pay'),
    paragraph(
      `${which} is worth ${amountText(deal.amount, digits)} ${currency}. One more like it would pay ${amountText(deal.pays, digits)}, on top of what has accumulated, at the step where you stand, with the links as they are.`,
    ),
  ];
};
