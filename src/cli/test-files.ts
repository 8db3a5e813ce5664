import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error.ts';

const SUFFIX = '.test.yaml';
/** Deeper than any project is. */
const MAX_DEPTH = 40;

/** All `*.test.yaml` in a folder and below, not in node_modules and hidden folders, in a stable order. */
const below = (folder: string, depth = 0): string[] => {
  if (depth > MAX_DEPTH) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : below(file, depth + 1);
    return entry.isFile() && entry.name.endsWith(SUFFIX) ? [file] : [];
  });
};

/** The test files that are named, or stand in folders that are named; without any, those here and below. */
export const findTestFiles = (named: readonly string[]): readonly string[] => {
  if (named.length === 0) {
    const found = below('.');
    if (found.length === 0)
      throw new UsageError('there is no *.test.yaml here or below; `align-pay init` writes one beside a plan');
    return found;
  }
  const files = named.flatMap((name) => {
    if (!existsSync(name)) throw new UsageError(`there is no file ${name}`);
    if (!statSync(name).isDirectory()) return [path.normalize(name)];
    const found = below(name);
    if (found.length === 0) throw new UsageError(`there is no *.test.yaml in ${name} or below`);
    return found;
  });
  return [...new Set(files)];
};
