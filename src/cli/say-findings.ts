import type { Finding } from '../findings/finding.ts';
import { findingsText } from '../report/findings/findings-text.ts';
import { styleFor, widthOf } from './terminal.ts';

export interface FindingsTelling {
  readonly textOf: (file: string) => string | undefined;
  readonly outcome?: string;
  readonly quiet?: boolean | undefined;
  /** They stand in an object on standard output: then nothing is said here. */
  readonly json?: boolean;
  /** Something was printed before, from which they are kept apart. */
  readonly apart?: boolean;
}

/** Findings for people, on standard error. */
export const sayFindings = (
  findings: readonly Finding[],
  { textOf, outcome, quiet, json, apart }: FindingsTelling,
): void => {
  if (json === true) return;
  const told = quiet === true ? findings.filter(({ severity }) => severity === 'error') : findings;
  if (told.length === 0) return;
  const options = { style: styleFor('stderr'), width: widthOf(process.stderr), textOf };
  const text = findingsText(told, outcome === undefined ? options : { ...options, outcome });
  process.stderr.write(`${apart === true && quiet !== true ? '\n' : ''}${text}`);
};
