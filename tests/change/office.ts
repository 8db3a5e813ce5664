import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { approvalOf } from '../../src/cli/approval.ts';
import { Sink } from '../../src/findings/sink.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import { parseIsoDay } from '../../src/values/date.ts';
import { type Outcome, run, scratch } from '../cli/run.ts';

/** Whether a program is installed; what needs it is skipped where it is not. */
export const has = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, [...args], { stdio: 'ignore' }).error === undefined;

export const HAS_SSH = has('ssh-keygen', '-?') && has('git', '--version');

const ENV = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  SSH_AUTH_SOCK: undefined,
};

/** A plan's repository with people who have keys, on days that the test chooses. */
export class Office {
  readonly folder = scratch();
  readonly keys = scratch();
  day = '2026-11-01';

  constructor(files: Readonly<Record<string, string>>, people: readonly string[]) {
    const lines = people.map((person) => `${person} namespaces="align-pay" ${this.makeKey(person)}`);
    this.write({ ...files, allowed_signers: `# who signs with which key\n${lines.join('\n')}\n` });
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'gpg.format', 'ssh');
    this.commit('The plan as it is');
  }

  /** A key of somebody's own; gives its public half. */
  makeKey(name: string): string {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', this.key(name)]);
    return readFileSync(`${this.key(name)}.pub`, 'utf8').trim();
  }

  key(name: string): string {
    return path.join(this.keys, name);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      writeFileSync(path.join(this.folder, name), text);
    }
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  remove(name: string): void {
    rmSync(path.join(this.folder, name));
  }

  /** Puts words in the place of others in a file. */
  change(name: string, from: string, to: string): void {
    const text = this.read(name);
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    this.write({ [name]: text.replace(from, to) });
  }

  git(...args: readonly string[]): string {
    const when = `${this.day}T12:00:00Z`;
    return execFileSync('git', args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...ENV,
        GIT_AUTHOR_NAME: 'someone',
        GIT_AUTHOR_EMAIL: 'someone@example.com',
        GIT_COMMITTER_NAME: 'someone',
        GIT_COMMITTER_EMAIL: 'someone@example.com',
        GIT_AUTHOR_DATE: when,
        GIT_COMMITTER_DATE: when,
      },
    });
  }

  commit(message: string): void {
    this.git('add', '-A');
    this.git('commit', '-qm', message, '--allow-empty');
  }

  /** The files of records, as paths from the plan's folder. */
  records(effective = '2027-01-01'): readonly string[] {
    const folder = path.join(this.folder, 'approvals', effective);
    return readdirSync(folder)
      .sort()
      .map((name) => path.join('approvals', effective, name));
  }

  /** align-pay on the day. */
  run(...args: readonly string[]): Promise<Outcome> {
    const epoch = String(Date.parse(`${this.day}T12:00:00Z`) / 1000);
    return run(args, { cwd: this.folder, env: { ...ENV, SOURCE_DATE_EPOCH: epoch } });
  }

  /** Somebody signs for a role with their key, and commits it. */
  async sign(role: string, person: string, ...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.run('sign', 'align-pay.yaml', '--as', role, '--key', this.key(person), ...args);
    if (outcome.code === 0) this.commit(`${role} says`);
    return outcome;
  }

  /** What stands between a plan and its being law on the day: as `check --approved` says it, without its other checks. */
  async open(file = 'align-pay.yaml'): Promise<readonly string[]> {
    Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' });
    const sink = new Sink();
    const read = (name: string): string => readFileSync(name, 'utf8');
    const name = path.join(this.folder, file);
    const plan = loadPlan(name, read(name), read, { resolvePath: (from, to) => path.join(from, '..', to) }, sink);
    if (plan !== undefined)
      await approvalOf(plan, { asOf: parseIsoDay(this.day) ?? 0, allowedSigners: undefined }, undefined, sink);
    return sink.all().map(({ code, message }) => `${code}: ${message.replaceAll(`${this.folder}/`, '')}`);
  }

  /** What `check --approved` finds, by code, on the day or another. */
  async missing(asOf = this.day): Promise<{ readonly code: number | null; readonly found: readonly string[] }> {
    const { code, stdout } = await this.run(
      'check',
      'align-pay.yaml',
      '--approved',
      '--as-of',
      asOf,
      '--format',
      'json',
    );
    const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string; message: string }[] };
    const errors = findings.filter(({ severity }) => severity === 'error');
    return { code, found: errors.map((finding) => `${finding.code}: ${finding.message}`) };
  }
}

export const PLAN = `plan: Sales 2027
currency: USD
period: month
params: { base_rate: 6% }
change:
  effective: 2027-01-01
  ends: 2027-12-31
  notice: 30 days
  because: Marketing carried 70% of the risk of weak quarters
  discussion: https://example.com/discussions/7
  roles: { head_of_sales: sara, head_of_marketing: mo, liaison: maria, finance: fay }
  sign_off: [ head_of_sales, head_of_marketing, liaison, finance ]
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: base_rate }
`;

export const PEOPLE = ['sara', 'mo', 'maria', 'fay', 'ana', 'ben'];

export const ROWS = {
  'deals.csv': 'deal_id,owner,close_date,amount,stage\nd1,ana,2027-02-15,1000.00,won\n',
  'people.csv':
    'person_id,name,department\nana,Ana Duarte,sales\nben,Ben Okoro,marketing\nsara,Sara Ito,sales\nmo,Mo Diallo,marketing\n',
};
