import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Sink } from '../findings/sink.ts';
import { gitMaybe, topOf } from '../io/git.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';
import { UsageError } from './usage-error.ts';

/** A plan as it was named: a file, or one at a revision (`main:align-pay.yaml`). */
export interface PlanAt {
  /** As the command line names it. */
  readonly name: string;
  readonly plan: Plan | undefined;
  readonly files: PlanFiles;
  /** Where it stands, or stood: what paths in it are relative to. */
  readonly file: string;
}

interface Revision {
  readonly revision: string;
  readonly file: string;
}

const revisionOf = (named: string): Revision | undefined => {
  const colon = named.indexOf(':');
  // A drive letter is no revision.
  if (colon < 2) return undefined;
  return { revision: named.slice(0, colon), file: named.slice(colon + 1) };
};

/**
 * Reads a plan: a file that is there, else a file at a revision of git. `at` says where a copy (as `git difftool` makes one)
 * is taken to stand, for the paths in it.
 */
export const readPlanAt = (named: string, at: string | undefined, sink: Sink): PlanAt => {
  const revision = existsSync(named) ? undefined : revisionOf(named);
  return revision === undefined ? fromFile(named, at ?? named, sink) : fromGit(named, revision, sink);
};

const fromFile = (named: string, file: string, sink: Sink): PlanAt => {
  if (!existsSync(named)) throw new UsageError(`there is no file ${named}`);
  const files = new PlanFiles();
  const text = files.readPlan(named, sink);
  if (named !== file && text !== undefined) files.put(file, text);
  const plan = text === undefined ? undefined : loadPlan(file, text, files.read, { resolvePath }, sink);
  return { name: named, plan, files, file };
};

const fromGit = (named: string, { revision, file }: Revision, sink: Sink): PlanAt => {
  const top = topOf('.');
  if (top === undefined) throw new UsageError(`${named}: there is no such file, and this is no git repository`);
  if (gitMaybe('.', 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`) === undefined)
    throw new UsageError(`${named}: there is no such file, and git knows no revision ${revision}`);
  // As git reads it: from the top of the repository, unless it begins with a dot.
  const absolute = file.startsWith('.') ? path.resolve(file) : path.join(top, file);
  const text = shownBy(top, revision, absolute);
  if (text === undefined) throw new UsageError(`${named}: ${revision} has no file ${file}`);
  const standing = path.relative('.', absolute);
  const files = new PlanFiles((other) => shownBy(top, revision, path.resolve(other)));
  files.put(standing, text);
  return { name: named, plan: loadPlan(standing, text, files.read, { resolvePath }, sink), files, file: standing };
};

/** The text of a file at a revision; undefined where it has none. */
const shownBy = (top: string, revision: string, absolute: string): string | undefined => {
  const inside = path.relative(top, absolute).split(path.sep).join('/');
  if (inside.startsWith('../')) return undefined;
  return gitMaybe(top, 'show', `${revision}:${inside}`);
};
