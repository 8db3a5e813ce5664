import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../rules/plan.ts';
import { planAbove, planIn } from './find-plan.ts';
import { UsageError } from './usage-error.ts';

/** The plans of a folder, a file each; tests and folders in it are none. */
export const plansIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

const isFolder = (file: string): boolean => existsSync(file) && statSync(file).isDirectory();

const folderIn = (folder: string): string | undefined => {
  const plans = path.join(folder, 'plans');
  return isFolder(plans) && plansIn(plans).length > 0 ? plans : undefined;
};

/** The plan, or the folder of plans that were in force one after the other, to compute with. */
export interface FoundPlans {
  /** What was named or found: a file or a folder. */
  readonly at: string;
  readonly files: readonly string[];
  readonly isFolder: boolean;
}

/** The deals to read where none are named and the plan places none: those beside a folder of plans. */
export const dealsBeside = ({ at, isFolder: folder }: FoundPlans, plan: Plan): string | undefined => {
  const file = path.join(at, '..', 'deals.csv');
  return folder && plan.data.get('deals')?.file === undefined && existsSync(file) ? file : undefined;
};

/**
 * The plan or the folder that was named; else align-pay.yaml, else a folder `plans`, beside the deals; else the same here; else
 * align-pay.yaml in the nearest folder above.
 */
export const findPlans = (named: string | undefined, deals: string | undefined): FoundPlans => {
  const found = (at: string): FoundPlans => {
    if (!isFolder(at)) return { at, files: [at], isFolder: false };
    const files = plansIn(at);
    if (files.length === 0) throw new UsageError(`there is no plan in ${at}: a folder of plans has a .yaml file each`);
    return { at, files, isFolder: true };
  };
  if (named !== undefined) {
    if (existsSync(named)) return found(named);
    throw new UsageError(`there is no plan ${named}`);
  }
  const folders = deals === undefined || deals === '-' ? [] : [path.dirname(deals)];
  // A folder called plans somewhere above may be anybody's: only one that stands here is taken unasked.
  for (const folder of [...folders, '.']) {
    const plan = planIn(folder) ?? folderIn(folder);
    if (plan !== undefined) return found(plan);
  }
  const above = planAbove();
  if (above !== undefined) return found(above);
  const where = folders.length === 0 ? 'here' : 'beside the deals, here';
  throw new UsageError(`there is no align-pay.yaml ${where} or in a folder above; name the plan with --plan FILE`);
};
