import type { Finding } from '../findings/finding.ts';
import { findingsText } from '../report/findings/findings-text.ts';
import { styleFor, widthOf } from './terminal.ts';

/** Findings for people, on standard error. */
export const sayFindings = (
  findings: readonly Finding[],
  {
    textOf,
    outcome,
    quiet,
  }: {
    readonly textOf: (file: string) => string | undefined;
    readonly outcome?: string;
    readonly quiet?: boolean | undefined;
  },
): void => {
  const told = quiet === true ? findings.filter(({ severity }) => severity === 'error') : findings;
  if (told.length === 0) return;
  const options = { style: styleFor('stderr'), width: widthOf(process.stderr), textOf };
  process.stderr.write(findingsText(told, outcome === undefined ? options : { ...options, outcome }));
};
