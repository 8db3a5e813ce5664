import os from 'node:os';
import path from 'node:path';
import { gitMaybe, ProgramFailed, runProgram } from './git.ts';
import { withFiles } from './scratch-files.ts';

/** The namespace of our signatures: one made for git or for mail is none for a plan. */
export const NAMESPACE = 'align-pay';

/** How somebody signs, as git is set up to. */
export interface SigningKey {
  readonly format: 'ssh' | 'openpgp';
  /** ssh: a file, or a public key whose private half an agent has; openpgp: an id. */
  readonly key: string;
  readonly program: string;
}

/** There is no key to sign with, or it does not sign. */
export class CannotSign extends Error {}

const setting = (folder: string, name: string): string | undefined => {
  const value = gitMaybe(folder, 'config', '--get', name)?.trimEnd();
  return value === '' ? undefined : value;
};

export const sshProgram = (folder: string): string => setting(folder, 'gpg.ssh.program') ?? 'ssh-keygen';
export const gpgProgram = (folder: string): string =>
  setting(folder, 'gpg.openpgp.program') ?? setting(folder, 'gpg.program') ?? 'gpg';

/** A path of git's settings: `~/` is the home, what is relative stands as seen from here. */
export const settingPath = (folder: string, name: string): string | undefined =>
  gitMaybe(folder, 'config', '--type=path', '--get', name)?.trimEnd();

/**
 * The key that git would sign a commit with: `gpg.format`, `user.signingkey`, else what `gpg.ssh.defaultKeyCommand` prints, or
 * for OpenPGP the committer. A key that is named on the command line is an SSH key.
 */
export const signingKey = (folder: string, named: string | undefined): SigningKey => {
  if (named !== undefined) return { format: 'ssh', key: named, program: sshProgram(folder) };
  const format = setting(folder, 'gpg.format') ?? 'openpgp';
  const key = setting(folder, 'user.signingkey');
  if (format === 'openpgp') {
    const ident = gitMaybe(folder, 'var', 'GIT_COMMITTER_IDENT')?.replace(/>.*$/s, '>');
    const own = key ?? ident;
    if (own === undefined) throw new CannotSign('git knows no key: set user.signingkey');
    return { format, key: own, program: gpgProgram(folder) };
  }
  if (format !== 'ssh') throw new CannotSign(`git signs by gpg.format ${format}; a plan is signed with ssh or openpgp`);
  const own = key ?? defaultKey(folder);
  if (own === undefined) throw new CannotSign('git knows no key: set user.signingkey to the file of your SSH key');
  return { format, key: own, program: sshProgram(folder) };
};

const defaultKey = (folder: string): string | undefined => {
  const command = setting(folder, 'gpg.ssh.defaultKeyCommand');
  if (command === undefined) return undefined;
  const first = runProgram('sh', ['-c', command], { cwd: folder }).split('\n')[0] ?? '';
  return first.startsWith('key::') || first.startsWith('ssh-') ? first : undefined;
};

/** Signs a text; gives the armoured signature. */
export const sign = (text: string, { format, key, program }: SigningKey): string => {
  try {
    if (format === 'openpgp') return runProgram(program, ['--status-fd=2', '-bsau', key], { input: text });
    const literal = key.startsWith('key::') || key.startsWith('ssh-') ? key.replace(/^key::/, '') : undefined;
    if (literal === undefined)
      return runProgram(program, ['-Y', 'sign', '-n', NAMESPACE, '-f', expanded(key)], { input: text });
    return withFiles({ key: `${literal}\n` }, (file) =>
      runProgram(program, ['-Y', 'sign', '-n', NAMESPACE, '-f', file('key'), '-U'], { input: text }),
    );
  } catch (error) {
    if (error instanceof ProgramFailed) throw new CannotSign(`${program} does not sign with ${key}: ${error.message}`);
    throw error;
  }
};

const expanded = (file: string): string => (file.startsWith('~/') ? path.join(os.homedir(), file.slice(2)) : file);
