import type { Sink } from '../findings/sink.ts';
import { field, readFields, required } from '../rules/document/fields.ts';
import { sourceFile } from '../rules/document/raw.ts';
import { choice, date, list, text } from '../rules/document/shapes.ts';
import { readYaml } from '../rules/document/yaml.ts';
import { type Day, formatDay } from '../values/date.ts';

export const RECORD_KINDS = ['sign_off', 'objection', 'withdrawal', 'acceptance'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What somebody said of a plan, as it is signed: bound to the plan's meaning, its first day, the role and its own day. */
export interface Statement {
  readonly kind: RecordKind;
  /** The plan's name, for readers. */
  readonly plan: string;
  /** `sha256:` and the hash of the plan's meaning. */
  readonly meaning: string;
  readonly effective: Day;
  /** Acceptances are a payee's own: they have none. */
  readonly role: string | undefined;
  readonly person: string;
  /** For whom it speaks; an acceptance's is the payee's own department. */
  readonly department: string | undefined;
  /** The day on which it was signed, by the signer's own word. */
  readonly on: Day;
  /** A comment, or the reason of an objection. */
  readonly says: string | undefined;
  /** What it takes back of what the same role has said: the SHA-256 of statements. A sign-off takes its objections back. */
  readonly withdraws: readonly string[];
  /** The how-manieth time the same is said on the same day, where that was taken back in between: 2, 3, ... */
  readonly again: number | undefined;
}

/** A statement with its signature, as it stands in a file. */
export interface SignedStatement {
  readonly statement: Statement;
  /** Armoured: of SSH or of OpenPGP. */
  readonly signature: string;
}

const pairsOf = (
  statement: Statement,
): readonly (readonly [string, string | number | readonly string[] | undefined])[] => [
  ['record', statement.kind],
  ['plan', statement.plan],
  ['meaning', statement.meaning],
  ['effective', formatDay(statement.effective)],
  ['role', statement.role],
  ['person', statement.person],
  ['department', statement.department],
  ['on', formatDay(statement.on)],
  ['says', statement.says],
  ['withdraws', statement.withdraws.length === 0 ? undefined : statement.withdraws],
  ['again', statement.again],
];

const lines = (statement: Statement): readonly string[] =>
  pairsOf(statement).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`]));

/** The text that is signed. It is made anew from what a file says, so that its form and line ends do not matter. */
export const signedText = (statement: Statement): string => `align-pay record 1\n${lines(statement).join('\n')}\n`;

/** A record as a file: what is said, readable, and the signature under it. */
export const recordText = ({ statement, signature }: SignedStatement): string => {
  const armour = signature.trim().split('\n');
  return [
    '# Written and signed by `align-pay sign` or `align-pay accept`; a change to it is found.',
    ...lines(statement),
    'signature: |',
    ...armour.map((line) => (line === '' ? '' : `  ${line.trimEnd()}`)),
    '',
  ].join('\n');
};

const FIELDS = {
  record: required(choice(RECORD_KINDS), 'what it is'),
  plan: required(text('the name of a plan'), 'the name of the plan'),
  meaning: required(text('sha256: and 64 digits'), 'the SHA-256 of what the plan means'),
  effective: required(date, 'the first day of the plan'),
  role: field(text('a role'), 'the role that signs'),
  person: required(text('a person'), 'who signs'),
  department: field(text('a department'), 'for whom they speak'),
  on: required(date, 'the day on which it was signed'),
  says: field(text('a comment or a reason'), 'a comment, or the reason of an objection'),
  withdraws: field(list({ kind: 'text' }, 'a list of hashes'), 'what it takes back'),
  again: field(text('a number such as 2'), 'the how-manieth time it is said on that day'),
  signature: required(text('a signature'), 'the signature'),
} as const;

/** Reads a record; undefined, with findings, where it is none. */
export const readRecord = (file: string, contents: string, sink: Sink): SignedStatement | undefined => {
  const before = sink.count('error');
  const value = readYaml(sourceFile(file, contents), sink);
  const fields = value && readFields({ value, key: undefined, path: [] }, FIELDS, { what: 'a record' }, sink);
  if (fields === undefined || sink.count('error') > before) return undefined;
  const { record: kind, plan, meaning, effective, person, on, signature } = fields;
  const withdraws = (fields.withdraws ?? []).map((part) => text('a hash').read(part, sink));
  if (kind === undefined || plan === undefined || meaning === undefined || effective === undefined) return undefined;
  if (person === undefined || on === undefined || signature === undefined) return undefined;
  const statement: Statement = {
    kind,
    plan,
    meaning,
    effective,
    role: fields.role,
    person,
    department: fields.department,
    on,
    says: fields.says,
    withdraws: withdraws.filter((hash) => hash !== undefined),
    again: fields.again === undefined ? undefined : Number(fields.again),
  };
  return { statement, signature };
};
