import { Command, type Option } from 'commander';
import { FINDING_CODES } from '../findings/codes.ts';
import type { CommandEntry, CommandFile } from './commands.ts';
import {
  bashScript,
  type CompletedCommand,
  type CompletedOption,
  fishScript,
  zshScript,
} from './completion-scripts.ts';

const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof SHELLS;

const completedOption = ({ long, short, description, argChoices, required, optional }: Option): CompletedOption => ({
  names: [long, short].filter((name) => name !== undefined && name !== null),
  summary: description,
  takesValue: required || optional,
  choices: argChoices ?? [],
});

/** What commander knows of all commands; their files are loaded for it, as no other command does. */
const completedCommands = (commands: readonly CommandEntry[]): Promise<readonly CompletedCommand[]> =>
  Promise.all(
    commands.map(async ({ name, summary, load }): Promise<CompletedCommand> => {
      const command = new Command(name);
      (await load()).define(command, commands);
      const words = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
      const codes = name === 'help' ? [...commands.map((each) => each.name), ...FINDING_CODES] : [];
      return { name, summary, options: command.options.map(completedOption), words: [...words, ...codes] };
    }),
  );

/** `align-pay completion SHELL`: a script that completes commands and options. */
export const define: CommandFile['define'] = (command, commands) => {
  command
    .addArgument(command.createArgument('<shell>', 'which shell it is for').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      '\n  bash: eval "$(align-pay completion bash)" in ~/.bashrc\n  zsh:  eval "$(align-pay completion zsh)" in ~/.zshrc, after compinit\n  fish: align-pay completion fish | source, in config.fish',
    )
    .action(async (shell: Shell) => {
      const options = (command.parent?.options ?? []).map(completedOption);
      const help: CompletedOption = { names: ['--help', '-h'], summary: 'print help', takesValue: false, choices: [] };
      process.stdout.write(SHELLS[shell](await completedCommands(commands), [...options, help]));
    });
};
