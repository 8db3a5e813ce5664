import { type Day, formatDay } from '../values/date.ts';
import { ProgramFailed, runProgram } from './git.ts';
import { withFiles } from './scratch-files.ts';
import { NAMESPACE } from './signing.ts';

/** Whose keys are trusted, as texts of files; undefined where there is none. */
export interface Trust {
  /** `allowed_signers` of ssh-keygen: whose key is which, and when it was valid. */
  readonly allowed: string | undefined;
  /** A list of public keys or a KRL, as a file that is there. */
  readonly revokedFile: string | undefined;
  /** The same for OpenPGP: `sara [valid-after="...",valid-before="..."] FINGERPRINT`, a line for each key. */
  readonly allowedGpg: string | undefined;
  readonly programs: { readonly ssh: string; readonly gpg: string };
}

/** A signature that is good has the fingerprint of its key; one that is not, the reason. */
export type Verdict = { readonly key: string } | { readonly reason: string };

type Verify = (text: string, signature: string, person: string, days: readonly Day[], trust: Trust) => Verdict;

/** Whether a person signed a text, with a key that was theirs on all of some days and is not revoked. */
export const verify: Verify = (text, signature, ...asked) =>
  signature.startsWith('-----BEGIN SSH SIGNATURE-----')
    ? verifySsh(text, signature, ...asked)
    : signature.startsWith('-----BEGIN PGP SIGNATURE-----')
      ? verifyGpg(text, signature, ...asked)
      : { reason: 'it has no signature of SSH or OpenPGP' };

const verifySsh: Verify = (text, signature, person, days, trust) => {
  const { allowed, revokedFile, programs } = trust;
  if (allowed === undefined) return { reason: 'there is no allowed_signers file to check it against' };
  if (!/^[^\s*?!,"]+$/.test(person)) return { reason: `“${person}” cannot be looked up in allowed_signers` };
  // Days are days of UTC, here and in allowed_signers, whoever checks.
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' };
  return withFiles({ signature: `${signature}\n`, allowed: `${allowed}\n` }, (file) => {
    const keygen = (...args: readonly string[]): string | undefined => {
      try {
        return runProgram(programs.ssh, ['-Y', ...args, '-s', file('signature')], { input: text, env });
      } catch (error) {
        if (error instanceof ProgramFailed) return undefined;
        throw error;
      }
    };
    const intact = keygen('check-novalidate', '-n', NAMESPACE);
    if (intact === undefined)
      return { reason: 'the signature is not of this text: it was altered, or made for something else' };
    const key = /key (SHA256:\S+)/.exec(intact)?.[1] ?? '';
    for (const day of days) {
      const at = `-Overify-time=${compact(day)}120000`;
      const who = ['verify', '-n', NAMESPACE, '-f', file('allowed'), '-I', person, at];
      if (keygen(...who) === undefined)
        return { reason: notTheirs(keygen('find-principals', '-f', file('allowed'), at), key, person, day) };
      if (revokedFile !== undefined && keygen(...who, '-r', revokedFile) === undefined)
        return { reason: `its key ${key} is revoked` };
    }
    return { key };
  });
};

/** `20270131`, as ssh-keygen writes a day. */
const compact = (day: Day): string => formatDay(day).replaceAll('-', '');

const notTheirs = (principals: string | undefined, key: string, person: string, on: Day): string => {
  const owners = (principals ?? '').trim().split('\n').join(', ');
  return owners === '' || owners.split(', ').includes(person)
    ? `its key ${key} was not one of ${person}'s for align-pay on ${formatDay(on)}, by allowed_signers`
    : `its key ${key} is not ${person}'s, but that of ${owners}`;
};

const verifyGpg: Verify = (text, signature, person, days, trust) => {
  const { allowedGpg, programs } = trust;
  if (allowedGpg === undefined) return { reason: 'there is no allowed_signers.gpg file to check it against' };
  return withFiles({ signature: `${signature}\n` }, (file): Verdict => {
    let status: string;
    try {
      status = runProgram(programs.gpg, ['--status-fd=1', '--verify', file('signature'), '-'], {
        input: text,
        env: { ...process.env, LC_ALL: 'C' },
      });
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      return { reason: `gpg refuses it: ${gpgReason(error.stderr)}` };
    }
    if (/^\[GNUPG:\] (?:REVKEYSIG|EXPSIG)\b/m.test(status)) return { reason: 'its key is revoked, or it has expired' };
    // The last field is the primary key's fingerprint, which is the person's whichever subkey signed.
    const valid = /^\[GNUPG:\] VALIDSIG .* ([0-9A-F]{40,})$/m.exec(status)?.[1];
    if (valid === undefined) return { reason: 'gpg does not call it valid' };
    const wrong = days.find((day) => !isListed(allowedGpg, person, valid, day));
    return wrong === undefined
      ? { key: valid }
      : { reason: `its key ${valid} was not one of ${person}'s on ${formatDay(wrong)}, by allowed_signers.gpg` };
  });
};

const gpgReason = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.startsWith('gpg: ') && /BAD|revoked|expired|No public key|not/i.test(line))
    .map((line) => line.slice(5))[0] ?? 'it is not good';

/** `sara valid-before="20270101" 0123...`: one person, options, the fingerprint; `#` begins a comment. */
const isListed = (list: string, person: string, fingerprint: string, on: Day): boolean =>
  list.split('\n').some((line) => {
    const [names = '', ...rest] = line.trim().split(/\s+/);
    const key = rest
      .pop()
      ?.toUpperCase()
      .replace(/^OPENPGP:/, '');
    if (names.startsWith('#') || key !== fingerprint || !names.split(',').includes(person)) return false;
    const options = rest.join(',');
    const day = compact(on);
    const option = (name: string): string | undefined => new RegExp(`${name}="?(\\d{8})`).exec(options)?.[1];
    const [after, before] = [option('valid-after'), option('valid-before')];
    return (after === undefined || day >= after) && (before === undefined || day < before);
  });
