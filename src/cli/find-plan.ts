import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error.ts';

const NAMES = ['align-pay.yaml', 'align-pay.yml'];

/** The plan of a folder. */
export const planIn = (folder: string): string | undefined =>
  NAMES.map((name) => path.join(folder, name)).find((file) => existsSync(file));

/** The plan in the working directory or the nearest folder above it, as a path from here. */
export const planAbove = (): string | undefined => {
  let folder = '.';
  for (;;) {
    const plan = planIn(folder);
    if (plan !== undefined) return plan;
    const above = path.join(folder, '..');
    if (path.resolve(above) === path.resolve(folder)) return undefined;
    folder = above;
  }
};

/** The one plan that was named, else the one beside the deals, else the nearest from here upwards. */
export const findPlan = (named: string | undefined, deals: string | undefined): string => {
  if (named !== undefined) {
    if (!existsSync(named)) throw new UsageError(`there is no plan ${named}`);
    if (!statSync(named).isDirectory()) return named;
    const within = planIn(named);
    if (within === undefined)
      throw new UsageError(`${named} is a folder without align-pay.yaml: name one of the plans in it`);
    return within;
  }
  const beside = deals === undefined || deals === '-' ? undefined : planIn(path.dirname(deals));
  const plan = beside ?? planAbove();
  if (plan !== undefined) return plan;
  const where = deals === undefined || deals === '-' ? 'here' : 'beside the deals, here';
  throw new UsageError(`there is no align-pay.yaml ${where} or in a folder above; name the plan with --plan FILE`);
};
