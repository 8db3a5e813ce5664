import type { Sink } from '../findings/sink.ts';
import type { Change, Plan, Role } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import type { Statement } from './record.ts';

/** A record that was read and checked. */
export interface CheckedRecord {
  readonly file: string;
  readonly statement: Statement;
  /** The hash of what was signed, by which it is taken back. */
  readonly hash: string;
  /** The fingerprint of its key, or why the signature is not to be trusted. */
  readonly verdict: { readonly key: string } | { readonly reason: string };
  /** Since when git has it, by the author of that commit; undefined where it has not. */
  readonly since: Day | undefined;
  /** It was there once, and has been taken away or written over. */
  readonly deleted: boolean;
  /** It lies among the records of another first day. */
  readonly elsewhere: boolean;
}

export interface Approving {
  readonly plan: Plan;
  /** `sha256:...` of the plan's meaning. */
  readonly meaning: string;
  readonly records: readonly CheckedRecord[];
  /** The day as of which it is asked. */
  readonly asOf: Day;
  readonly history: 'whole' | 'cut' | 'none';
  /** The plan that was in force before it; who signed that is not to be left out in silence. */
  readonly before?: Plan | undefined;
  /** The department of whoever accepts, by the people table: not by their own word. */
  readonly departmentOf?: ((person: string) => string | undefined) | undefined;
  /** Whether what was said of another first day or another name is said of another plan that stands beside this one. */
  readonly isOfAnother?: ((statement: Statement) => boolean) | undefined;
}

/** The records of a change that can be trusted, and what they say together. */
export class Trusted {
  readonly #approving: Approving;
  /** Good, of this change, not of a day to come. */
  readonly #records: readonly CheckedRecord[];
  /** The hashes of what was taken back. */
  readonly #withdrawn: ReadonlySet<string>;

  constructor(approving: Approving, change: Change, sink: Sink) {
    this.#approving = approving;
    const good = approving.records.filter((record) => this.#isGood(record, change, sink));
    const shared = sharedKeys(good);
    for (const [key, people] of shared) sayShared(key, people, good, sink);
    this.#records = good.filter(
      ({ verdict, elsewhere }) => elsewhere || !('key' in verdict && shared.has(verdict.key)),
    );
    this.#withdrawn = new Set(this.#records.flatMap((record) => this.#takenBackBy(record)));
  }

