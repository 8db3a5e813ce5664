import type { Period } from './calendar.ts';
import { Company } from './company.ts';
import { creditAll } from './crediting.ts';
import type { PaidLine, World } from './evaluate.ts';
import { fromText, rounded, times } from './fraction.ts';
import { mapOf, planOf, Refused, staysOf } from './model.ts';
import { People } from './people.ts';
import { lengthOf, Rewarding } from './rewards.ts';

export interface Expected {
  /** `2026-Q1 ana commission` → `720.00`; payouts of zero are left out. */
  readonly payouts: Readonly<Record<string, string>>;
  /** Why nothing can be paid. */
  readonly refused: string | undefined;
}

/**
 * The second implementation: what the plan language's definition says of a plan and tables, worked out slowly and plainly with
 * fractions, day by day, without any of align-pay's own code.
 */
export const reference = (planText: string, tables: Readonly<Record<string, string | undefined>>): Expected => {
  try {
    return { payouts: payoutsOf(planText, tables), refused: undefined };
  } catch (error) {
    if (error instanceof Refused) return { payouts: {}, refused: error.message };
    throw error;
  }
};

const payoutsOf = (planText: string, tables: Readonly<Record<string, string | undefined>>): Record<string, string> => {
  const plan = planOf(planText);
  const first = new Company(plan, tables);
  const nobody: World = { company: first, credits: new Map(), paid: () => [] };
  const credits = creditAll(nobody);
  const all = [...credits.values()].flat();
  const company = first.hasPeople
    ? first
    : withPeople(
        first,
        all.flatMap(({ person }) => person ?? []),
      );
  const known = new Map<string, readonly PaidLine[]>();
  const world: World = {
    company,
    credits,
    paid: (reward, within) => {
      const rule = mapOf(plan.rewards[reward]);
      return plan.calendar.inside(lengthOf(world, rule), within).flatMap((period) => linesOf(reward, period));
    },
  };
  const linesOf = (reward: string, period: Period): readonly PaidLine[] => {
    const key = `${reward} ${period.label}`;
    const lines = known.get(key) ?? new Rewarding(world, mapOf(plan.rewards[reward]), period).lines();
    known.set(key, lines);
    return lines;
  };
  const totals = new Map<string, bigint>();
  const add = (key: string, minor: bigint): void => {
    totals.set(key, (totals.get(key) ?? 0n) + minor);
  };
  const days = all.map(({ date }) => date);
  if (days.length > 0) {
    const from = plan.calendar.around(plan.period, Math.min(...days)).from;
    const to = plan.calendar.around(plan.period, Math.max(...days)).to;
    for (const period of plan.calendar.inside(plan.period, { from, to })) {
      for (const [name, reward] of Object.entries(plan.rewards)) {
        const own = plan.calendar.around(lengthOf(world, mapOf(reward)), period.to);
        if (own.to !== period.to) continue;
        for (const { person, minor } of linesOf(name, own)) add(`${period.label} ${person} ${name}`, minor);
      }
      for (const { cells } of company.adjustments) {
        if (cells.period !== period.label) continue;
        add(
          `${period.label} ${cells.person_id} adjustments`,
          rounded(times(fromText(cells.amount ?? ''), plan.unit), plan.rounding),
        );
      }
    }
  }
  const digits = String(plan.unit[0]).length - 1;
  const paid = [...totals].filter(([, minor]) => minor !== 0n);
  return Object.fromEntries(paid.map(([key, minor]) => [key, asText(minor, digits)]));
};

/** Without a people table everyone who is credited is a payee, in order of id. */
const withPeople = (company: Company, ids: readonly string[]): Company => {
  const rows = [...new Set(ids)].sort().map((id, at) => ({ at, cells: { person_id: id } }));
  return Object.assign(company, { people: new People(staysOf(rows)) });
};

const asText = (minor: bigint, digits: number): string => {
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${minor < 0n ? '-' : ''}${text.slice(0, cut)}${digits === 0 ? '' : `.${text.slice(cut)}`}`;
};
