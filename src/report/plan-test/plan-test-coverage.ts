import { type Coverage, coveredOf, percentOf } from '../../plan-test/coverage.ts';
import type { CoverageItem, CoverageKind } from '../../plan-test/coverage-items.ts';
import { compareText, placeText } from '../figures/cell-text.ts';
import type { Style } from '../terminal/style.ts';
import { textTable } from '../terminal/text-table.ts';

type Shown = (file: string) => string;

const KINDS: readonly (readonly [CoverageKind, string])[] = [
  ['reward', 'rewards'],
  ['condition', 'conditions'],
  ['step', 'steps'],
  ['segment', 'segments'],
  ['row', 'table rows'],
  ['link', 'links'],
  ['limit', 'limits'],
];

interface Options {
  readonly style: Style;
  readonly width: number;
  readonly shown: Shown;
}

/** A table of what the cases exercise of each plan, and every way that none of them took. */
export const coverageText = (coverage: ReadonlyMap<string, Coverage>, { style, width, shown }: Options): string =>
  [...coverage].map(([file, each]) => `\n${planBlock(file, each, { style, width, shown }).join('\n')}\n`).join('');

const planBlock = (file: string, coverage: Coverage, { style, width, shown }: Options): string[] => {
  const { items, hits } = coverage;
  const taken = ({ id }: CoverageItem): boolean => (hits.get(id) ?? 0) > 0;
  const rows = KINDS.flatMap(([kind, name]) => {
    const own = items.filter((item) => item.kind === kind);
    const covered = own.filter(taken).length;
    return own.length === 0
      ? []
      : [{ cells: [name, String(covered), String(own.length), percentOf(covered, own.length)] }];
  });
  const { covered, all } = coveredOf(coverage);
  const sum = {
    cells: ['all', String(covered), String(all), percentOf(covered, all)],
    mark: covered === all ? style.green : style.yellow,
  };
  const table = textTable(
    { head: [[`coverage of ${shown(file)}`], ['taken'], ['of'], ['']], rows: [...rows, sum], markHead: style.bold },
    width,
  );
  const missed = items.filter((item) => !taken(item));
  return [
    ...(table ?? []),
    ...missed.map(
      (item) => `  ${style.yellow('never')}  ${item.path} > ${item.way}  ${style.dim(placeText(item.place, shown))}`,
    ),
  ];
};

/** Coverage as lcov's tracefile: a line is what stands on it, a branch each way through it. */
export const coverageLcov = (coverage: ReadonlyMap<string, Coverage>, shown: Shown): string => {
  const files = new Map<string, Map<number, number[]>>();
  for (const { items, hits } of coverage.values()) {
    for (const { id, place } of items) {
      const lines = files.get(place.file) ?? new Map<number, number[]>();
      files.set(place.file, lines);
      const line = place.line ?? 1;
      lines.set(line, [...(lines.get(line) ?? []), hits.get(id) ?? 0]);
    }
  }
  return [...files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([file, lines]) =>
      record(
        shown(file),
        [...lines].sort(([a], [b]) => a - b),
      ),
    )
    .join('');
};

const record = (file: string, lines: readonly (readonly [number, readonly number[]])[]): string => {
  const branches = lines.flatMap(([line, ways]) =>
    ways.map((hits, i) => `BRDA:${line},0,${i},${hits === 0 ? '-' : hits}`),
  );
  const all = lines.flatMap(([, ways]) => ways);
  const most = lines.map(([line, ways]) => [line, Math.max(...ways)] as const);
  return `${[
    'TN:',
    `SF:${file}`,
    ...branches,
    `BRF:${all.length}`,
    `BRH:${all.filter((hits) => hits > 0).length}`,
    ...most.map(([line, hits]) => `DA:${line},${hits}`),
    `LF:${most.length}`,
    `LH:${most.filter(([, hits]) => hits > 0).length}`,
    'end_of_record',
  ].join('\n')}\n`;
};
