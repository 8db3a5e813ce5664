// Bundles src/cli/main.ts with its dependencies into dist/: one small file that starts, and chunks that are loaded when
// a command needs them. Nothing is emptied first: files are swapped in one by one, main.js last, so that a program that
// is starting meanwhile finds either the old bundle or the new one.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

/** Too heavy or too entangled with its own files to be bundled: stays an import from node_modules, made on demand. */
const external = ['pdfkit', '@duckdb/node-api'];

/** CommonJS dependencies ask for node's own modules with require(), which an ES module does not have. */
const banner =
  "import { createRequire as createRequireOfNode } from 'node:module';\n" +
  'const require = createRequireOfNode(import.meta.url);';

/** @param {string} file @param {Uint8Array} contents */
async function swap(file, contents) {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(contents)) return;
  const beside = `${file}.${process.pid}.tmp`;
  await writeFile(beside, contents);
  await rename(beside, file);
}

export async function build() {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external,
    // names stay, so that a stack in a bug report tells where; blanks go, because Node reads the whole at every start
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: false,
    legalComments: 'eof',
    chunkNames: '[name]-[hash]',
    banner: { js: banner },
    write: false,
    logLevel: 'warning',
  });
  const main = path.join(dist, 'main.js');
  await mkdir(dist, { recursive: true });
  const files = [...result.outputFiles].sort((a, b) => Number(a.path === main) - Number(b.path === main));
  for (const file of files) await swap(file.path, file.contents);
  const kept = new Set(files.map((file) => path.basename(file.path)));
  for (const name of await readdir(dist)) {
    if (!kept.has(name) && !name.endsWith('.tmp')) await rm(path.join(dist, name), { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
