import { CODES, type FindingCode } from './codes.ts';
import type { Finding, Severity } from './finding.ts';

type Parts = Omit<Finding, 'code' | 'severity' | 'message' | 'related'> &
  Partial<Pick<Finding, 'severity' | 'related'>>;

/** Collects findings instead of throwing them, so that all of them are said at once. */
export class Sink {
  readonly #found: Finding[] = [];
  readonly #count: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  /** Adds a finding; its severity is the code's own unless `parts` says otherwise. */
  add(code: FindingCode, message: string, parts: Parts = {}): void {
    const severity = parts.severity ?? CODES[code].severity;
    this.#count[severity]++;
    this.#found.push({ ...parts, code, severity, message, related: parts.related ?? [] });
  }

  push(finding: Finding): void {
    this.#count[finding.severity]++;
    this.#found.push(finding);
  }

  count(severity: Severity): number {
    return this.#count[severity];
  }

  get hasErrors(): boolean {
    return this.#count.error > 0;
  }

  /** All findings in a stable order: by file, line, column and code, then as found. */
  all(): readonly Finding[] {
    return [...this.#found].sort(inOrder);
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inOrder = (a: Finding, b: Finding): number =>
  compareText(a.file ?? '', b.file ?? '') ||
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  compareText(a.code, b.code);
