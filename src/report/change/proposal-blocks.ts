import type { Proposal, TypicalStatement } from '../../change/proposal.ts';
import type { Change, Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { sign, sub } from '../../values/num.ts';
import { calculationOf } from '../figures/calculation.ts';
import { touchedLines } from './diff-blocks.ts';
import { type Block, heading, list, paragraph, section, table, title } from './document.ts';
import { money, payBlocks, periodWords, signedMoney } from './pay-blocks.ts';
import { questionsOf } from './proposal-questions.ts';

/** More lines of a reward than this are too many for a page. */
const MOST_LINES = 6;

/** A proposal as a page that both departments can read. */
export const proposalBlocks = (proposal: Proposal): readonly Block[] => {
  const { diff, attribution, statements, checked, names } = proposal;
  const { before, after, differences } = diff;
  const { change } = after;
  const paying = differences.filter(({ take }) => take !== undefined);
  const rest = differences.filter(
    ({ take, path }) => take === undefined && path[0] !== 'change' && path[0] !== 'roles',
  );
  return [
    title(`Proposal: ${after.name}`),
    paragraph(
      `This is what is proposed in place of “${before.name}”${change === undefined ? '' : `, from ${formatDay(change.effective)} on`}. It is not in force before all who are named below have signed it.`,
    ),
    ...section('Why', paragraph(change?.because ?? 'The plan does not say why.')),
    ...section(
      'What changes',
      diff.paysTheSame ? paragraph('Nothing that anybody is paid, whatever the results.') : undefined,
      list(paying.map(({ says }) => says)),
      rest.length === 0 ? undefined : paragraph('Beside that, without effect on pay:'),
      list(rest.map(({ says }) => says)),
    ),
    ...section('Whom it touches', list(touchedLines(diff))),
    ...section('From when', list(whenLines(change))),
    ...(attribution === undefined ? [] : section('How much', ...payBlocks(attribution, before, { names }))),
    ...statements.flatMap((statement) => statementBlocks(statement, proposal)),
    ...section(
      'What the check says',
      checked.length === 0 ? paragraph('align-pay check finds nothing wrong with it.') : undefined,
      list(checked),
    ),
    heading('Questions that are likely to be asked'),
    ...questionsOf(proposal).flatMap(({ asks, answer }) => [paragraph(`“${asks}” ${answer}`)]),
    ...section('Who must agree', list(agreeing(after)), change === undefined ? undefined : paragraph(HOW_TO_SIGN)),
  ];
};

const HOW_TO_SIGN =
  'Each signs with align-pay sign --as ROLE, or objects with --object and the reason. Whoever is paid by it records with align-pay accept --as PERSON that it was received and read.';

const whenLines = (change: Change | undefined): readonly string[] => {
  if (change === undefined) return ['The plan says no change:, so it has no first day.'];
  const { effective, ends, notice, discussion } = change;
  return [
    `in force from ${formatDay(effective)}`,
    ...(ends === undefined ? [] : [`meant until ${formatDay(ends)}`]),
    ...(notice === 0 ? [] : [`in everybody’s hands by ${formatDay(effective - notice)}, ${notice} days before`]),
    ...(discussion === undefined ? [] : [`discussed at ${discussion}`]),
  ];
};

const agreeing = ({ change, roles }: Plan): readonly string[] =>
  (change?.signOff ?? []).flatMap((name) => {
    const role = roles.get(name);
    if (role === undefined) return [];
    const whom = role.department === undefined ? (name === 'liaison' ? ', for both' : '') : `, for ${role.department}`;
    return [`${name}: ${role.person}${whom}`];
  });

/** What somebody typical is paid before and after, and how that comes about. */
const statementBlocks = (
  { typical, rows }: TypicalStatement,
  { diff, attribution, names }: Proposal,
): readonly Block[] => {
  const { one, department, of } = typical;
  const { before, after } = diff;
  const period = attribution === undefined ? '' : ` in ${periodWords(attribution)}`;
  const who = names ? (one.name ?? one.person) : 'Somebody';
  const where = of === 1 ? 'the only one there whom it touches' : `in the middle of the ${of} there whom it touches`;
  return [
    heading(`Somebody typical in ${department}`),
    paragraph(`${who}, ${where}: ${signedMoney(sub(one.after, one.before), before)} ${before.currency}${period}.`),
    table(
      ['reward', 'before', 'after', 'difference'],
      [
        ...rows.map((row) => [
          row.reward,
          money(row.before, before),
          money(row.after, after),
          signedMoney(sub(row.after, row.before), after),
        ]),
        ['all', money(one.before, before), money(one.after, after), signedMoney(sub(one.after, one.before), after)],
      ],
    ),
    ...rows
      .filter((row) => sign(sub(row.after, row.before)) !== 0 && row.lines.length > 0)
      .flatMap((row) => [
        paragraph(`How ${row.reward} would come about:`),
        list([
          ...row.lines
            .slice(0, MOST_LINES)
            .map(
              ({ period: own, payout, line }) =>
                `${own.label}: ${calculationOf({ plan: after, period: own }, payout, line)}`,
            ),
          ...(row.lines.length > MOST_LINES ? [`and ${row.lines.length - MOST_LINES} more like this`] : []),
        ]),
      ]),
  ];
};
