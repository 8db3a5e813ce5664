import type { Attribution } from '../../change/attribution.ts';
import type { Diff } from '../../change/diff.ts';
import type { Difference } from '../../change/difference.ts';
import type { Plan, Reward } from '../../rules/plan.ts';
import { type Block, list, paragraph, section, title } from './document.ts';
import { payBlocks } from './pay-blocks.ts';

/** A diff, and what it would have paid where rows were at hand. */
export interface DiffReport {
  readonly diff: Diff;
  /** How the two plans are named on the command line. */
  readonly names: { readonly before: string; readonly after: string };
  readonly attribution: Attribution | undefined;
  /** How a place of the plan is shown. */
  readonly shown: (file: string) => string;
}

/** What a diff says, as a page. */
export const diffBlocks = ({ diff, names, attribution, shown }: DiffReport): readonly Block[] => {
  const { differences, paysTheSame } = diff;
  const said = (one: Difference): string => {
    const place = one.places.after ?? one.places.before;
    const where = place?.line === undefined ? '' : ` (${shown(place.file)}:${place.line})`;
    return `${one.says}${where}`;
  };
  const paying = differences.filter(({ take }) => take !== undefined);
  const others = differences.filter(({ take }) => take === undefined);
  return [
    title(`${names.before} → ${names.after}`),
    ...(paysTheSame ? sameBlocks(diff) : []),
    ...section(paysTheSame ? 'What can change pay' : 'What changes pay', list(paying.map(said))),
    ...section(paying.length === 0 ? 'What changes' : 'What changes beside that', list(others.map(said))),
    ...section('Whom it touches', list(touchedLines(diff))),
    ...(attribution === undefined
      ? []
      : section('On past data', ...payBlocks(attribution, diff.before, { names: true }))),
  ];
};

const sameBlocks = ({ differences, provided, shows }: Diff): readonly Block[] => {
  const what = differences.length === 0 ? 'Both plans say the same' : 'This change alters no payout, whatever the rows';
  const end = provided.length === 0 ? '.' : ', provided that:';
  return [
    paragraph(`${what}${end}`),
    ...(provided.length === 0 ? [] : [list(provided)]),
    ...(shows.length === 0 ? [] : [paragraph('What reports show otherwise:'), list(shows)]),
  ];
};

/** Each reward that may pay otherwise, and whom it pays. */
export const touchedLines = ({ before, after, differences }: Diff): readonly string[] => {
  const rewards = new Set(differences.flatMap((one) => one.rewards));
  const whom = (reward: Reward): string => reward.who.text;
  return [...new Set([...before.rewards.keys(), ...after.rewards.keys()])].flatMap((name) => {
    if (!rewards.has(name)) return [];
    const [old, now] = [before.rewards.get(name), after.rewards.get(name)];
    const people = [...new Set([old, now].flatMap((reward) => (reward === undefined ? [] : [whom(reward)])))];
    return [`${name}: ${people.map((who) => whoIn(who, before, after)).join('; now ')}`];
  });
};

/** `sales (department is "sales")` */
const whoIn = (who: string, before: Plan, after: Plan): string => {
  const group = after.groups.get(who) ?? before.groups.get(who);
  return group === undefined ? who : `${who} (${inWords(group.when.text)})`;
};

const inWords = (condition: string): string =>
  condition.replaceAll('payee.', '').replaceAll(' == ', ' is ').replaceAll(' != ', ' is not ');
