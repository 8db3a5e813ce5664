import { writeSync } from 'node:fs';
import { exitCode } from './exit-code.ts';

function describe(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return verbose ? (error.stack ?? error.message) : error.message;
}

/** A bug: says so on standard error and ends the program at once. */
export function endWithBug(error: unknown): never {
  const verbose = process.argv.includes('--verbose');
  const hint = verbose ? '' : ' (--verbose shows where it happened)';
  const text = `align-pay itself failed: ${describe(error, verbose)}; please report it at the project's issue page${hint}\n`;
  try {
    writeSync(2, text);
  } catch {
    // nobody is reading standard error: the exit code is all that is left to say
  }
  process.exit(exitCode.bug);
}

/** A reader that has seen enough (`| head`) is no failure; a full disk behind standard output is one, but no bug. */
export function minding(stream: NodeJS.WriteStream, name: string): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    try {
      writeSync(2, `align-pay: cannot write to ${name}: ${error.message}\n`);
    } catch {
      // standard error is the stream that failed
    }
    process.exitCode = exitCode.usage;
  });
}
