import { writeSync } from 'node:fs';
import { exitCode } from './exit-code.ts';

/** A bug: says so on standard error and ends the program at once. */
export function endWithBug(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const where = error instanceof Error && process.argv.includes('--verbose') ? `\n${error.stack}` : '';
  const hint = where === '' ? ' (--verbose shows where it happened)' : '';
  try {
    writeSync(2, `align-pay itself failed: ${message}; please report it at the project's issue page${hint}${where}\n`);
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
