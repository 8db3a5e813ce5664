import type { Sink } from '../findings/sink.ts';
import type { Change, Plan, Role } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import type { Statement } from './record.ts';

/** A record that was read and checked. */
export interface CheckedRecord {
  readonly file: string;
  readonly statement: Statement;
  /** The hash of what was signed, by which a withdrawal names it. */
  readonly hash: string;
  /** The fingerprint of its key, or why the signature is not to be trusted. */
  readonly verdict: { readonly key: string } | { readonly reason: string };
  /** Since when git has it, by the author of that commit; undefined where it has not. */
  readonly since: Day | undefined;
  /** It was there once, and has been taken away. */
  readonly deleted: boolean;
}

export interface Approving {
  readonly plan: Plan;
  /** `sha256:...` of the plan's meaning. */
  readonly meaning: string;
  readonly records: readonly CheckedRecord[];
  /** The day as of which it is asked. */
  readonly asOf: Day;
  readonly history: 'whole' | 'cut' | 'none';
}

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
 * A sign-off is of one meaning: a changed rate voids it. An objection is to the change as such: it stays open through changes of
 * the plan until whoever made it takes it back or signs, and taking its file away does not close it.
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
  if (history === 'cut' && change.notice > 0) {
    sink.add('notice-too-short', 'this is a shallow clone: since when anybody has the plan in hand cannot be seen', {
      ...change.place,
      path: 'change > notice',
      hint: 'fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in a workflow',
    });
  }
  const trusted = new Trusted(approving, change, sink);
  const roles = change.signOff.flatMap((name) => plan.roles.get(name) ?? []);
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

/** The records of a change that can be trusted, and what they say together. */
class Trusted {
  readonly #plan: Plan;
  readonly #meaning: string;
  readonly #asOf: Day;
  readonly #history: Approving['history'];
  /** Good, of this change, not withdrawn, not of a day to come. */
  readonly #records: readonly CheckedRecord[];
  readonly #withdrawn: ReadonlySet<string>;

  constructor({ plan, meaning, records, asOf, history }: Approving, change: Change, sink: Sink) {
    this.#plan = plan;
    this.#meaning = meaning;
    this.#asOf = asOf;
    this.#history = history;
    const good = records.filter((record) => this.#isGood(record, change, sink));
    const shared = sharedKeys(good);
    for (const [key, people] of shared) sayShared(key, people, good, sink);
    const trusted = good.filter((record) => !('key' in record.verdict && shared.has(record.verdict.key)));
    this.#withdrawn = new Set(
      trusted.flatMap(({ statement }) =>
        statement.kind === 'withdrawal'
          ? statement.withdraws.filter((hash) =>
              trusted.some((one) => one.hash === hash && isOwn(one.statement, statement)),
            )
          : [],
      ),
    );
    this.#records = trusted.filter(({ hash }) => !this.#withdrawn.has(hash));
  }

  /** Says why a record does not count, where it claims to be of this change and is not to be trusted. */
  #isGood(record: CheckedRecord, change: Change, sink: Sink): boolean {
    const { file, statement, verdict, deleted } = record;
    if (statement.on > this.#asOf) return false;
    const bad = (reason: string, hint: string): false => {
      // What was taken away need not be mended.
      if (!deleted) sink.add('invalid-record', `${file} does not count: ${reason}`, { file, hint });
      return false;
    };
    if ('reason' in verdict) return bad(verdict.reason, 'take the file away, and let whoever it names sign again');
    if (statement.effective !== change.effective)
      return bad(
        `it is of a plan that is in force from ${formatDay(statement.effective)}, not from ${formatDay(change.effective)}`,
        'a sign-off is given for one plan and one first day: take the file away',
      );
    if (statement.plan !== this.#plan.name && statement.meaning !== this.#meaning)
      return bad(`it is of another plan, “${statement.plan}”`, 'a sign-off is given for one plan: take the file away');
    if (statement.kind === 'acceptance') return true;
    const role = this.#plan.roles.get(statement.role ?? '');
    if (role === undefined) return bad(`the plan has no role ${statement.role}`, 'take the file away');
    if (role.person !== statement.person)
      return bad(
        `${statement.person} signed as ${role.name}, which is ${role.person}`,
        'a role is signed for by whoever has it: take the file away',
      );
    return true;
  }

  signOffOf(role: Role): CheckedRecord | undefined {
    return this.#records.find(
      ({ statement, deleted }) =>
        !deleted &&
        statement.kind === 'sign_off' &&
        statement.role === role.name &&
        statement.meaning === this.#meaning,
    );
  }

  /** What a role signed of the same change when it meant something else. */
  earlierOf(role: Role): CheckedRecord | undefined {
    return this.#records
      .filter(
        ({ statement, deleted }) =>
          !deleted &&
          statement.kind === 'sign_off' &&
          statement.role === role.name &&
          statement.meaning !== this.#meaning,
      )
      .reduce<CheckedRecord | undefined>(
        (last, record) => (last === undefined || record.statement.on > last.statement.on ? record : last),
        undefined,
      );
  }

