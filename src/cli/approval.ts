import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Approval, approve, type CheckedRecord } from '../change/approval.ts';
import { readRecord, type SignedStatement, signedText } from '../change/record.ts';
import { Sink } from '../findings/sink.ts';
import { gitMaybe, topOf } from '../io/git.ts';
import { recordsIn } from '../io/records.ts';
import { sha256 } from '../io/sha256.ts';
import { gpgProgram, settingPath, sshProgram } from '../io/signing.ts';
import { type Trust, verify } from '../io/verifying.ts';
import type { Plan } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import { meaningHash } from './meaning-hash.ts';
import { UsageError } from './usage-error.ts';

/** Where the records of a change stand: beside the plan, a folder for each first day. */
export const recordsFolder = (planFile: string, effective: Day): string =>
  path.join(path.dirname(planFile), 'approvals', formatDay(effective));

/** A file of that name beside the plan or in the nearest folder above, up to the top of the repository. */
const nearest = (planFile: string, name: string): string | undefined => {
  const top = topOf(path.dirname(planFile));
  let folder = path.resolve(path.dirname(planFile));
  for (;;) {
    const file = path.join(folder, name);
    if (existsSync(file)) return file;
    const above = path.dirname(folder);
    if (folder === top || top === undefined || above === folder) return undefined;
    folder = above;
  }
};

/** A file that the command line names, also at a revision: `main:allowed_signers`. */
const namedText = (named: string): string => {
  if (existsSync(named)) return readFileSync(named, 'utf8');
  const text = named.includes(':') ? gitMaybe('.', 'show', named) : undefined;
  if (text === undefined) throw new UsageError(`--allowed-signers ${named}: there is no such file`);
  return text;
};

/** Whose keys are trusted for a plan: the files beside it, else those that git is set up with. */
export const trustFor = (planFile: string, allowedSigners: string | undefined): Trust => {
  const folder = path.dirname(planFile);
  const read = (file: string | undefined): string | undefined =>
    file === undefined || !existsSync(file) ? undefined : readFileSync(file, 'utf8');
  return {
    allowed:
      allowedSigners === undefined
        ? read(nearest(planFile, 'allowed_signers') ?? settingPath(folder, 'gpg.ssh.allowedSignersFile'))
        : namedText(allowedSigners),
    revokedFile: existing(nearest(planFile, 'revoked_keys') ?? settingPath(folder, 'gpg.ssh.revocationFile')),
    allowedGpg: read(nearest(planFile, 'allowed_signers.gpg')),
    programs: { ssh: sshProgram(folder), gpg: gpgProgram(folder) },
  };
};

const existing = (file: string | undefined): string | undefined =>
  file !== undefined && existsSync(file) ? path.resolve(file) : undefined;

/** Checks the signature of what somebody said. */
export const checkStatement = ({ statement, signature }: SignedStatement, trust: Trust): CheckedRecord['verdict'] =>
  verify(signedText(statement), signature, statement.person, statement.on, trust);

export interface Records {
  readonly records: readonly CheckedRecord[];
  readonly history: 'whole' | 'cut' | 'none';
}

/** Reads and checks all that was said of a change; what cannot be read is in the sink. */
export const readRecords = (plan: Plan, trust: Trust, sink: Sink): Records => {
  const { change } = plan;
  if (change === undefined) return { records: [], history: 'none' };
  const { files, history } = recordsIn(recordsFolder(plan.file, change.effective));
  const records = files.flatMap(({ file, text, since, deleted }): CheckedRecord[] => {
    const found = new Sink();
    const record = readRecord(file, text, found);
    if (record === undefined) {
      if (!deleted) {
        const why = found.all()[0]?.message ?? 'it is not one';
        sink.add('invalid-record', `${file} does not count: it cannot be read as a record: ${why}`, {
          file,
          hint: 'a record is written by align-pay alone: take the file away, and sign again',
        });
      }
      return [];
    }
    const { statement } = record;
    const hash = sha256(signedText(statement));
    return [{ file, statement, hash, verdict: checkStatement(record, trust), since, deleted }];
  });
  return { records, history };
};

export interface ApprovalOptions {
  readonly asOf: Day;
  readonly allowedSigners: string | undefined;
}

/** Whether a plan is law as of a day; why not is in the sink. */
export const approvalOf = (plan: Plan, { asOf, allowedSigners }: ApprovalOptions, sink: Sink): Approval => {
  const { records, history } = readRecords(plan, trustFor(plan.file, allowedSigners), sink);
  return approve({ plan, meaning: meaningHash(plan), records, asOf, history }, sink);
};
