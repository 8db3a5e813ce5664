import type { Sink } from '../findings/sink.ts';
import type { Change, Role } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import { type Approving, type CheckedRecord, Trusted } from './trusted.ts';

/** Who has signed, and from when whoever is to know has the plan in hand. */
export interface Approval {
  readonly signed: readonly { readonly role: Role; readonly record: CheckedRecord }[];
  readonly missing: readonly Role[];
  /** By department (or role, where none speaks for one): the first day on which it had this plan in hand. */
  readonly inHand: ReadonlyMap<string, Day | undefined>;
  readonly approved: boolean;
}

const shortHash = (meaning: string): string => meaning.slice(0, 'sha256:'.length + 12);

/**
 * Whether a plan is law: signed by all that it names, in the hands of each department for the time of its notice, and with no
 * objection open. Says exactly what is missing, and who can give it.
 *
 * A sign-off is of one meaning: a changed rate voids it. An objection is to the change as such: it stays open, whatever becomes of
 * the plan, its first day, its name or its roles, until whoever made it takes it back or signs a version.
 */
export const approve = (approving: Approving, sink: Sink): Approval => {
  const { plan, history } = approving;
  const { change } = plan;
  const before = sink.count('error');
  const none = { signed: [], missing: [], inHand: new Map(), approved: false };
  if (change === undefined || change.signOff.length === 0) {
    const message =
      change === undefined
        ? 'the plan says no change:, so nobody has agreed to it'
        : 'sign_off: names nobody, so nobody has agreed to the plan';
    const hint = 'say change: { effective: ..., because: ..., roles: { ... }, sign_off: [ ... ] }';
    sink.add('not-approved', message, { ...(change?.place ?? { file: plan.file }), path: 'change', hint });
    return none;
  }
  if (history === 'cut') {
    const message =
      'this is a shallow clone: since when anybody has the plan in hand, and what was taken away, cannot be seen';
    sink.add('not-approved', message, {
      ...change.place,
      path: 'change',
      hint: 'fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in a workflow',
    });
  }
  const trusted = new Trusted(approving, change, sink);
  const roles = [...change.signOff, ...leftOut(approving, change, sink)].flatMap((name) => plan.roles.get(name) ?? []);
  const signed = roles.flatMap((role) => {
    const record = trusted.signOffOf(role);
    return record === undefined ? [] : [{ role, record }];
  });
  const missing = roles.filter((role) => !signed.some((one) => one.role === role));
  for (const role of missing) sayMissing(role, trusted, approving, change, sink);
  sayObjections(trusted, approving, sink);
  const inHand = trusted.inHand(roles);
  sayNotice(inHand, approving, change, sink);
  return { signed, missing, inHand, approved: sink.count('error') === before };
};

/**
 * Roles that must sign though `sign_off` does not name them: those who signed the plan before, where nobody else is asked for the
 * same department. Whoever is to be asked no more agrees to that once.
 */
const leftOut = ({ plan, before }: Approving, change: Change, sink: Sink): readonly string[] => {
  const asked = change.signOff.map((name) => plan.roles.get(name));
  return (before?.change?.signOff ?? []).filter((name) => {
    const role = before?.roles.get(name);
    if (role === undefined || change.signOff.includes(name)) return false;
    if (role.department !== undefined && asked.some((one) => one?.department === role.department)) return false;
    if (plan.roles.has(name)) return true;
    const message = `${name} (${role.person}) signed “${before?.name}”, and “${plan.name}” neither asks nor names ${name}`;
    sink.add('not-approved', message, {
      ...change.place,
      path: 'change > sign_off',
      hint: `name ${name} under roles: whoever is asked no more signs that once`,
    });
    return false;
  });
};

const sayMissing = (
  role: Role,
  trusted: Trusted,
  { plan, meaning, asOf }: Approving,
  change: Change,
  sink: Sink,
): void => {
  const [earlier, later] = [trusted.earlierOf(role), trusted.laterOf(role)];
  const who = `${role.name} (${role.person})`;
  const what =
    later !== undefined
      ? `${who} has not signed as of ${formatDay(asOf)}: the record says ${formatDay(later.statement.on)}, a later day`
      : earlier === undefined
        ? `${who} has not signed`
        : `${who} signed another version on ${formatDay(earlier.statement.on)}, which the plan has changed since`;
  sink.add('not-approved', `${what}: “${plan.name}”, in force from ${formatDay(change.effective)}`, {
    ...role.place,
    path: `sign_off > ${role.name}`,
    hint: `${role.person}: align-pay sign ${plan.file} --as ${role.name}`,
    expected: shortHash(meaning),
  });
};

const sayObjections = (trusted: Trusted, { plan }: Approving, sink: Sink): void => {
  for (const { file, statement, deleted } of trusted.openObjections()) {
    const { role = '', person, on, effective, says = '' } = statement;
    const holder = plan.roles.get(role)?.person;
    const none = [
      ...(deleted ? ['its file was taken away'] : []),
      ...(effective === plan.change?.effective
        ? []
        : [`the plan was to be in force from ${formatDay(effective)} then`]),
      ...(statement.plan === plan.name ? [] : [`the plan was called “${statement.plan}” then`]),
      ...(holder === undefined ? [`the plan names no ${role} any more`] : []),
    ];
    const still = none.length === 0 ? '' : ` (${none.join(', ')}, which does not close it)`;
    const back = `align-pay sign ${plan.file} --as ${role} --withdraw`;
    sink.add('open-objection', `${role} (${person}) objects since ${formatDay(on)}: ${says}${still}`, {
      file,
      hint:
        holder === undefined
          ? `name ${role} under roles: again; talk; then ${person}: ${back}`
          : `talk; then ${holder}: ${back}`,
    });
  }
};

const sayNotice = (
  inHand: ReadonlyMap<string, Day | undefined>,
  { plan }: Approving,
  change: Change,
  sink: Sink,
): void => {
  if (change.notice === 0) return;
  for (const [department, day] of inHand) {
    if (day === undefined) {
      const roles = [...plan.roles.values()].filter(
        (role) => role.department === department || role.name === department,
      );
      const who = roles.map(({ name, person }) => `${name} (${person})`).join(', ');
      sink.add('notice-too-short', `nobody of ${department} has this version in hand, by any signature`, {
        ...change.place,
        path: 'change > notice',
        hint: `${who} signs it, or somebody of ${department} (by the people table) accepts it: align-pay accept ${plan.file} --as PERSON`,
      });
      continue;
    }
    const days = change.effective - day;
    if (days >= change.notice) continue;
    sink.add(
      'notice-too-short',
      `${department} has this version in hand since ${formatDay(day)}, ${days < 0 ? `${-days} days after` : `${days} days before`} it is in force; the plan promises ${change.notice} days`,
      {
        ...change.place,
        path: 'change > notice',
        hint: `let it be in force from ${formatDay(day + change.notice)} or later (the next first day of a period), or agree on a shorter notice`,
      },
    );
  }
};
