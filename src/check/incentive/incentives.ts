import type { Unexamined } from '../examined.ts';
import { kindsToTry } from '../scene/kinds-to-try.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Stage } from '../scene/stage.ts';
import type { Trials } from '../scene/trial.ts';
import { NodePlaces } from './cause.ts';
import type { Incentives } from './context.ts';
import { Forks } from './decisions.ts';
import type { Driver } from './driver.ts';
import { driversOf } from './drivers.ts';
import { type Explored, explore } from './explore.ts';

/** What was looked at, what was known at some places only, and what was not looked at. */
export interface Looked {
  readonly incentives: Incentives;
  readonly sampled: readonly string[];
  readonly unexamined: readonly Unexamined[];
}

/** Varies one thing after the other, as long as the budget lasts. */
export const lookAtIncentives = (stage: Stage, neutral: Neutral, trials: Trials): Looked => {
  const { plan, cast } = stage;
  const { staged, not } = kindsToTry(stage);
  const forks = new Forks();
  const unexamined: Unexamined[] = [
    ...not.map(({ credit }) => ({
      path: `credits > ${credit.name}`,
      place: credit.place,
      why: 'no rows could be made that meet its conditions',
    })),
    ...cast.unfilled.map(({ name, place }) => ({
      path: `rewards > ${name} > who`,
      place,
      why: 'nobody could be made who is in it',
    })),
  ];
  const drivers = driversOf(stage, neutral, staged);
  const explored: Explored[] = [];
  const left: Driver[] = [];
  for (const driver of drivers) {
    if (trials.spent) {
      left.push(driver);
      continue;
    }
    const one = explore(stage, driver, forks, trials);
    if (!one.complete) left.push(driver);
    const failed = one.samples.find((sample) => sample.failed !== undefined)?.failed;
    if (one.samples.every((sample) => sample.failed !== undefined) && failed !== undefined) {
      const place = plan.sections.get('rewards') ?? { file: plan.file };
      unexamined.push({ path: 'rewards', place, why: `${driver.what}: ${failed[0]?.message ?? 'it cannot be paid'}` });
    } else explored.push(one);
  }
  if (left.length > 0) {
    const place = plan.sections.get('rewards') ?? { file: plan.file };
    const why = `the budget of ${trials.budget} runs ended before ${[...new Set(left.map(({ what }) => what))].join('; ')}`;
    unexamined.push({ path: 'rewards', place, why });
  }
  return {
    incentives: { plan, stage, neutral, staged, trials, forks, nodes: new NodePlaces(plan), explored },
    sampled: [...new Set(explored.filter(({ curved }) => curved).map(({ driver }) => driver.what))],
    unexamined,
  };
};
