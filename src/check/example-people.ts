import { type Computed, payCredited } from '../engine/compute.ts';
import { type Credited, creditTables } from '../engine/credit-tables.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import { compare, fraction, type Num, sign } from '../values/num.ts';
import { Moving } from './gap/moved.ts';
import { neutralOf } from './scene/neutral.ts';
import { type Stage, stageOf } from './scene/stage.ts';
import { tablesOf } from './scene/tables.ts';
import { onePeriod, Trials } from './scene/trial.ts';

/** What somebody is paid by two plans where results come out otherwise. */
export interface ExampleOutcome {
  /** Whose results, and at which part of the goal; undefined where everybody is at goal. */
  readonly moved: { readonly department: string; readonly to: Num } | undefined;
  readonly before: Num;
  readonly after: Num;
}

/** Somebody invented, who works in a department. */
export interface ExamplePerson {
  readonly department: string;
  readonly person: string;
  /** At goal first; those of others only where they move the pay by either plan. */
  readonly outcomes: readonly ExampleOutcome[];
}

/** Invented people, one for each department, each at exactly 100% of every goal, paid by two plans on the same rows. */
export interface ExamplePeople {
  readonly before: Computed;
  readonly after: Computed;
  readonly people: readonly ExamplePerson[];
}

const MOVED_TO: readonly Num[] = [fraction(80, 100), fraction(120, 100)];

/** Rows to set and to pay: the engine runs a few times, however large the plan is. */
const BUDGET = 1000;

/**
 * What a change makes of the pay of somebody typical who is nobody: the rows are invented, so that no colleague's pay is
 * shown. They are those of the neutral example of the plan that is to be, or of the old one where that cannot pay them.
 * Undefined where no rows of either can be paid by both.
 */
export const examplePeople = (before: Plan, after: Plan): ExamplePeople | undefined =>
  onRowsOf(after, before, after) ?? onRowsOf(before, before, after);

const onRowsOf = (plan: Plan, before: Plan, after: Plan): ExamplePeople | undefined => {
  const stage = stageOf(plan);
  const trials = new Trials(BUDGET);
  const tables = tablesOf(neutralOf(stage, trials).rows);
  const [old, now] = [before, after].map((one) => paying({ ...stage, plan: one }, trials, tables));
  if (old === undefined || now === undefined) return undefined;
  const departments = [...new Set(stage.cast.actors.map(({ department }) => department))];
  const people = departments.flatMap((department): readonly ExamplePerson[] => {
    const actor = stage.cast.actors.find((one) => one.department === department);
    const pay = (moved: ExampleOutcome['moved']): ExampleOutcome | undefined => {
      const [was, is] = [old, now].map(({ moving }) =>
        moved === undefined ? moving.now : moving.by(moved.department, moved.to),
      );
      if (was === undefined || is === undefined) return undefined;
      return { moved, before: was.total.get(department) ?? 0, after: is.total.get(department) ?? 0 };
    };
    const atGoal = pay(undefined);
    if (actor === undefined || atGoal === undefined) return [];
    const others = [department, ...departments.filter((one) => one !== department)].flatMap((one) =>
      MOVED_TO.flatMap((to) => pay({ department: one, to }) ?? []),
    );
    const moves = ({ before: was, after: is }: ExampleOutcome): boolean =>
      compare(was, atGoal.before) !== 0 || compare(is, atGoal.after) !== 0;
    const outcomes = [atGoal, ...others.filter(moves)];
    const paid = outcomes.some((one) => sign(one.before) !== 0 || sign(one.after) !== 0);
    return paid ? [{ department, person: actor.id, outcomes }] : [];
  });
  return people.length === 0 ? undefined : { before: old.computed, after: now.computed, people };
};

const paying = (
  stage: Stage,
  trials: Trials,
  tables: Parameters<typeof creditTables>[1],
): { readonly computed: Computed; readonly moving: Moving } | undefined => {
  const { plan, calendar } = stage;
  const credited: Credited | undefined = creditTables(plan, tables, {}, new Sink());
  const [first] = calendar.periods;
  const periods = onePeriod(first ?? calendar.period, calendar.period);
  const computed = credited && payCredited(credited, plan, { periods }, new Sink());
  return credited === undefined || computed === undefined
    ? undefined
    : { computed, moving: new Moving(stage, credited, trials) };
};
