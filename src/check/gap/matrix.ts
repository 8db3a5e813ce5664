import { creditTables } from '../../engine/credit-tables.ts';
import { Sink } from '../../findings/sink.ts';
import { type Movement, movedBy, movements } from '../../linkage/alignment.ts';
import type { Num } from '../../values/num.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Stage } from '../scene/stage.ts';
import { tablesOf } from '../scene/tables.ts';
import { onePeriod } from '../scene/trial.ts';

/** By which part of itself a department's pay moves for ten percent of a department's results. */
export interface LinkageCell {
  readonly pay: string;
  readonly results: string;
  /** 0.1 is 10%: in proportion. Undefined where nothing is paid, or no such results can be paid. */
  readonly moved: Num | undefined;
}

/** Whose results move whose pay, on the neutral example. */
export interface LinkageMatrix {
  readonly departments: readonly string[];
  readonly cells: readonly LinkageCell[];
}

export const matrixOf = (stage: Stage, neutral: Neutral): LinkageMatrix | undefined => {
  const { plan, calendar, cast } = stage;
  const credited = creditTables(plan, tablesOf(neutral.rows), {}, new Sink());
  if (credited === undefined) return undefined;
  const departments = [...new Set(cast.actors.map(({ department }) => department))];
  const periods = onePeriod(calendar.periods[0] ?? calendar.period, calendar.period);
  const moved = movements(
    credited,
    plan,
    departments.map((one) => [one]),
    { periods },
  );
  const cells = departments.flatMap((pay) =>
    moved.map((movement, i) => ({
      pay,
      results: departments[i] as string,
      moved: isMovement(movement) ? movedBy(movement, pay) : undefined,
    })),
  );
  return { departments, cells };
};

const isMovement = (one: ReturnType<typeof movements>[number]): one is Movement => 'pay' in one;
