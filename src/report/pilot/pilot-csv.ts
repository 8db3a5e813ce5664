import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { Failing } from '../../pilot/linkage.ts';
import type { Depth, Figures, Measured } from '../../pilot/pilot.ts';
import { nothingTried } from '../../pilot/week-late.ts';
import { formatMinor } from '../../values/money.ts';
import { type Num, toText } from '../../values/num.ts';
import { partOfWhole } from '../../values/part.ts';
import type { ReportTable } from '../period/report.ts';
import { type PilotResult, paidVariants } from './pilot-result.ts';

/** What one row says: a figure, of whom or what, and the same without crossing links. */
type Row = readonly [figure: string, of: string, value: string, without: string];

/** Every figure of every variant, a row each, for whoever puts them together otherwise. */
export const pilotTable = (result: PilotResult): ReportTable => {
  const { today } = result;
  const header = ['variant', 'figure', 'of', 'value', 'without_crossing_links', 'today'];
  const ofToday = rowsOf(result, today);
  const known = new Map(ofToday.map(([figure, of, value]) => [`${figure}/${of}`, value]));
  const rows = [
    ['today', 'on_front', '', result.front.includes(-1) ? '1' : '0', '', ''],
    ...ofToday.map(([figure, of, value, without]) => ['today', figure, of, value, without, value]),
    ...paidVariants(result).flatMap(({ name, figures }) =>
      [...placeRows(result, name), ...rowsOf(result, figures), ...changeRows(today, figures)].map(
        ([figure, of, value, without]) => [name, figure, of, value, without, known.get(`${figure}/${of}`) ?? ''],
      ),
    ),
  ];
  return { header, rows };
};

/** What is set in a variant of a grid, and where it stands among the others. */
const placeRows = ({ variants, rank, front, digits }: PilotResult, name: string): readonly Row[] => {
  const index = variants.findIndex(({ spec }) => spec.name === name);
  const rows: Row[] = (variants[index]?.settings ?? []).map(({ name: place, text }) => ['setting', place, text, '']);
  const position = rank?.ranked.findIndex((one) => one.index === index) ?? -1;
  const ranked = rank?.ranked[position];
  if (rank !== undefined && ranked !== undefined) {
    const { objective } = ranked;
    const isMoney = rank.order.objective?.unit === 'money';
    rows.push(['rank', '', String(position + 1), '']);
    rows.push([
      'rank_objective',
      '',
      isMoney && objective !== undefined ? formatMinor(objective, digits) : part(objective),
      '',
    ]);
    for (const text of ranked.breaks) rows.push(['breaks', text, '1', '']);
  }
  rows.push(['on_front', '', front.includes(index) ? '1' : '0', '']);
  return rows;
};

const part = (value: Num | undefined): string => (value === undefined ? '' : toText(value));

/** Figures of which the same is said without crossing links. */
type Told = readonly [figure: string, of: string, value: string];

const rowsOf = ({ budget }: PilotResult, figures: Figures): Row[] => {
  const { paid, uncrossed, bookings, variable, digits } = figures;
  const without = new Map(told(uncrossed, figures, budget).map(([figure, of, value]) => [`${figure}/${of}`, value]));
  return [
    ...told(figures, figures, budget).map(([figure, of, value]): Row => {
      return [figure, of, value, without.get(`${figure}/${of}`) ?? ''];
    }),
    ['bookings', '', formatMinor(bookings, digits), ''],
    ['variable_part', '', part(partOfWhole(variable.variable, paid.total)), ''],
    ['linked_part', '', part(partOfWhole(variable.linked, variable.variable)), ''],
  ];
};

