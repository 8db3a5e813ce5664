import type { Approval } from '../../change/approval.ts';
import type { Plan } from '../../rules/plan.ts';
import { formatDay } from '../../values/date.ts';
import { type Block, heading, list, paragraph, title } from './document.ts';

/** How far a change has come: who has signed, who has not, and since when each department has it. */
export const approvalBlocks = (plan: Plan, { signed, missing, inHand, approved }: Approval): readonly Block[] => {
  const { change } = plan;
  const from = change === undefined ? '' : `, in force from ${formatDay(change.effective)}`;
  return [
    title(`${plan.name}${from}: ${approved ? 'approved' : 'not approved'}`),
    ...(signed.length + missing.length === 0
      ? []
      : [
          heading('Sign-offs'),
          list([
            ...signed.map(({ role, record: { statement } }) => {
              const says = statement.says === undefined ? '' : `: ${statement.says}`;
              return `${role.name} (${role.person}) signed on ${formatDay(statement.on)}${says}`;
            }),
            ...missing.map((role) => `${role.name} (${role.person}) has not signed`),
          ]),
        ]),
    ...(change === undefined || change.notice === 0
      ? []
      : [
          heading(`Notice of ${change.notice} days`),
          list(
            [...inHand].map(([department, day]) =>
              day === undefined
                ? `${department} does not have it in hand`
                : `${department} has it in hand since ${formatDay(day)}, ${change.effective - day} days before`,
            ),
          ),
        ]),
    ...(change?.discussion === undefined ? [] : [paragraph(`It is discussed at ${change.discussion}`)]),
  ];
};

/** The same for machines. */
export const approvalData = (plan: Plan, meaning: string, { signed, missing, inHand, approved }: Approval) => ({
  plan: plan.name,
  meaning,
  effective: plan.change === undefined ? null : formatDay(plan.change.effective),
  ends: plan.change?.ends === undefined ? null : formatDay(plan.change.ends),
  approved,
  signed: signed.map(({ role, record: { statement, file, verdict } }) => ({
    role: role.name,
    person: role.person,
    on: formatDay(statement.on),
    says: statement.says ?? null,
    file,
    key: 'key' in verdict ? verdict.key : null,
  })),
  missing: missing.map(({ name, person }) => ({ role: name, person })),
  in_hand: [...inHand].map(([department, day]) => ({
    department,
    since: day === undefined ? null : formatDay(day),
  })),
});
