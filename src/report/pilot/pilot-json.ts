import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { Linkage } from '../../pilot/linkage.ts';
import type { Paid } from '../../pilot/paid.ts';
import type { Figures, VariantOutcome } from '../../pilot/pilot.ts';
import { formatMinor } from '../../values/money.ts';
import { div, type Num, toText } from '../../values/num.ts';
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

const linkageData = ({ alignment, failing }: Linkage, digits: number) => ({
  alignment: Object.fromEntries(
    alignment.map(({ department, own, others }) => [department, { own: part(own), others: part(others) }]),
  ),
  failing: Object.fromEntries(
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
  ),
});

const drawsData = (figures: Figures, budget: Num | undefined) => {
  const { draws, digits } = figures;
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
    budget_holds: budget === undefined ? null : part(heldIn(figures, budget)),
  };
};

/** The figures of a plan on the data. */
const figuresData = (figures: Figures, budget: Num | undefined) => {
  const { paid, uncrossed, variable, bookings, linkage, uncrossedLinkage, assumed, digits } = figures;
  return {
    paid: paidData(paid, digits),
    bookings: formatMinor(bookings, digits),
    cost_per_booking: part(div(paid.total, bookings)),
    variable_part: part(div(variable.variable, paid.total)),
    linked_part: part(div(variable.linked, variable.variable)),
    linkage: linkageData(linkage, digits),
    without_crossing_links: { paid: paidData(uncrossed, digits), linkage: linkageData(uncrossedLinkage, digits) },
    assumed:
      assumed === undefined
        ? null
        : { paid: paidData(assumed.paid, digits), bookings: formatMinor(assumed.bookings, digits) },
    draws: drawsData(figures, budget),
  };
};

const variantData = (
  { spec, settings, findings, figures }: VariantOutcome,
  { today, budget, digits, rank, front }: PilotResult,
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
              today: formatMinor(before, digits),
              variant: formatMinor(after, digits),
              difference: formatMinor(difference, digits),
            })),
          },
    on_front: front.includes(index),
    rank:
      ranked === undefined || rank === undefined
        ? null
        : { position: rank.ranked.indexOf(ranked) + 1, breaks: ranked.breaks, objective: part(ranked.objective) },
    findings: findingsData(findings),
  };
};

/** A pilot for machines: one object, amounts and parts as decimal strings. */
export const pilotJson = (result: PilotResult): string => {
  const { plan, currency, periods, today, todayFindings, variants, budget, assume, rank, digits, front } = result;
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
      findings: findingsData(todayFindings),
    },
    null,
    2,
  )}\n`;
};