  /** Objections that nobody has taken back, of roles that have not signed since. */
  openObjections(): readonly CheckedRecord[] {
    const hashes = new Set<string>();
    return this.#records.filter(({ statement, hash }) => {
      const role = this.#plan.roles.get(statement.role ?? '');
      if (statement.kind !== 'objection' || role === undefined || hashes.has(hash)) return false;
      hashes.add(hash);
      // Whoever objected to one version and signs another has been heard; to the same, they must take it back.
      return statement.meaning === this.#meaning || this.signOffOf(role) === undefined;
    });
  }

  /** By department: the first day on which somebody of it had this very plan in hand. */
  inHand(signing: readonly Role[]): ReadonlyMap<string, Day | undefined> {
    const departments = new Set(
      [...this.#plan.roles.values()].flatMap(({ department }) => (department === undefined ? [] : [department])),
    );
    const first = (of: (statement: Statement) => boolean): Day | undefined =>
      this.#records
        .filter(({ statement, deleted }) => !deleted && statement.meaning === this.#meaning && of(statement))
        .map((record) => this.#inHandOn(record))
        .reduce<Day | undefined>((least, day) => (least === undefined || day < least ? day : least), undefined);
    if (departments.size === 0)
      return new Map(signing.map((role) => [role.name, first((statement) => statement.role === role.name)]));
    return new Map(
      [...departments].map((department) => [
        department,
        first((statement) => this.#speaksFor(statement) === department),
      ]),
    );
  }

  #speaksFor({ kind, role, department }: Statement): string | undefined {
    return kind === 'acceptance' ? department : this.#plan.roles.get(role ?? '')?.department;
  }

  /**
   * A signature has no trusted time. Its own day is its signer's word; since when git has it is the word of whoever committed
   * it: the later of both counts. What is not committed yet is in hand as of today.
   */
  #inHandOn({ statement, since }: CheckedRecord): Day {
    if (this.#history === 'none') return statement.on;
    return Math.max(statement.on, since ?? this.#asOf);
  }
}

const isOwn = (one: Statement, withdrawal: Statement): boolean =>
  one.role === withdrawal.role && one.person === withdrawal.person;

/** Keys with which more than one person has signed. */
const sharedKeys = (records: readonly CheckedRecord[]): ReadonlyMap<string, readonly string[]> => {
  const people = new Map<string, Set<string>>();
  for (const { verdict, statement, deleted } of records) {
    if (!('key' in verdict) || deleted) continue;
    people.set(verdict.key, (people.get(verdict.key) ?? new Set()).add(statement.person));
  }
  return new Map([...people].filter(([, own]) => own.size > 1).map(([key, own]) => [key, [...own].sort()]));
};

const sayShared = (key: string, people: readonly string[], records: readonly CheckedRecord[], sink: Sink): void => {
  const of = records.filter(({ verdict, deleted }) => !deleted && 'key' in verdict && verdict.key === key);
  const roles = [...new Set(of.map(({ statement }) => statement.role ?? statement.person))].sort();
  sink.add('one-key-for-both', `one key signed for ${people.join(' and ')} (${roles.join(', ')}): ${key}`, {
    file: of[0]?.file,
    related: of.slice(1).map(({ file }) => ({ file, message: 'and here' })),
    hint: 'each signs with a key of their own; none of these counts',
  });
};

const sayMissing = (role: Role, trusted: Trusted, { plan, meaning }: Approving, change: Change, sink: Sink): void => {
  const earlier = trusted.earlierOf(role);
  const what =
    earlier === undefined
      ? `${role.name} (${role.person}) has not signed`
      : `${role.name} (${role.person}) signed another version on ${formatDay(earlier.statement.on)}, which the plan has changed since`;
  sink.add('not-approved', `${what}: “${plan.name}”, in force from ${formatDay(change.effective)}`, {
    ...role.place,
    path: `sign_off > ${role.name}`,
    hint: `${role.person}: align-pay sign ${plan.file} --as ${role.name}`,
    expected: shortHash(meaning),
  });
};

const sayObjections = (trusted: Trusted, { plan }: Approving, sink: Sink): void => {
  for (const { file, statement, deleted } of trusted.openObjections()) {
    const role = statement.role ?? '';
    const gone = deleted ? ' (its file was taken away, which does not close it)' : '';
    sink.add(
      'open-objection',
      `${role} (${statement.person}) objects since ${formatDay(statement.on)}: ${statement.says ?? ''}${gone}`,
      { file, hint: `talk; then ${statement.person}: align-pay sign ${plan.file} --as ${role} --withdraw` },
    );
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
        hint: `${who} signs it, or somebody of ${department} accepts it: align-pay accept ${plan.file} --as PERSON`,
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
