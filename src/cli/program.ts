import { Command, CommanderError } from 'commander';
import { commandWords } from './command-words.ts';
import { type CommandEntry, commands } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { version } from './version.ts';

const description =
  'Calculates incentives and commissions from a plan in YAML and tables in CSV,\n' +
  'to the cent, and says where each figure comes from.';

const exitCodes = `
Exit codes:
  0  done; warnings and notes at most
  1  something is wrong in the plan, the data or a plan test
  2  wrong usage
  3  align-pay itself failed: a bug`;

/** The commands that these arguments call or ask help for. */
function called(argv: readonly string[], entries: readonly CommandEntry[]): readonly CommandEntry[] {
  const [first, second] = commandWords(argv);
  return entries.filter(({ name }) => name === first || (first === 'help' && name === second));
}

async function build(argv: readonly string[]): Promise<Command> {
  const program = new Command('align-pay')
    .description(description)
    .version(version, '-V, --version', 'print the version')
    .option('--verbose', 'if align-pay itself fails, show where')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError()
    .exitOverride();
  program.addHelpText('after', exitCodes);
  const wanted = called(argv, commands);
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary).description(entry.summary);
    if (wanted.includes(entry)) (await entry.load()).define(command, commands);
  }
  return program;
}

/** Runs the command that the arguments name and leaves the outcome in `process.exitCode`. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = await build(argv);
  try {
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // commander ends help and version with 0 or, where no command was named, 1; every error of its own with 1
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
  }
}
