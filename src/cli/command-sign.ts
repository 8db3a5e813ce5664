import { type Statement, signedText } from '../change/record.ts';
import { type Approving, Trusted } from '../change/trusted.ts';
import { Sink } from '../findings/sink.ts';
import { sha256 } from '../io/sha256.ts';
import { approvalBlocks, approvalData } from '../report/change/approval-text.ts';
import { documentText } from '../report/change/document-text.ts';
import { findingsData } from '../report/findings/findings-json.ts';
import type { Plan, Role } from '../rules/plan.ts';
import { nearest } from '../values/nearest.ts';
import { act } from './act.ts';
import { approvalOf, approvingOf } from './approval.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { loadOnePlan } from './load-one-plan.ts';
import { meaningHash } from './meaning-hash.ts';
import { writeRecord } from './record-write.ts';
import { sayFindings } from './say-findings.ts';
import { styleFor, widthOf } from './terminal.ts';
import { today } from './today.ts';
import { trustFor } from './trust.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly as: string;
  readonly comment?: string;
  /** True where no reason follows. */
  readonly object?: string | true;
  readonly withdraw?: true;
  readonly key?: string;
  readonly allowedSigners?: string;
  readonly format: 'text' | 'json';
  readonly quiet?: true;
}

/** `align-pay sign [plan] --as ROLE`: records a sign-off, an objection or its withdrawal, signed, beside the plan. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[plan]', 'the plan; without it, align-pay.yaml here or in a folder above')
    .requiredOption('--as <role>', 'the role that signs, as in head_of_sales')
    .option('--comment <words>', 'what is to be said along with it')
    .option('--object [reason]', 'object instead, and say why')
    .option('--withdraw', 'take back what this role has said: its objection, else its sign-off')
    .option('--key <file>', 'an SSH key; without it, the key that git signs commits with')
    .option('--allowed-signers <file>', 'whose keys are trusted; without it, allowed_signers beside the plan or above')
    .addOption(
      command.createOption('--format <format>', 'how the outcome is told').choices(['text', 'json']).default('text'),
    )
    .option('--quiet', 'print nothing but errors')
    .action((plan: string | undefined, options: Options) => act(command, () => run(plan, options)));
};

const run = async (named: string | undefined, options: Options): Promise<void> => {
  if (options.object !== undefined && options.withdraw === true)
    throw new UsageError('--object and --withdraw do not go together');
  if (options.object === true || options.object?.trim() === '')
    throw new UsageError('--object: say why, as in --object "It costs more than was planned"');
  const sink = new Sink();
  const { plan, files } = loadOnePlan(named, sink);
  const asked = { asOf: today(), allowedSigners: options.allowedSigners };
  const file = plan && signAs(plan, await approvingOf(plan, asked, undefined, new Sink()), options, sink);
  const failed = sink.hasErrors;
  // How far it has come is told, but it is no failure of this signature.
  const approval = plan === undefined || failed ? undefined : await approvalOf(plan, asked, undefined, new Sink());
  if (options.format === 'json') {
    const data = plan && approval && approvalData(plan, meaningHash(plan), approval);
    print(`${JSON.stringify({ file: file ?? null, ...data, findings: findingsData(sink.all()) }, null, 2)}\n`);
  } else {
    if (plan !== undefined && approval !== undefined && options.quiet !== true) {
      print(`${file}\n\n`);
      print(
        documentText(approvalBlocks(plan, approval), { style: styleFor('stdout'), width: widthOf(process.stdout) }),
      );
      print(`\nCommit it: git add ${file}\n`);
    }
    sayFindings(sink.all(), { textOf: (name) => files.textOf(name), outcome: 'nothing was signed' });
  }
  process.exitCode = failed ? exitCode.findings : exitCode.done;
};

const print = (text: string): void => {
  process.stdout.write(text);
};

const signAs = (plan: Plan, approving: Approving, options: Options, sink: Sink): string | undefined => {
  const { change } = plan;
  if (change === undefined) {
    sink.add('not-approved', 'the plan says no change:, so there is nothing to sign', {
      file: plan.file,
      path: 'change',
      hint: 'say change: { effective: ..., because: ..., roles: { ... }, sign_off: [ ... ] }',
    });
    return undefined;
  }
  const role = roleOf(plan, options.as);
  const trusted = new Trusted(approving, change, new Sink());
  const kind = options.withdraw === true ? 'withdrawal' : options.object === undefined ? 'sign_off' : 'objection';
  const reason = options.object === true ? undefined : options.object;
  const statement: Statement = {
    kind,
    plan: plan.name,
    meaning: approving.meaning,
    effective: change.effective,
    role: role.name,
    person: role.person,
    department: role.department,
    on: approving.asOf,
    says: (reason ?? options.comment)?.trim() || undefined,
    withdraws: kind === 'objection' ? [] : takenBack(trusted, role, kind),
    again: undefined,
  };
  const trust = trustFor(plan.file, options.allowedSigners);
  return writeRecord(plan, saidAnew(statement, trusted), { key: options.key, trust }, sink);
};

/** The same said again after it was taken back is another statement, or it would be taken back from the start. */
const saidAnew = (statement: Statement, trusted: Trusted): Statement => {
  let anew = statement;
  while (trusted.isTakenBack(sha256(signedText(anew)))) anew = { ...anew, again: (anew.again ?? 1) + 1 };
  return anew;
};

const roleOf = (plan: Plan, name: string): Role => {
  const role = plan.roles.get(name);
  if (role !== undefined) return role;
  const near = nearest(name, plan.roles.keys());
  const roles = [...plan.roles.keys()].join(', ');
  const hint = near !== undefined ? `did you mean ${near}?` : roles === '' ? 'it has none' : `it has ${roles}`;
  throw new UsageError(`--as ${name}: the plan has no such role; ${hint}`);
};

/** What a sign-off or a withdrawal takes back: the role's open objections; a withdrawal without any, its sign-off of this version. */
const takenBack = (trusted: Trusted, role: Role, kind: 'sign_off' | 'withdrawal'): readonly string[] => {
  const objections = trusted.openObjections().filter(({ statement }) => statement.role === role.name);
  if (kind === 'sign_off' || objections.length > 0) return objections.map(({ hash }) => hash);
  const signed = trusted.signOffOf(role);
  if (signed === undefined) throw new UsageError(`--withdraw: ${role.name} has said nothing that could be taken back`);
  return [signed.hash];
};
