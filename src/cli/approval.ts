import { type Approval, approve } from '../change/approval.ts';
import type { Statement } from '../change/record.ts';
import { nextOf } from '../change/timeline.ts';
import type { Approving } from '../change/trusted.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { TableName } from '../rules/tables.ts';
import type { Day } from '../values/date.ts';
import { meaningHash } from './meaning-hash.ts';
import { planBefore, plansBeside } from './plans-beside.ts';
import { readRecords } from './records-read.ts';
import { staffOn } from './staff.ts';
import { trustFor } from './trust.ts';

export interface ApprovalOptions {
  readonly asOf: Day;
  readonly allowedSigners: string | undefined;
  /** Files of tables that the command line names: people decide for which department an acceptance speaks. */
  readonly overrides?: ReadonlyMap<TableName, string> | undefined;
}

/** All that is known of how far a plan has come to be law; what cannot be read is in the sink. */
export const approvingOf = async (
  plan: Plan,
  { asOf, allowedSigners, overrides = new Map() }: ApprovalOptions,
  before: Plan | undefined,
  sink: Sink,
): Promise<Approving> => {
  const day = plan.change?.effective ?? asOf;
  // What is wrong with the people table is said by whoever pays by it; nobody accepts for a department that it does not tell.
  const staff = await staffOn(day, plan, overrides, new Sink());
  const departments = new Map(staff?.map(({ id, department }) => [id, department ?? undefined]));
  return {
    plan,
    meaning: meaningHash(plan),
    ...readRecords(plan, trustFor(plan.file, allowedSigners), sink),
    asOf,
    before: before ?? planBefore(plan),
    departmentOf: (person) => departments.get(person),
    isOfAnother: ofAnother(plan),
  };
};

/** Whether a plan is law as of a day; why not is in the sink. */
export const approvalOf = async (
  plan: Plan,
  options: ApprovalOptions,
  before: Plan | undefined,
  sink: Sink,
): Promise<Approval> => approve(await approvingOf(plan, options, before, sink), sink);

/**
 * Whether something said of another first day or name than this plan's is of another plan of its folder: of the one with that first
 * day, else with that name, else the first one from then on, else the last.
 */
const ofAnother = (plan: Plan): ((statement: Statement) => boolean) => {
  let all: readonly Plan[] | undefined;
  return ({ effective, plan: name }) => {
    all ??= [...plansBeside(plan).filter(({ change }) => change !== undefined), plan];
    const sameDay = all.filter(({ change }) => change?.effective === effective);
    const sameName = (sameDay.length > 0 ? sameDay : all).filter((one) => one.name === name);
    const own = [sameName, sameDay].find((found) => found.length > 0) ?? [nextOf(all, effective)];
    return !own.includes(plan);
  };
};
