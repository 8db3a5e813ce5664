import type { CheckedRecord } from '../change/trusted.ts';
import { Sink } from '../findings/sink.ts';
import { findingsData } from '../report/findings/findings-json.ts';
import type { Plan } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import { nearest } from '../values/nearest.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { loadOnePlan } from './load-one-plan.ts';
import { meaningHash } from './meaning-hash.ts';
import { collect, tableFiles } from './options.ts';
import { writeRecord } from './record-write.ts';
import { readRecords } from './records-read.ts';
import { sayFindings } from './say-findings.ts';
import { type Staff, staffOn } from './staff.ts';
import { today } from './today.ts';
import { trustFor } from './trust.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly as?: string;
  readonly missing?: true;
  readonly comment?: string;
  readonly key?: string;
  readonly table: readonly string[];
  readonly allowedSigners?: string;
  readonly format: 'text' | 'json';
  readonly quiet?: true;
}

/** `align-pay accept [plan] --as PERSON`: records, signed, that a payee has received and read the plan. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[plan]', 'the plan; without it, align-pay.yaml here or in a folder above')
    .option('--as <person>', 'who has received and read it: a person_id')
    .option('--missing', 'list who has not; exit code 1 where somebody has not')
    .option('--comment <words>', 'what is to be said along with it')
    .option('--key <file>', 'an SSH key; without it, the key that git signs commits with')
    .option('--table <name=file>', 'where people stand, as in people=staff.csv', collect, [])
    .option('--allowed-signers <file>', 'whose keys are trusted; without it, allowed_signers beside the plan or above')
    .addOption(
      command.createOption('--format <format>', 'how the outcome is told').choices(['text', 'json']).default('text'),
    )
    .option('--quiet', 'print nothing but errors')
    .action((plan: string | undefined, options: Options) => act(command, () => run(plan, options)));
};

const run = async (named: string | undefined, options: Options): Promise<void> => {
  if ((options.as === undefined) === (options.missing === undefined))
    throw new UsageError('say --as PERSON, or --missing');
  const sink = new Sink();
  const { plan, files } = loadOnePlan(named, sink);
  const staff = plan === undefined || sink.hasErrors ? undefined : await readStaff(plan, options, sink);
  if (plan !== undefined && plan.change === undefined) {
    sink.add('not-approved', 'the plan says no change:, so there is no first day that an acceptance could be of', {
      file: plan.file,
      path: 'change',
      hint: 'say change: { effective: ... }',
    });
  }
  const outcome =
    plan === undefined || sink.hasErrors
      ? undefined
      : options.as === undefined
        ? { missing: missingOf(plan, staff, options, sink) }
        : { file: acceptAs(plan, options.as, staff, options, sink) };
  const failed = sink.hasErrors;
  tell(failed ? undefined : outcome, options, sink, (name) => files.textOf(name));
  process.exitCode = failed || (outcome?.missing?.length ?? 0) > 0 ? exitCode.findings : exitCode.done;
};

interface Outcome {
  readonly missing?: readonly Staff[];
  readonly file?: string | undefined;
}

const tell = (
  outcome: Outcome | undefined,
  options: Options,
  sink: Sink,
  textOf: (file: string) => string | undefined,
): void => {
  const print = (text: string): void => {
    process.stdout.write(text);
  };
  if (options.format === 'json') {
    const missing = outcome?.missing?.map(({ id, name, department }) => ({ person_id: id, name, department }));
    const data = { file: outcome?.file ?? null, missing: missing ?? [], findings: findingsData(sink.all()) };
    print(`${JSON.stringify(data, null, 2)}\n`);
    return;
  }
  sayFindings(sink.all(), { textOf, outcome: 'nothing was recorded', quiet: options.quiet });
  if (outcome === undefined) return;
  if (outcome.file !== undefined && options.quiet !== true)
    print(`${outcome.file}\n\nCommit it: git add ${outcome.file}\n`);
  if (outcome.missing === undefined) return;
  for (const { id, name, department } of outcome.missing)
    print(`${id}${name === null ? '' : `  ${name}`}${department === null ? '' : `  (${department})`}\n`);
  if (outcome.missing.length === 0 && options.quiet !== true) print('everybody has accepted the plan\n');
};

/** Everybody with a stay on the plan's first day, or today, where that is later; undefined where there is no people table. */
const readStaff = (plan: Plan, options: Options, sink: Sink): Promise<readonly Staff[] | undefined> =>
  staffOn(lastOf(plan), plan, tableFiles(options.table), sink);

const lastOf = ({ change }: Plan): Day => Math.max(change?.effective ?? 0, today());

const missingOf = (plan: Plan, staff: readonly Staff[] | undefined, options: Options, sink: Sink): readonly Staff[] => {
  if (staff === undefined) {
    sink.add('file-not-found', 'there is no people table, so nobody can be missing', {
      file: plan.file,
      hint: 'put people.csv beside the plan, or name it with --table people=FILE',
    });
    return [];
  }
  const { records } = readRecords(plan, trustFor(plan.file, options.allowedSigners), sink);
  const meaning = meaningHash(plan);
  const has = ({ statement, verdict, deleted }: CheckedRecord): boolean =>
    !deleted && 'key' in verdict && statement.meaning === meaning && statement.effective === plan.change?.effective;
  // Whoever signed it for a role has read it, too.
  const accepted = new Set(
    records
      .filter(
        (record) => has(record) && (record.statement.kind === 'acceptance' || record.statement.kind === 'sign_off'),
      )
      .map(({ statement }) => statement.person),
  );
  return staff.filter(({ id }) => !accepted.has(id));
};

const acceptAs = (
  plan: Plan,
  person: string,
  staff: readonly Staff[] | undefined,
  options: Options,
  sink: Sink,
): string | undefined => {
  const { change } = plan;
  const own = staff?.find(({ id }) => id === person);
  if (staff !== undefined && own === undefined) {
    const near = nearest(
      person,
      staff.map(({ id }) => id),
    );
    const hint = near === undefined ? 'ids are compared to the letter' : `did you mean ${near}?`;
    const day = change === undefined ? '' : ` on ${formatDay(lastOf(plan))}`;
    throw new UsageError(`--as ${person}: people has nobody of that id${day}; ${hint}`);
  }
  if (change === undefined) return undefined;
  const trust = trustFor(plan.file, options.allowedSigners);
  return writeRecord(
    plan,
    {
      kind: 'acceptance',
      plan: plan.name,
      meaning: meaningHash(plan),
      effective: change.effective,
      role: undefined,
      person,
      department: own?.department ?? undefined,
      on: today(),
      says: options.comment?.trim() || undefined,
      withdraws: [],
      again: undefined,
    },
    { key: options.key, trust },
    sink,
  );
};
