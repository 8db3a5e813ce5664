import path from 'node:path';
import { readRecord, type SignedStatement, signedText } from '../change/record.ts';
import type { Approving, CheckedRecord } from '../change/trusted.ts';
import { Sink } from '../findings/sink.ts';
import { recordsIn } from '../io/records.ts';
import { sha256 } from '../io/sha256.ts';
import { type Trust, verify } from '../io/verifying.ts';
import type { Plan } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';

const recordsRoot = (planFile: string): string => path.join(path.dirname(planFile), 'approvals');

/** Where the records of a change stand: beside the plan, a folder for each first day. */
export const recordsFolder = (planFile: string, effective: Day): string =>
  path.join(recordsRoot(planFile), formatDay(effective));

/** Checks the signature of what somebody said, by a key that was theirs on the days. */
export const checkStatement = (
  { statement, signature }: SignedStatement,
  days: readonly Day[],
  trust: Trust,
): CheckedRecord['verdict'] => verify(signedText(statement), signature, statement.person, days, trust);

/** Reads and checks all that was said of a change, and what of other first days may still stand; what cannot be read is in the sink. */
export const readRecords = (plan: Plan, trust: Trust, sink: Sink): Pick<Approving, 'records' | 'history'> => {
  const { change } = plan;
  if (change === undefined) return { records: [], history: 'none' };
  const own = `${path.resolve(recordsFolder(plan.file, change.effective))}${path.sep}`;
  const { files, history } = recordsIn(recordsRoot(plan.file));
  const read = files.flatMap((record) => {
    const found = new Sink();
    const elsewhere = !path.resolve(record.file).startsWith(own);
    const signed = readRecord(record.file, record.text, found);
    if (signed === undefined && !record.deleted && !elsewhere) {
      const why = found.all()[0]?.message ?? 'it is not one';
      sink.add('invalid-record', `${record.file} does not count: it cannot be read as a record: ${why}`, {
        file: record.file,
        hint: 'a record is written by align-pay alone: take the file away, and sign again',
      });
    }
    return signed === undefined ? [] : [{ ...record, elsewhere, signed }];
  });
  // Of other first days only objections stand, and what takes them back; most folders have none.
  const matters = (kinds: typeof read): typeof read => {
    const others = kinds.filter(({ elsewhere }) => elsewhere);
    if (!others.some(({ signed: { statement } }) => statement.kind === 'objection')) return [];
    return others.filter(
      ({ signed: { statement } }) => statement.kind === 'objection' || statement.withdraws.length > 0,
    );
  };
  const records = [...read.filter(({ elsewhere }) => !elsewhere), ...matters(read)].map(
    ({ file, signed, since, deleted, elsewhere }): CheckedRecord => {
      const { statement } = signed;
      // The later of both days counts, so the key must have been theirs on both.
      const days = since === undefined || since === statement.on ? [statement.on] : [statement.on, since];
      const verdict = checkStatement(signed, days, trust);
      return { file, statement, hash: sha256(signedText(statement)), verdict, since, deleted, elsewhere };
    },
  );
  return { records: records.map((record) => ({ ...record, since: firstSeen(record, records) })), history };
};

/** Since when git has what a record says, in whatever form of the file. */
const firstSeen = ({ hash, since }: CheckedRecord, records: readonly CheckedRecord[]): Day | undefined =>
  records
    .filter((one) => one.hash === hash && 'key' in one.verdict)
    .reduce(
      (first, one) => (one.since !== undefined && (first === undefined || one.since < first) ? one.since : first),
      since,
    );
