import type { Person } from '../../engine/result.ts';
import { formatGrouped } from '../../values/money.ts';
import { compare, type Num } from '../../values/num.ts';
import type { DepartmentTotal, PeriodTotals, PersonTotal } from '../figures/totals.ts';
import { harmless } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';

export interface SummaryLayout {
  readonly style: Style;
  readonly width: number;
  /** Decimals of the currency. */
  readonly digits: number;
}

/** `sales_commission` broken for a narrow column: `sales_`, `commission`. */
export const headerLines = (name: string): string[] => {
  const parts = name.match(/[^_]+_*/g) ?? [name];
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length <= 10) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
};

/** A department's name, and what stands there where people have none. */
export const departmentText = (department: string): string =>
  department === '' ? '(no department)' : harmless(department);

/** Names for people: with the id where two have the same. */
const namer = (people: readonly PersonTotal[]): ((person: Person) => string) => {
  const ids = new Map<string, Set<string>>();
  for (const { person } of people) {
    if (person.name === undefined) continue;
    const same = ids.get(person.name);
    if (same === undefined) ids.set(person.name, new Set([person.id]));
    else same.add(person.id);
  }
  return ({ id, name }) => {
    if (name === undefined) return harmless(id);
    return harmless((ids.get(name)?.size ?? 0) > 1 ? `${name} (${id})` : name);
  };
};

/** The people to show: the best paid ones where there are more than fit. */
const chosen = (departments: readonly DepartmentTotal[], most: number): ReadonlySet<PersonTotal> => {
  const everybody = departments.flatMap(({ people }) => people);
  return new Set([...everybody].sort((a, b) => compare(b.amount, a.amount)).slice(0, most));
};

interface Group {
  readonly name: string | undefined;
  readonly total: DepartmentTotal;
  readonly shown: readonly PersonTotal[];
  readonly hidden: number;
}

const groupsOf = ({ departments }: PeriodTotals, most: number): readonly Group[] => {
  const shown = chosen(departments, most);
  const named = departments.length > 1 || departments[0]?.department !== '';
  return departments.map((total) => {
    const people = total.people.filter((person) => shown.has(person)).sort((a, b) => compare(b.amount, a.amount));
    const name = named ? departmentText(total.department) : undefined;
    return { name, total, shown: people, hidden: total.people.length - people.length };
  });
};

const hiddenText = (hidden: number): string => `… and ${hidden} more in payouts.csv`;

/** Person by reward, a row each. */
const wide = (totals: PeriodTotals, groups: readonly Group[], layout: SummaryLayout): string[] | undefined => {
  const { style, width, digits } = layout;
  const rewards = [...totals.rewards.keys()];
  const withTotal = rewards.length > 1;
  const nameOf = namer(totals.departments.flatMap(({ people }) => people));
  const money = (amount: Num | undefined): string => (amount === undefined ? '' : formatGrouped(amount, digits));
  const cells = (name: string, amounts: ReadonlyMap<string, Num>, total: Num): string[] => [
    name,
    ...rewards.map((reward) => money(amounts.get(reward))),
    ...(withTotal ? [money(total)] : []),
  ];
  const rows: TextRow[] = [];
  for (const { name, total, shown, hidden } of groups) {
    const indent = name === undefined ? 0 : 2;
    if (name !== undefined) rows.push({ cells: cells(name, total.byReward, total.amount), mark: style.bold });
    for (const { person, byReward, amount } of shown)
      rows.push({ cells: cells(nameOf(person), byReward, amount), indent });
    if (hidden > 0) rows.push({ cells: [hiddenText(hidden)], indent, mark: style.dim });
  }
  rows.push({ cells: cells('total', totals.rewards, totals.amount), mark: style.bold });
  const head = [['person'], ...rewards.map(headerLines), ...(withTotal ? [['total']] : [])];
  return textTable({ head, rows, markHead: style.dim }, width);
};

/** A line for each person, and one for each reward below: fits however many rewards there are. */
const long = (totals: PeriodTotals, groups: readonly Group[], { style, width, digits }: SummaryLayout): string[] => {
  const nameOf = namer(totals.departments.flatMap(({ people }) => people));
  const money = (amount: Num): string => formatGrouped(amount, digits);
  const order = [...totals.rewards.keys()];
  const rows: TextRow[] = [];
  for (const { name, total, shown, hidden } of groups) {
    const indent = name === undefined ? 0 : 2;
    if (name !== undefined) rows.push({ cells: [name, money(total.amount)], mark: style.bold });
    for (const { person, amount, byReward } of shown) {
      rows.push({ cells: [nameOf(person), money(amount)], indent });
      for (const reward of order) {
        const part = byReward.get(reward);
        if (part !== undefined) rows.push({ cells: [reward, money(part)], indent: indent + 2, mark: style.dim });
      }
    }
    if (hidden > 0) rows.push({ cells: [hiddenText(hidden)], indent, mark: style.dim });
  }
  for (const [reward, amount] of totals.rewards) rows.push({ cells: [`total ${reward}`, money(amount)] });
  rows.push({ cells: ['total', money(totals.amount)], mark: style.bold });
  return textTable({ head: [['person'], ['amount']], rows, markHead: style.dim }, width) ?? [];
};

/** Payouts by person and reward with department subtotals; of more than `most` people the best paid. */
export const payoutsText = (totals: PeriodTotals, layout: SummaryLayout, most: number): string[] => {
  if (totals.people === 0) return ['Nobody is paid anything.'];
  const groups = groupsOf(totals, most);
  return wide(totals, groups, layout) ?? long(totals, groups, layout);
};
