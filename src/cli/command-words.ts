/**
 * The words of the command line that are no options, from the command's name on; `argv` is what stands after the program's
 * name. The program's own options have no values, so the first word that is none of them is the command.
 */
export const commandWords = (argv: readonly string[]): readonly string[] =>
  argv.filter((word) => !word.startsWith('-'));
