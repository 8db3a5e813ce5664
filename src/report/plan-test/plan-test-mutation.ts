import { percentOf } from '../../plan-test/coverage.ts';
import type { MutationResult } from '../../plan-test/mutation.ts';
import { placeText } from '../figures/cell-text.ts';
import { cutTo, harmless } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';

interface Options {
  readonly style: Style;
  readonly width: number;
  readonly shown: (file: string) => string;
}

/** How many changes of each plan its cases notice, and each that they don't. */
export const mutationText = (results: readonly MutationResult[], options: Options): string =>
  results.map((result) => `\n${planBlock(result, options).join('\n')}\n`).join('');

const planBlock = ({ plan, tried, noticed, survivors }: MutationResult, { style, width, shown }: Options): string[] => {
  const mark = noticed === tried ? style.green : style.yellow;
  const head = `${shown(plan)}: ${mark(`${noticed} of ${tried} changes are noticed (${percentOf(noticed, tried)})`)}`;
  return [
    head,
    ...survivors.flatMap(({ place, path, from, to }) => [
      `  ${style.yellow('not noticed')}  ${style.cyan(placeText(place, shown))}  ${style.dim(path)}`,
      `    ${style.red(`- ${cutTo(harmless(from), width - 6)}`)}`,
      `    ${style.green(`+ ${cutTo(harmless(to), width - 6)}`)}`,
    ]),
  ];
};

/** The same for machines. */
export const mutationData = (results: readonly MutationResult[], shown: (file: string) => string) =>
  results.map(({ plan, tried, noticed, survivors }) => ({
    plan: shown(plan),
    tried,
    noticed,
    percent: percentOf(noticed, tried),
    not_noticed: survivors.map(({ place, path, from, to }) => ({
      file: shown(place.file),
      line: place.line ?? null,
      column: place.column ?? null,
      path,
      from,
      to,
    })),
  }));
