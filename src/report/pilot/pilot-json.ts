import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { Failing, Linkage } from '../../pilot/linkage.ts';
import type { Paid } from '../../pilot/paid.ts';
import type { Figures, Measured, VariantOutcome } from '../../pilot/pilot.ts';
import { freeRiders } from '../../pilot/sight.ts';
import { formatMinor } from '../../values/money.ts';
import { type Num, toText } from '../../values/num.ts';
import { partOfWhole } from '../../values/part.ts';
import { findingsData } from '../findings/findings-json.ts';
import type { PilotResult } from './pilot-result.ts';

const part = (value: Num | undefined): string | null => (value === undefined ? null : toText(value));

const paidData = ({ total, byDepartment, byReward, byPerson }: Paid, digits: number) => {
  const money = (sums: ReadonlyMap<string, Num>) =>
    Object.fromEntries(
      [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, sum]) => [key, formatMinor(sum, digits)]),
    );
  return {
    total: formatMinor(total, digits),
    departments: money(byDepartment),
    rewards: money(byReward),
    people: money(byPerson),
  };
};

const failingData = (failing: readonly Failing[], digits: number) =>
  Object.fromEntries(
    failing.map(({ department, own, others, ownPart, othersPart, gap }) => [
      department,
      {
        loses: formatMinor(own, digits),
        others_lose: formatMinor(others, digits),
        loses_part: part(ownPart),
        others_lose_part: part(othersPart),
        blame_gap: part(gap),
      },
    ]),
  );

const linkageData = ({ alignment, failing }: Linkage, digits: number) => ({
  alignment: Object.fromEntries(
    alignment.map(({ department, own, others }) => [department, { own: part(own), others: part(others) }]),
  ),
  failing: failingData(failing, digits),
});

const drawsData = ({ draws }: Measured, digits: number, budget: Num | undefined) => {
  if (draws === undefined) return null;
  const at = (percent: number): string | null => {
    const cost = percentile(draws, percent);
    return cost === undefined ? null : formatMinor(cost, digits);
  };
  return {
    method: 'bootstrap over deals, each with all that points to it; every draw is paid whole; fixed seed',
    draws: draws.totals.length + draws.unanswered,
    unanswered: draws.unanswered,
    deals: draws.deals,
    cost_p5: at(5),
    cost_p50: at(50),
    cost_p90: at(90),
    cost_p95: at(95),
    cost_highest: at(100),
    budget_holds: budget === undefined ? null : part(heldIn(draws, budget)),
  };
};

/** What is asked of a few variants only: line of sight, incentives, robustness, fairness. */
const depthData = ({ depth }: Measured, digits: number) => {
  if (depth === undefined)
    return { failing_by_quarter: null, sight: null, incentives: null, robustness: null, fairness: null, checks: null };
  const { quarters, sight, incentives, robustness, fairness, checks } = depth;
  const money = (amount: Num | undefined): string | null => (amount === undefined ? null : formatMinor(amount, digits));
  const moved = (one: { readonly id: string; readonly difference: Num } | undefined) =>
    one === undefined ? null : { person_id: one.id, difference: formatMinor(one.difference, digits) };
  return {
    failing_by_quarter:
      quarters === undefined
        ? null
        : quarters.map(({ quarter, failing }) => ({ quarter, failing: failingData(failing, digits) })),
    sight:
      sight === undefined
        ? null
        : {
            departments: sight.departments.map(({ department, sight: of, ownLoss }) => ({
              department,
              line_of_sight: part(of),
              own_tenth_less_costs_median: part(ownLoss?.median),
              own_tenth_less_costs_least: part(ownLoss?.least),
            })),
            people: sight.people.map(({ id, sight: of, ownLoss }) => ({
              person_id: id,
              line_of_sight: part(of),
              own_tenth_less_costs: part(ownLoss),
            })),
            people_asked: sight.asked,
            free_riders: freeRiders(sight),
          },
    incentives: {
      just_below: incentives.justBelow.map(({ id, period, reward, link, counted, at, threshold, gain }) => ({
        person_id: id,
        period,
        reward,
        link: link ?? null,
        counted,
        at: counted === 'money' ? money(at) : toText(at),
        threshold: counted === 'money' ? money(threshold) : toText(threshold),
        gain: money(gain),
      })),
      delays: incentives.delays.map(({ deal, period, seller, gain, others }) => ({
        deal_id: deal,
        period,
        person_id: seller,
        gain: money(gain),
        others: money(others),
      })),
      deals_moved: incentives.moved,
      deals_in_last_week: incentives.late,
      gates_and_holds: incentives.gates,
      gates_and_holds_bit: incentives.bit,
    },
    robustness: {
      shares: robustness.shares.map(({ model, total, most, least }) => ({
        model,
        paid: money(total),
        most_gained: moved(most),
        most_lost: moved(least),
      })),
      unpayable: robustness.unpayable,
    },
    fairness: fairness.map(({ measure, people, tau, spread, groups }) => ({
      measure,
      people,
      kendall_tau: part(tau),
      widest_spread:
        spread === undefined ? null : { band: spread.band, part: part(spread.part), people: spread.people },
      groups: groups.map(({ group, part: of, people: count }) => ({ group, to_middle: part(of), people: count })),
    })),
    checks: checks.map(({ code, severity, message, path }) => ({ code, severity, message, path: path ?? null })),
  };
};

