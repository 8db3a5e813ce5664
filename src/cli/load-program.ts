import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { commandWords } from './command-words.ts';

/** What the program's bundle exports. */
interface Program {
  readonly runProgram: (argv: readonly string[]) => Promise<void>;
}

/** The bundle as V8 compiled it when it was built: starting costs half without reading a million characters again. */
export interface Compiled {
  readonly program: Program;
  readonly script: vm.Script;
}

declare const BUNDLE: string;
/** The same with no command but compute: half as much to read at each start. */
declare const COMPUTE_BUNDLE: string;

/** The wrapper that Node puts around a CommonJS module. */
const wrapped = (source: string): string => `(function(exports,require,module,__filename,__dirname){${source}\n})`;

/**
 * Runs a bundle, by the code cache beside it where V8 takes that: it must come from the same version of V8 and the same
 * source, else it is compiled anew.
 */
export const compile = (file: string): Compiled => {
  const cache = `${file}.cache`;
  const script = new vm.Script(wrapped(readFileSync(file, 'utf8')), {
    filename: file,
    cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
  });
  const bundle: { exports: Partial<Program> } = { exports: {} };
  script.runInThisContext()(bundle.exports, module.createRequire(file), bundle, file, path.dirname(file));
  const { runProgram } = bundle.exports;
  if (runProgram === undefined) throw new Error(`${file} exports no program`);
  return { program: { runProgram }, script };
};

/** The program, from the bundle that was built with this file; `argv` are the words after the program's name. */
export const loadProgram = (argv: readonly string[]): Program => {
  const [command] = commandWords(argv);
  const bundle = command === 'compute' ? COMPUTE_BUNDLE : BUNDLE;
  return compile(path.join(path.dirname(fileURLToPath(import.meta.url)), bundle)).program;
};
