import type { Finding } from '../../findings/finding.ts';

/** A finding for machines: the fields that every finding has, null where it has none, and what only some have. */
export const findingData = (finding: Finding) => {
  const { code, severity, message, file, line, column, hint, related } = finding;
  const { endColumn: end_column, path, table, field, value, expected } = finding;
  return {
    code,
    severity,
    message,
    file: file ?? null,
    line: line ?? null,
    column: column ?? null,
    hint: hint ?? null,
    related,
    ...Object.fromEntries(
      Object.entries({ end_column, path, table, field, value, expected }).filter(([, each]) => each !== undefined),
    ),
  };
};

/** All findings, in their order. */
export const findingsData = (findings: readonly Finding[]) => findings.map(findingData);
