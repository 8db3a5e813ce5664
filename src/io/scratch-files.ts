import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Hands texts to a program as files that nobody else can read, and takes them away afterwards. */
export const withFiles = <T>(
  texts: Readonly<Record<string, string>>,
  use: (file: (name: string) => string) => T,
): T => {
  const folder = mkdtempSync(path.join(tmpdir(), 'align-pay-'));
  const file = (name: string): string => path.join(folder, name);
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(file(name), text, { mode: 0o600 });
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
