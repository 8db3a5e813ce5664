import { abs, type Num, sign } from '../../values/num.ts';
import { chartFlows } from '../chart/chart-flows.ts';
import { type Block, effect, heading, tableOr, text, textColumn } from '../document/document.ts';
import { compareText } from '../figures/cell-text.ts';
import { amountText, titleOf } from '../html/figures.ts';
import { departmentsWords, departmentWords } from './department-words.ts';
import type { LinkageReport, LinkFlow } from './linkage-report.ts';
import { MOVED_COLUMNS, movedCells } from './moved-columns.ts';

/** How much money moved with the others' results, per link and direction. */
export const linkBlocks = ({ flows, departments, computed: { plan } }: LinkageReport): readonly Block[] => [
  heading(
    'How each department’s results moved the other’s pay',
    `Links that cross bind the pay of one department to what another does. Amounts in ${plan.currency}, before caps and guarantees.`,
  ),
  {
    kind: 'key-figures',
    figures: departments.map(({ department, added, took, moved, paid, without }) => {
      const words = (x: Num): string => amountText(x, plan.digits);
      const then = without === undefined ? 'cannot be said' : `would be ${words(without)}`;
      return {
        label: `The others’ results moved the pay of ${departmentWords(department)} by`,
        cell: effect(moved),
        note: `They added ${words(added)} and took ${words(abs(took))}. It is paid ${words(paid)}; without these links it ${then}.`,
      };
    }),
  },
  ...charts(flows, plan.digits),
  tableOr('No link that crosses applied to anybody.', {
    kind: 'table',
    name: 'links',
    caption: undefined,
    columns: [
      textColumn('Link', 'link'),
      textColumn('On', 'reward'),
      textColumn('Because', 'because'),
      textColumn('Results of', 'results_of'),
      textColumn('Moved the pay of', 'pay_of'),
      ...MOVED_COLUMNS,
    ],
    rows: flows.map((flow) => ({
      cells: [
        text(titleOf(flow.link.name)),
        text(titleOf(flow.reward)),
        text(flow.link.because),
        text(departmentsWords(flow.from)),
        text(departmentWords(flow.department)),
        ...movedCells(flow),
      ],
    })),
    foot: undefined,
  }),
];

/** A drawing for each two sides that moved each other's pay. */
const charts = (flows: readonly LinkFlow[], digits: number): readonly Block[] => {
  const pairs = new Map<string, { readonly left: string; readonly right: string; readonly own: LinkFlow[] }>();
  for (const flow of flows) {
    const [left = '', right = ''] = [departmentsWords(flow.from), departmentWords(flow.department)].sort(compareText);
    const key = JSON.stringify([left, right]);
    const pair = pairs.get(key) ?? { left, right, own: [] };
    pairs.set(key, pair);
    pair.own.push(flow);
  }
  return [...pairs.values()].map(({ left, right, own }, i): Block => {
    const words = own.map((flow) => flowWords(flow, digits));
    return {
      kind: 'chart',
      svg: chartFlows(
        {
          title: `How ${left} and ${right} moved each other’s pay`,
          description: words.join(' '),
          left,
          right,
          flows: own.map((flow) => ({
            to: departmentWords(flow.department) === left ? 'left' : 'right',
            label: `${titleOf(flow.link.name)}, on ${titleOf(flow.reward)}`,
            amount: flow.effect,
            amountWords: signed(flow, digits),
          })),
        },
        `flows-${i + 1}`,
      ),
      says: words,
    };
  });
};

const signed = ({ effect: net }: LinkFlow, digits: number): string =>
  `${sign(net) > 0 ? '+' : ''}${amountText(net, digits)}`;

const flowWords = (flow: LinkFlow, digits: number): string =>
  `Results of ${departmentsWords(flow.from)} moved the pay of ${departmentWords(flow.department)} by ${signed(flow, digits)} through ${titleOf(flow.link.name)} on ${titleOf(flow.reward)}.`;
