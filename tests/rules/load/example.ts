import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The whole example of the rule language. */
export const WHOLE = read('whole.yaml');

/** The smallest plan. */
export const SMALLEST = read('smallest.yaml');
