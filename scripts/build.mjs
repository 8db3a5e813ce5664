// Bundles the program into dist/: main.js, which starts and knows the version; program-HASH.cjs, which is all the rest;
// compute-HASH.cjs, which is `compute` alone and so starts sooner; and beside both the code that V8 made of them while they
// computed the examples. Files are swapped in one by one, main.js last, so
// that a program that is starting meanwhile finds either the old bundle or the new one.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { buildFonts } from './build-fonts.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const HOUR_MS = 3_600_000;

/** What few commands need and is heavy: a bundle each beside the program, which loads it when it is asked for. */
const asides = ['src/cli/workbook-bytes.ts', 'src/cli/pdf-bytes.ts', 'src/io/decode-legacy.ts'];

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // names stay, so that a stack in a bug report tells where; blanks go, because Node reads the whole at every start
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: false,
  legalComments: 'eof',
  write: false,
  logLevel: 'warning',
};

/** A bundle is no module, and yet it knows where it lies. */
const ownUrl = {
  define: { 'import.meta.url': 'URL_OF_BUNDLE' },
  banner: { js: "const URL_OF_BUNDLE=require('node:url').pathToFileURL(__filename).href;" },
};

/** @param {esbuild.BuildOptions} options @returns {Promise<Uint8Array>} */
async function bundled(options) {
  const { outputFiles = [] } = await esbuild.build({ ...common, ...options });
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length !== 1) throw new Error('esbuild has not made one file');
  return file.contents;
}

/** @param {Uint8Array} contents */
const hashOf = (contents) => createHash('sha256').update(contents).digest('hex').slice(0, 12);

/** Bundles what is loaded on demand; gives the names of the files, and has imports of the sources find them there. */
const bundledAsides = async () => {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const entry of asides) {
    const contents = await bundled({
      entryPoints: [entry],
      outfile: 'dist/aside.cjs',
      format: 'cjs',
      minify: true,
      ...ownUrl,
    });
    const name = `${path.basename(entry, '.ts')}-${hashOf(contents)}.cjs`;
    await swap(path.join(dist, name), contents);
    names.set(path.join(root, entry), name);
  }
  /** @type {esbuild.Plugin} */
  const plugin = {
    name: 'asides',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^\.\.?\// }, ({ kind, path: to, resolveDir }) => {
        const name = kind === 'dynamic-import' ? names.get(path.resolve(resolveDir, to)) : undefined;
        return name === undefined ? undefined : { path: `./${name}`, external: true };
      });
    },
  };
  return { names: [...names.values()], plugin };
};

/**
 * Leaves every command but compute out of a bundle, which is half of it: `load-program.ts` calls that bundle for compute only.
 * @type {esbuild.Plugin}
 */
const onlyCompute = {
  name: 'only compute',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/command-.*\.ts$/ }, ({ kind, path: to }) =>
      kind === 'dynamic-import' && to !== './command-compute.ts' ? { path: to, external: true } : undefined,
    );
  },
};

/** The script and the style of the pilot page, as one file. */
const bundledPage = async () => {
  const browser = {
    platform: /** @type {const} */ ('browser'),
    minify: true,
    legalComments: /** @type {const} */ ('none'),
  };
  const script = await bundled({
    ...browser,
    entryPoints: ['src/page/main.ts'],
    outfile: 'dist/page.js',
    format: 'iife',
    target: 'es2022',
  });
  const style = await bundled({ ...browser, entryPoints: ['src/page/page.css'], outfile: 'dist/page.css' });
  const [scriptText, styleText] = [script, style].map((each) => new TextDecoder().decode(each).trim());
  return new TextEncoder().encode(JSON.stringify({ script: scriptText, style: styleText }));
};

/** @param {string} file @param {Uint8Array} contents */
async function swap(file, contents) {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(contents)) return;
  const beside = `${file}.${process.pid}.tmp`;
  await writeFile(beside, contents);
  await rename(beside, file);
}

export async function build() {
  await mkdir(dist, { recursive: true });
  const worker = await bundled({ entryPoints: ['src/cli/pilot-worker.ts'], outfile: 'dist/worker.cjs', format: 'cjs' });
  const workerName = `pilot-worker-${hashOf(worker)}.cjs`;
  await swap(path.join(dist, workerName), worker);
  const page = await bundledPage();
  const pageName = `pilot-page-${hashOf(page)}.json`;
  await swap(path.join(dist, pageName), page);
  await buildFonts(root, dist);
  const beside = await bundledAsides();
  /** @param {readonly esbuild.Plugin[]} plugins */
  const programWith = (plugins) =>
    bundled({
      entryPoints: ['src/cli/program.ts'],
      outfile: 'dist/program.cjs',
      format: 'cjs',
      plugins: [...plugins, beside.plugin],
      // The loader gives a bundle `require`, and no import that V8 would still know of in code that it kept.
      supported: { 'dynamic-import': false },
      ...ownUrl,
      define: {
        ...ownUrl.define,
        PILOT_WORKER: JSON.stringify(workerName),
        PILOT_PAGE: JSON.stringify(pageName),
      },
    });
  // The name tells bundles apart: V8 itself would take the code of another of the same length for its own.
  const program = await programWith([]);
  const compute = await programWith([onlyCompute]);
  const name = `program-${hashOf(program)}.cjs`;
  const computeName = `compute-${hashOf(compute)}.cjs`;
  const define = { BUNDLE: JSON.stringify(name), COMPUTE_BUNDLE: JSON.stringify(computeName) };
  const loader = await bundled({
    entryPoints: ['src/cli/load-program.ts'],
    outfile: 'dist/load.js',
    format: 'esm',
    define,
  });
  const main = await bundled({ entryPoints: ['src/cli/main.ts'], outfile: 'dist/main.js', format: 'esm', define });
  await swap(path.join(dist, name), program);
  await swap(path.join(dist, computeName), compute);
  await swap(path.join(dist, 'load.js'), loader);
  // What V8 made of them is this machine's and this Node's own: elsewhere it is refused, and nothing but time is lost.
  for (const bundle of [name, computeName]) {
    if (existsSync(path.join(dist, `${bundle}.cache`))) continue;
    execFileSync(process.execPath, [path.join(root, 'scripts/warm.mjs'), bundle], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  await swap(path.join(dist, 'main.js'), main);
  const programs = [name, computeName].flatMap((bundle) => [bundle, `${bundle}.cache`]);
  const kept = new Set(['main.js', 'load.js', ...programs, workerName, pageName, 'fonts', ...beside.names]);
  for (const each of await readdir(dist)) {
    const file = path.join(dist, each);
    // Younger ones may be starting somewhere.
    if (!kept.has(each) && Date.now() - (await stat(file)).mtimeMs > HOUR_MS)
      await rm(file, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
