import { changesOf, countChanges, type PersonChange } from '../../pilot/compare.ts';
import type { Figures } from '../../pilot/pilot.ts';
import { cutTo, harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { textTable } from '../terminal/text-table.ts';
import { gainText, isGain } from './pilot-figure.ts';
import { type PaidVariant, type PilotResult, paidVariants } from './pilot-result.ts';

/** So many winners and losers are named for each variant where all is told. */
const MOST_NAMED = 3;

/** Who loses, the columns say. */
const QUESTION = 'Who gains?';

/** A row a variant: how many gain and lose, and who the most. Names are cut before the table is too wide, then left out. */
export const peopleTable = (result: PilotResult, style: Style, width: number): string[] => {
  const variants = paidVariants(result);
  if (variants.length === 0) return [];
  const table = (longest: number): string[] | undefined => {
    const named = longest > 0;
    const told = (change: PersonChange | undefined): string =>
      change === undefined ? '' : changeText(result, change, longest);
    const rows = variants.map(({ name, figures }) => {
      const changes = changesOf(result.today, figures);
      const { winners, losers, losers5 } = countChanges(changes);
      const counts = [winners, losers, losers5].map(String);
      const most = [gainsOf(changes)[0], lossesOf(changes)[0]].map(told);
      return { cells: [harmless(name), ...counts, ...(named ? most : [])], indent: 2 };
    });
    const head = [QUESTION, 'gain', 'lose', '> 5%', ...(named ? ['most gained', 'most lost'] : [])];
    return textTable(
      {
        head: head.map((title) => [title]),
        rows,
        left: [4, 5],
        leastFirst: QUESTION.length,
        markHead: (line) => style.bold(line.slice(0, QUESTION.length)) + style.dim(line.slice(QUESTION.length)),
      },
      width,
    );
  };
  return table(Number.POSITIVE_INFINITY) ?? table(16) ?? table(12) ?? table(0) ?? [];
};

/** What `check` finds in the plan as it is, where it finds anything. */
export const checkedToday = ({ today }: PilotResult, style: Style, width: number): string[] => {
  const lines = checkLines(today, width);
  return lines.length === 0 ? [] : [style.bold('today'), ...lines];
};

/** Codes of what `check` finds; what they mean it says itself. */
const checkLines = ({ depth }: Figures, width: number): string[] => {
  const codes = (depth?.checks ?? []).filter(({ severity }) => severity !== 'note').map(({ code }) => code);
  if (codes.length === 0) return [];
  const counted = [...new Set(codes)].sort().map((code) => {
    const count = codes.filter((one) => one === code).length;
    return count === 1 ? code : `${count} ${code}`;
  });
  return indented(`check: ${counted.join(', ')}`, width);
};

const indented = (text: string, width: number): string[] =>
  wrap(text, width - 4).map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`));

/** The largest winners and losers of a variant, by name, and what `check` finds in it. */
export const namedChanges = (
  result: PilotResult,
  { name, figures }: PaidVariant,
  style: Style,
  width: number,
): string[] => {
  const changes = changesOf(result.today, figures);
  const line = (label: string, list: readonly PersonChange[]): string[] => {
    if (list.length === 0) return [];
    const told = list.slice(0, MOST_NAMED).map((change) => changeText(result, change));
    return indented(`${label} ${told.join(', ')}`, width);
  };
  const lines = [...line('most gained:', gainsOf(changes)), ...line('most lost:', lossesOf(changes))];
  const people = lines.length === 0 ? ['  nobody is paid otherwise'] : lines;
  return [style.bold(harmless(name)), ...people, ...checkLines(figures, width)];
};

const gainsOf = (changes: readonly PersonChange[]): readonly PersonChange[] =>
  changes.filter(({ difference }) => isGain(difference));

const lossesOf = (changes: readonly PersonChange[]): readonly PersonChange[] =>
  changes.filter(({ difference }) => difference !== 0 && !isGain(difference)).reverse();

const changeText = (
  { names, digits }: PilotResult,
  { id, difference }: PersonChange,
  longest = Number.POSITIVE_INFINITY,
): string => `${cutTo(harmless(names.get(id) ?? id), longest)} ${gainText(difference, digits)}`;
