import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gitMaybe, topOf } from '../io/git.ts';
import { gpgProgram, settingPath, sshProgram } from '../io/signing.ts';
import type { Trust } from '../io/verifying.ts';
import { UsageError } from './usage-error.ts';

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
