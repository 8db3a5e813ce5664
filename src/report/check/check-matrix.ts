import type { LinkageMatrix } from '../../check/gap/matrix.ts';
import { type Num, toPercent } from '../../values/num.ts';
import { wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { textTable } from '../terminal/text-table.ts';

const cellText = (moved: Num | undefined): string => (moved === undefined ? '–' : toPercent(moved, 1));

/** Whose results move whose pay: a row a department that is paid, a column a department whose results move. */
export const matrixText = (
  { departments, cells }: LinkageMatrix,
  { style, width }: { readonly style: Style; readonly width: number },
): string => {
  const head = [['', 'pay of'], ...departments.map((one) => ['by results of', one])];
  const rows = departments.map((pay) => ({
    cells: [
      pay,
      ...departments.map((results) =>
        cellText(cells.find((cell) => cell.pay === pay && cell.results === results)?.moved),
      ),
    ],
  }));
  const title = 'Linkage: percent of pay per ten percent of results';
  const table = textTable({ head, rows, markHead: style.dim }, width - 2);
  const lines =
    table ??
    cells
      .map(({ pay, results, moved }) => `${pay} by results of ${results}: ${cellText(moved)}`)
      .flatMap((line) => wrap(line, width - 2));
  return `${[style.bold(title), ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
};
