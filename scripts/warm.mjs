// Computes the examples once with a bundle that has just been built, and keeps the code that V8 made of it: `warm.mjs NAME`.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const file = path.join(root, 'dist', process.argv[2] ?? '');
/** @type {{ compile: typeof import('../src/cli/load-program.ts').compile }} */
const { compile } = await import(path.join(root, 'dist/load.js'));
const { program, script } = compile(file);
const out = mkdtempSync(path.join(tmpdir(), 'align-pay-warm-'));
try {
  for (const deals of ['shared-growth/deals.csv', 'salesforce-export/opportunities.csv', 'first-plan/deals.csv']) {
    await program.runProgram([
      'compute',
      path.join(root, 'examples', deals),
      '--out',
      path.join(out, path.dirname(deals)),
    ]);
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
const draft = `${file}.cache.${process.pid}.tmp`;
writeFileSync(draft, script.createCachedData());
renameSync(draft, `${file}.cache`);
