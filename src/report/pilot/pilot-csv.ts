import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { Figures } from '../../pilot/pilot.ts';
import { formatMinor } from '../../values/money.ts';
import { div, type Num, toText } from '../../values/num.ts';
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
    ...ofToday.map(([figure, of, value, without]) => ['today', figure, of, value, without, value]),
    ...paidVariants(result).flatMap(({ name, figures }) =>
      [...rowsOf(result, figures), ...changeRows(today, figures)].map(([figure, of, value, without]) => [
        name,
        figure,
        of,
        value,
        without,
        known.get(`${figure}/${of}`) ?? '',
      ]),
    ),
  ];
  return { header, rows };
};

const part = (value: Num | undefined): string => (value === undefined ? '' : toText(value));

const rowsOf = ({ budget }: PilotResult, figures: Figures): Row[] => {
  const { paid, uncrossed, bookings, variable, linkage, uncrossedLinkage, assumed, draws, digits, depth } = figures;
  const money = (amount: Num | undefined): string => (amount === undefined ? '' : formatMinor(amount, digits));
  const sums = (figure: string, own: ReadonlyMap<string, Num>, without: ReadonlyMap<string, Num>): Row[] =>
    [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([of, sum]) => [figure, of, money(sum), money(without.get(of))]);
  const rows: Row[] = [
    ['paid', '', money(paid.total), money(uncrossed.total)],
    ...sums('paid_department', paid.byDepartment, uncrossed.byDepartment),
    ...sums('paid_reward', paid.byReward, uncrossed.byReward),
    ...sums('paid_person', paid.byPerson, uncrossed.byPerson),
    ['bookings', '', money(bookings), ''],
    ['cost_per_booking', '', part(div(paid.total, bookings)), part(div(uncrossed.total, bookings))],
    ['variable_part', '', part(div(variable.variable, paid.total)), ''],
    ['linked_part', '', part(div(variable.linked, variable.variable)), ''],
  ];
  for (const [i, { department, own, others }] of linkage.alignment.entries()) {
    const without = uncrossedLinkage.alignment[i];
    rows.push(['alignment', department, part(others), part(without?.others)]);
    rows.push(['own', department, part(own), part(without?.own)]);
  }
  for (const [i, failing] of linkage.failing.entries()) {
    const without = uncrossedLinkage.failing[i];
    rows.push(['failing_loses', failing.department, part(failing.ownPart), part(without?.ownPart)]);
    rows.push(['failing_others_lose', failing.department, part(failing.othersPart), part(without?.othersPart)]);
    rows.push(['blame_gap', failing.department, part(failing.gap), part(without?.gap)]);
  }
  if (depth !== undefined) {
    for (const { department, sight, ownLoss } of depth.sight?.departments ?? []) {
      rows.push(['line_of_sight', department, part(sight), '']);
      rows.push(['own_tenth_less_costs', department, part(ownLoss?.median), '']);
    }
    rows.push(['just_below_threshold', '', String(depth.incentives.justBelow.length), '']);
    rows.push(['delays_that_pay', '', String(depth.incentives.delays.length), '']);
    for (const { model, total } of depth.robustness.shares) rows.push(['paid_if_shared', model, money(total), '']);
    for (const { measure, tau } of depth.fairness) rows.push(['kendall_tau', measure, part(tau), '']);
  }
  if (assumed !== undefined) rows.push(['assumed_paid', '', money(assumed.paid.total), '']);
  if (draws !== undefined) {
    for (const percent of [5, 50, 90, 95]) rows.push([`cost_p${percent}`, '', money(percentile(draws, percent)), '']);
    rows.push(['cost_highest', '', money(percentile(draws, 100)), '']);
    if (budget !== undefined) rows.push(['budget_holds', '', part(heldIn(figures, budget)), '']);
  }
  return rows;
};

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
