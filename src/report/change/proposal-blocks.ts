import type { Attribution } from '../../change/attribution.ts';
import type { Difference } from '../../change/difference.ts';
import type { TypicalPay } from '../../change/typical.ts';
import type { Change, Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { LEAST_PEOPLE } from '../statement/statement.ts';
import { touchedLines } from './diff-blocks.ts';
import { type Block, heading, list, paragraph, section, table, title } from './document.ts';
import { exampleBlocks } from './example-blocks.ts';
import { payBlocks, payRow, periodWords } from './pay-blocks.ts';
import type { Proposal } from './proposal.ts';
import { questionsOf } from './proposal-questions.ts';

/** A proposal as a page that both departments can read. */
export const proposalBlocks = (proposal: Proposal): readonly Block[] => {
  const { diff, attribution, examples, typical, checked, names } = proposal;
  const { before, after, differences } = diff;
  const { change } = after;
  const departments = [
    ...new Set([...(examples?.people ?? []), ...typical].map(({ department }) => department)),
  ].sort();
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
      list(paying.map(changeWords)),
      rest.length === 0 ? undefined : paragraph('Beside that, without effect on pay:'),
      list(rest.map(({ says }) => says)),
    ),
    ...section('Whom it touches', list(touchedLines(diff))),
    ...section('From when', list(whenLines(change))),
    ...(attribution === undefined ? [] : section('How much', ...payBlocks(attribution, before, { names }))),
    ...departments.flatMap((department) => typicalBlocks(proposal, department)),
    ...section(
      'What the check says',
      checked.length === 0 ? paragraph('align-pay check finds nothing wrong with it.') : undefined,
      list(checked),
      checked.length === 0 ? undefined : paragraph('The people and deals in these sentences are invented.'),
    ),
    heading('Questions that are likely to be asked'),
    ...questionsOf(proposal).flatMap(({ asks, answer }) => [paragraph(`“${asks}” ${answer}`)]),
    ...section('Who must agree', list(agreeing(after)), change === undefined ? undefined : paragraph(HOW_TO_SIGN)),
  ];
};

/** A param moves pay only where something reads it, which its name does not say. */
const changeWords = ({ says, path, rewards }: Difference): string =>
  path[0] === 'params' && rewards.length > 0 ? `${says} (read by ${rewards.join(', ')})` : says;

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

/** What somebody typical in a department is paid before and after: an invented person, and on past data one in the middle. */
const typicalBlocks = (proposal: Proposal, department: string): readonly Block[] => {
  const { diff, examples, typical, attribution, names } = proposal;
  const example = examples?.people.find((one) => one.department === department);
  const real = typical.find((one) => one.department === department);
  return [
    heading(`Somebody typical in ${department}`),
    ...(examples === undefined || example === undefined ? [] : exampleBlocks(examples, example, diff.after)),
    ...(real === undefined || attribution === undefined ? [] : realBlocks(real, attribution, diff.before, names)),
  ];
};

/** Of fewer people than this none is shown: whoever reads it would know whom it is. */
const realBlocks = (
  { one, of, department, rewards }: TypicalPay,
  attribution: Attribution,
  plan: Plan,
  names: boolean,
): readonly Block[] => {
  const period = `In ${periodWords(attribution)}`;
  if (of < LEAST_PEOPLE && !names)
    return [
      paragraph(
        `${period} it would have touched ${of === 1 ? 'one person' : `${of} people`} in ${department}: too few to show what anybody was paid.`,
      ),
    ];
  const who = names ? (one.name ?? one.person) : 'whoever stands in the middle of them';
  return [
    paragraph(
      of === 1
        ? `${period} it would have touched one person in ${department}, ${who}:`
        : `${period} it would have touched ${of} people in ${department}; ${who}, half of the others gaining more, half less:`,
    ),
    table(
      ['reward', 'before', 'after', 'difference'],
      [
        ...rewards.map(({ reward, before, after }) => payRow(reward, before, after, plan)),
        payRow('all', one.before, one.after, plan),
      ],
    ),
  ];
};