  /** Says why a record does not count, where it claims to be of this change and is not to be trusted. */
  #isGood(record: CheckedRecord, change: Change, sink: Sink): boolean {
    const { file, statement, verdict, deleted, elsewhere } = record;
    const { plan, meaning, asOf, isOfAnother } = this.#approving;
    if (statement.on > asOf) return false;
    const bad = (reason: string, hint: string): boolean => {
      // What was taken away, or lies elsewhere, need not be mended.
      if (!deleted && !elsewhere) sink.add('invalid-record', `${file} does not count: ${reason}`, { file, hint });
      return false;
    };
    if ('reason' in verdict) return bad(verdict.reason, 'take the file away, and let whoever it names sign again');
    const { effective } = statement;
    if (!elsewhere && effective !== change.effective)
      return bad(
        `it is of a plan that is in force from ${formatDay(effective)}, not from ${formatDay(change.effective)}`,
        'a sign-off is given for one plan and one first day: take the file away',
      );
    const ofThis = effective === change.effective && (statement.plan === plan.name || statement.meaning === meaning);
    // Another first day or name does not close an objection: only whoever made it does.
    if (statement.kind === 'objection') return ofThis || isOfAnother?.(statement) !== true;
    // Whatever becomes of a record, what it takes back stays taken back.
    const takesBack = statement.withdraws.length > 0;
    if (!ofThis)
      return (
        bad(`it is of another plan, “${statement.plan}”`, 'a sign-off is given for one plan: take the file away') ||
        takesBack
      );
    if (statement.kind !== 'sign_off') return true;
    const role = plan.roles.get(statement.role ?? '');
    if (role === undefined) return bad(`the plan has no role ${statement.role}`, 'take the file away') || takesBack;
    if (role.person !== statement.person)
      return (
        bad(
          `${statement.person} signed as ${role.name}, which is ${role.person}`,
          'a role is signed for by whoever has it: take the file away',
        ) || takesBack
      );
    return true;
  }

  /** What a record takes back: of what the same role has said, by the same person or whoever had the role before. */
  #takenBackBy({ statement }: CheckedRecord): readonly string[] {
    const { role = '', person, withdraws } = statement;
    const isHolder = this.#approving.plan.roles.get(role)?.person === person;
    return withdraws.filter((hash) =>
      this.#records.some(
        (one) => one.hash === hash && one.statement.role === role && (isHolder || one.statement.person === person),
      ),
    );
  }

  isTakenBack(hash: string): boolean {
    return this.#withdrawn.has(hash);
  }

  /** The sign-offs of a role that stand. */
  #signOffsOf(role: Role): readonly CheckedRecord[] {
    return this.#records.filter(
      ({ statement, hash, deleted, elsewhere }) =>
        !deleted &&
        !elsewhere &&
        statement.kind === 'sign_off' &&
        statement.role === role.name &&
        statement.person === role.person &&
        !this.#withdrawn.has(hash),
    );
  }

  /** A role's sign-off of this very version. */
  signOffOf(role: Role): CheckedRecord | undefined {
    return this.#signOffsOf(role).find(({ statement }) => statement.meaning === this.#approving.meaning);
  }

  /** What a role signed last of the same change when it meant something else. */
  earlierOf(role: Role): CheckedRecord | undefined {
    return this.#signOffsOf(role)
      .filter(({ statement }) => statement.meaning !== this.#approving.meaning)
      .reduce<CheckedRecord | undefined>(
        (last, record) => (last === undefined || record.statement.on > last.statement.on ? record : last),
        undefined,
      );
  }

  /** A role's sign-off of this version that says a day to come. */
  laterOf(role: Role): CheckedRecord | undefined {
    const { records, meaning, asOf } = this.#approving;
    return records.find(
      ({ statement, verdict, deleted, elsewhere }) =>
        !deleted &&
        !elsewhere &&
        'key' in verdict &&
        statement.kind === 'sign_off' &&
        statement.role === role.name &&
        statement.person === role.person &&
        statement.meaning === meaning &&
        statement.on > asOf,
    );
  }

  /** Objections that nobody has taken back, each once. */
  openObjections(): readonly CheckedRecord[] {
    const open = new Map<string, CheckedRecord>();
    for (const record of this.#records) {
      if (record.statement.kind !== 'objection' || this.#withdrawn.has(record.hash)) continue;
      // A file that is there is shown before one that was taken away.
      if (open.get(record.hash)?.deleted !== false) open.set(record.hash, record);
    }
    return [...open.values()];
  }

  /** By department: the first day on which somebody of it had this very plan in hand, by any signature. */
  inHand(signing: readonly Role[]): ReadonlyMap<string, Day | undefined> {
    const { plan, meaning } = this.#approving;
    const departments = new Set(
      [...plan.roles.values()].flatMap(({ department }) => (department === undefined ? [] : [department])),
    );
    const first = (of: (statement: Statement) => boolean): Day | undefined =>
      this.#records
        .filter(
          ({ statement, deleted, elsewhere }) =>
            !deleted && !elsewhere && statement.meaning === meaning && of(statement),
        )
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

  #speaksFor({ kind, role = '', person }: Statement): string | undefined {
    const { plan, departmentOf } = this.#approving;
    if (kind === 'acceptance') return departmentOf?.(person);
    const own = plan.roles.get(role);
    return own?.person === person ? own.department : undefined;
  }

  /**
   * A signature has no trusted time. Its own day is its signer's word; since when git has it is the word of whoever committed
   * it: the later of both counts. What is not committed yet is in hand as of today.
   */
  #inHandOn({ statement, since }: CheckedRecord): Day {
    const { history, asOf } = this.#approving;
    if (history === 'none') return statement.on;
    return Math.max(statement.on, since ?? asOf);
  }
}

/** Keys with which more than one person has signed. */
const sharedKeys = (records: readonly CheckedRecord[]): ReadonlyMap<string, readonly string[]> => {
  const people = new Map<string, Set<string>>();
  for (const { verdict, statement, deleted, elsewhere } of records) {
    if (!('key' in verdict) || deleted || elsewhere) continue;
    people.set(verdict.key, (people.get(verdict.key) ?? new Set()).add(statement.person));
  }
  return new Map([...people].filter(([, own]) => own.size > 1).map(([key, own]) => [key, [...own].sort()]));
};

const sayShared = (key: string, people: readonly string[], records: readonly CheckedRecord[], sink: Sink): void => {
  const of = records.filter(
    ({ verdict, deleted, elsewhere }) => !deleted && !elsewhere && 'key' in verdict && verdict.key === key,
  );
  const roles = [...new Set(of.map(({ statement }) => statement.role ?? statement.person))].sort();
  sink.add('one-key-for-both', `one key signed for ${people.join(' and ')} (${roles.join(', ')}): ${key}`, {
    file: of[0]?.file,
    related: of.slice(1).map(({ file }) => ({ file, message: 'and here' })),
    hint: 'each signs with a key of their own; none of these counts',
  });
};