const told = (measured: Measured, { digits, bookings }: Figures, budget: Num | undefined): readonly Told[] => {
  const { paid, linkage, assumed, draws, depth } = measured;
  const money = (amount: Num | undefined): string => (amount === undefined ? '' : formatMinor(amount, digits));
  const sums = (figure: string, own: ReadonlyMap<string, Num>): Told[] =>
    [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([of, sum]) => [figure, of, money(sum)]);
  const failingRows = (failing: readonly Failing[], quarter: string): Told[] =>
    failing.flatMap(({ department, ownPart, othersPart, gap }): Told[] => {
      const of = quarter === '' ? department : `${department} ${quarter}`;
      return [
        ['failing_loses', of, part(ownPart)],
        ['failing_others_lose', of, part(othersPart)],
        ['blame_gap', of, part(gap)],
      ];
    });
  const rows: Told[] = [
    ['paid', '', money(paid.total)],
    ...sums('paid_department', paid.byDepartment),
    ...sums('paid_reward', paid.byReward),
    ...sums('paid_person', paid.byPerson),
    ['cost_per_booking', '', part(partOfWhole(paid.total, bookings))],
    ...linkage.alignment.flatMap(({ department, own, others }): Told[] => [
      ['alignment', department, part(others)],
      ['own', department, part(own)],
    ]),
    ...failingRows(linkage.failing, ''),
  ];
  if (depth !== undefined) rows.push(...deepRows(depth, money, failingRows));
  if (assumed !== undefined) rows.push(['assumed_paid', '', money(assumed.paid.total)]);
  if (draws !== undefined) {
    for (const percent of [5, 50, 90, 95]) rows.push([`cost_p${percent}`, '', money(percentile(draws, percent))]);
    rows.push(['cost_highest', '', money(percentile(draws, 100))]);
    if (budget !== undefined) rows.push(['budget_holds', '', part(heldIn(draws, budget))]);
  }
  return rows;
};

const deepRows = (
  { quarters, sight, incentives, robustness, fairness, checks }: Depth,
  money: (amount: Num | undefined) => string,
  failingRows: (failing: readonly Failing[], quarter: string) => Told[],
): Told[] => [
  ...(quarters ?? []).flatMap(({ quarter, failing }) => failingRows(failing, quarter)),
  ...(sight?.departments ?? []).flatMap(({ department, sight: of, ownLoss }): Told[] => [
    ['line_of_sight', department, part(of)],
    ['own_tenth_less_costs', department, part(ownLoss?.median)],
  ]),
  ['just_below_threshold', '', String(incentives.justBelow.length)],
  ['delays_that_pay', '', nothingTried(incentives) ? '' : String(incentives.delays.length)],
  ['deals_delayed', '', String(incentives.moved)],
  ['deals_in_last_week', '', String(incentives.late)],
  ...incentives.delays.flatMap(({ deal, gain, others }): Told[] => [
    ['delay_gain', deal, money(gain)],
    ['delay_others', deal, money(others)],
  ]),
  ['gates_and_holds', '', String(incentives.gates)],
  ['gates_and_holds_bit', '', String(incentives.bit)],
  ['check_finds', '', String(checks.filter(({ severity }) => severity !== 'note').length)],
  ...checkRows(checks),
  ...robustness.shares.flatMap(({ model, total, most, least }): Told[] => [
    ['paid_if_shared', model, money(total)],
    ['most_gained_if_shared', model, money(most?.difference ?? 0)],
    ['most_lost_if_shared', model, money(least?.difference ?? 0)],
  ]),
  ...fairness.flatMap(({ measure, tau, spread, groups }): Told[] => [
    ['kendall_tau', measure, part(tau)],
    ['spread_at_equal_results', measure, part(spread?.part)],
    ...groups.map(({ group, part: of }): Told => ['paid_to_middle', `${measure}, ${group}`, part(of)]),
  ]),
];

const changeRows = (today: Figures, figures: Figures): Row[] => {
  const changes = changesOf(today, figures);
  const { winners, losers, losers5 } = countChanges(changes);
  return [
    ['winners', '', String(winners), ''],
    ['losers', '', String(losers), ''],
    ['losers_5', '', String(losers5), ''],
    ...changes.map(({ id, difference }): Row => ['difference_person', id, formatMinor(difference, figures.digits), '']),
  ];
};

/** How often `check` finds what; notes are told in JSON alone. */
const checkRows = (checks: Depth['checks']): Told[] => {
  const counts = new Map<string, number>();
  for (const { code, severity } of checks) if (severity !== 'note') counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => ['check_finds', code, String(count)]);
};