/** What is told of a plan as it is, and of the same without its crossing links. */
const measuredData = (measured: Measured, bookings: Num, digits: number, budget: Num | undefined) => {
  const { paid, linkage, assumed } = measured;
  return {
    paid: paidData(paid, digits),
    cost_per_booking: part(partOfWhole(paid.total, bookings)),
    linkage: linkageData(linkage, digits),
    assumed:
      assumed === undefined
        ? null
        : { paid: paidData(assumed.paid, digits), bookings: formatMinor(assumed.bookings, digits) },
    draws: drawsData(measured, digits, budget),
    ...depthData(measured, digits),
  };
};

/** The figures of a plan on the data. */
const figuresData = (figures: Figures, budget: Num | undefined) => {
  const { paid, uncrossed, variable, bookings, digits } = figures;
  return {
    bookings: formatMinor(bookings, digits),
    variable_part: part(partOfWhole(variable.variable, paid.total)),
    linked_part: part(partOfWhole(variable.linked, variable.variable)),
    ...measuredData(figures, bookings, digits, budget),
    without_crossing_links: measuredData(uncrossed, bookings, digits, budget),
  };
};

const variantData = (
  { spec, settings, findings, figures }: VariantOutcome,
  { today, budget, digits, rank, front, names }: PilotResult,
  index: number,
) => {
  const ranked = rank?.ranked.find((one) => one.index === index);
  const changes = figures === undefined ? [] : changesOf(today, figures);
  const counts = countChanges(changes);
  return {
    name: spec.name,
    settings: Object.fromEntries(settings.map(({ name, text }) => [name, text])),
    figures: figures === undefined ? null : figuresData(figures, budget),
    to_today:
      figures === undefined
        ? null
        : {
            winners: counts.winners,
            losers: counts.losers,
            losers_5: counts.losers5,
            people: changes.map(({ id, before, after, difference }) => ({
              person_id: id,
              name: names.get(id) ?? null,
              today: formatMinor(before, digits),
              variant: formatMinor(after, digits),
              difference: formatMinor(difference, digits),
            })),
          },
    on_front: front.includes(index),
    rank:
      ranked === undefined || rank === undefined
        ? null
        : {
            position: rank.ranked.indexOf(ranked) + 1,
            breaks: ranked.breaks,
            objective:
              rank.order.objective?.unit === 'money' && ranked.objective !== undefined
                ? formatMinor(ranked.objective, digits)
                : part(ranked.objective),
          },
    findings: findingsData(findings),
  };
};

/** A pilot for machines: one object, amounts and parts as decimal strings. */
export const pilotJson = (result: PilotResult): string => {
  const { plan, currency, periods, today, todayFindings, variants, notes, budget, assume, rank, digits, front } =
    result;
  return `${JSON.stringify(
    {
      plan,
      currency,
      periods,
      budget: budget === undefined ? null : formatMinor(budget, digits),
      assume: assume ?? null,
      rank: rank?.text ?? null,
      today: { figures: figuresData(today, budget), on_front: front.includes(-1) },
      variants: variants.map((variant, index) => variantData(variant, result, index)),
      notes,
      findings: findingsData(todayFindings),
    },
    null,
    2,
  )}\n`;
};
