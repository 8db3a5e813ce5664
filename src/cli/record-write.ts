import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord, recordText, type SignedStatement, type Statement, signedText } from '../change/record.ts';
import { Sink } from '../findings/sink.ts';
import { sha256 } from '../io/sha256.ts';
import { CannotSign, sign, signingKey } from '../io/signing.ts';
import type { Trust } from '../io/verifying.ts';
import type { Plan } from '../rules/plan.ts';
import { mustExist } from './options.ts';
import { checkStatement, recordsFolder } from './records-read.ts';

/** Signs a statement and writes it beside the plan; undefined, with a finding, where the key does not sign or is not trusted. */
export const writeRecord = (
  plan: Plan,
  statement: Statement,
  { key, trust }: { readonly key: string | undefined; readonly trust: Trust },
  sink: Sink,
): string | undefined => {
  if (key !== undefined && !/^(?:key::|ssh-|~\/)/.test(key)) mustExist(key);
  const signed = signedBy(plan, statement, key, sink);
  if (signed === undefined) return undefined;
  const verdict = checkStatement(signed, [statement.on], trust);
  if ('reason' in verdict) {
    const { person } = statement;
    sink.add('invalid-record', `this signature would not count: ${verdict.reason}`, {
      file: plan.file,
      hint: `sign with a key of ${person} that allowed_signers beside the plan names: ${person} namespaces="align-pay" ssh-ed25519 AAAA...`,
    });
    return undefined;
  }
  const folder = recordsFolder(plan.file, statement.effective);
  const name = [statement.role ?? statement.person, statement.kind, sha256(signedText(statement)).slice(0, 8)]
    .map((part) => part.replace(/[^\w@-]+/g, '_'))
    .join('.');
  const file = path.join(folder, `${name}.yaml`);
  mkdirSync(folder, { recursive: true });
  // The same said again on the same day is the same record, unless somebody has altered the one that is there.
  if (!isGood(file, statement, trust)) writeFileSync(file, recordText(signed));
  return file;
};

const isGood = (file: string, statement: Statement, trust: Trust): boolean => {
  if (!existsSync(file)) return false;
  const there = readRecord(file, readFileSync(file, 'utf8'), new Sink());
  return (
    there !== undefined &&
    signedText(there.statement) === signedText(statement) &&
    'key' in checkStatement(there, [statement.on], trust)
  );
};

const signedBy = (
  plan: Plan,
  statement: Statement,
  key: string | undefined,
  sink: Sink,
): SignedStatement | undefined => {
  try {
    const text = signedText(statement);
    return { statement, signature: sign(text, signingKey(path.dirname(plan.file), key)).trim() };
  } catch (error) {
    if (!(error instanceof CannotSign)) throw error;
    sink.add('invalid-record', error.message, {
      file: plan.file,
      hint: 'git config gpg.format ssh; git config user.signingkey ~/.ssh/id_ed25519.pub; or name the key with --key FILE',
    });
    return undefined;
  }
};
