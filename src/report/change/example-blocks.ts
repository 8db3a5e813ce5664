import type { ExampleOutcome, ExamplePeople, ExamplePerson } from '../../check/example-people.ts';
import type { Computed } from '../../engine/compute.ts';
import type { Payout, PeriodResult } from '../../engine/result.ts';
import type { Plan } from '../../rules/plan.ts';
import { type Num, sign, sub, toPercent } from '../../values/num.ts';
import { calculationOf } from '../figures/calculation.ts';
import { type Statement, statementOf, statementsOf } from '../statement/statement.ts';
import { type Block, list, paragraph, table } from './document.ts';
import { payRow } from './pay-blocks.ts';

/** More lines of a reward than this are too many for a page. */
const MOST_LINES = 6;

const COLUMNS = ['as it is', 'as proposed', 'difference'] as const;

/** The statement of somebody invented, by both plans, and what becomes of it where results come out otherwise. */
export const exampleBlocks = (examples: ExamplePeople, person: ExamplePerson, plan: Plan): readonly Block[] => {
  const [old, now] = [paidTo(examples.before, person), paidTo(examples.after, person)];
  const rewards = [...new Set([...old.rewards, ...now.rewards])].filter(
    (reward) => sign(old.amount(reward)) !== 0 || sign(now.amount(reward)) !== 0,
  );
  const row = (name: string, before: Num, after: Num): readonly string[] => payRow(name, before, after, plan);
  const [atGoal] = person.outcomes;
  const changed = rewards.filter((reward) => !sameLines(old.lines(reward), now.lines(reward)));
  return [
    paragraph(`${whoWords(now, examples.after)}:`),
    table(
      ['reward', ...COLUMNS],
      [
        ...rewards.map((reward) => row(reward, old.amount(reward), now.amount(reward))),
        ...(atGoal === undefined ? [] : [row('all', atGoal.before, atGoal.after)]),
      ],
    ),
    ...changed.flatMap((reward) => [
      ...linesBlocks(`How ${reward} comes about today:`, old.lines(reward)),
      ...linesBlocks(`How ${reward} would come about:`, now.lines(reward)),
    ]),
    ...(person.outcomes.length < 2
      ? []
      : [
          paragraph('The same person, where results come out otherwise:'),
          table(
            ['results', ...COLUMNS],
            person.outcomes.map((outcome) =>
              row(resultWords(outcome, person.department), outcome.before, outcome.after),
            ),
          ),
        ]),
  ];
};

const linesBlocks = (intro: string, lines: readonly string[]): readonly Block[] => {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LINES;
  return [paragraph(intro), list([...lines.slice(0, MOST_LINES), ...(more > 0 ? [`and ${more} more like this`] : [])])];
};

const sameLines = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i]);

interface Paid {
  readonly rewards: readonly string[];
  readonly amount: (reward: string) => Num;
  /** How it comes about: the same lines once, then what links did. */
  readonly lines: (reward: string) => readonly string[];
  /** Of the last period. */
  readonly statement: Statement | undefined;
}

const paidTo = (computed: Computed, { person }: ExamplePerson): Paid => {
  const run = statementsOf(computed, { least: 1 });
  const own = computed.periods.flatMap((result) => {
    const payouts = result.payouts.filter((payout) => payout.person.id === person);
    const [first] = payouts;
    return first === undefined ? [] : [{ result, payouts, statement: statementOf(run, result, first.person) }];
  });
  const payouts = own.flatMap((each) => each.payouts.map((payout) => ({ payout, result: each.result })));
  const of = (reward: string) => payouts.filter(({ payout }) => payout.rewardName === reward);
  const statement = own.at(-1)?.statement;
  return {
    rewards: [...new Set(payouts.map(({ payout }) => payout.rewardName))],
    amount: (reward) => of(reward).reduce<Num>((sum, { payout }) => sub(sum, sub(0, payout.amount)), 0),
    lines: (reward) => [...counted(of(reward), computed.plan), ...linkLines(statement, reward)],
    statement,
  };
};

/** `10 times 10000.00 × 5% = 500.00` */
const counted = (
  payouts: readonly { readonly payout: Payout; readonly result: PeriodResult }[],
  plan: Plan,
): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { payout, result } of payouts) {
    for (const line of payout.lines) {
      const text = calculationOf({ plan, period: result.period }, payout, line);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts].map(([text, count]) => (count === 1 ? text : `${count} times ${text}`));
};

/** `sales_lands_it, since marketing is paid when sales lands the business: sales.attainment = 100%, so × 100%` */
const linkLines = (statement: Statement | undefined, reward: string): readonly string[] =>
  (statement?.links ?? [])
    .filter((link) => link.reward === reward && link.factor !== undefined)
    .map(({ link, because, reads, factor }) => {
      const what = reads === undefined ? '' : `${reads}, so `;
      return `${link} (${because}): ${what}× ${toPercent(factor as Num, 2)}`;
    });

const resultWords = ({ moved }: ExampleOutcome, own: string): string => {
  if (moved === undefined) return 'all at goal';
  const whose = moved.department === own ? 'own' : `those of ${moved.department}`;
  return `${whose} at ${toPercent(moved.to)} of goal`;
};

const whoWords = ({ statement }: Paid, { plan, periods }: Computed): string => {
  const quotas = (statement?.attainments ?? []).map(({ measure, quotaWords }) => `${quotaWords} for ${measure}`);
  const quota = quotas.length === 0 ? '' : `: a quota of ${[...new Set(quotas)].join(' and ')}`;
  const time = periods.length === 1 ? `a ${plan.period}` : `${periods.length} ${plan.period}s`;
  return `Say somebody there (invented, with round figures${quota}) ends ${time} exactly at goal, and so does everybody else`;
};
