import { endWithBug, minding } from './failure.ts';
import { version } from './version.ts';

process.on('uncaughtException', endWithBug);
minding(process.stdout, 'standard output');
minding(process.stderr, 'standard error');

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  // everything else is loaded from here on, so that the version comes as fast as node itself
  const { loadProgram } = await import('./load-program.ts');
  await loadProgram(argv).runProgram(argv);
}
