/** An option as a shell completes it. */
export interface CompletedOption {
  /** `--format`, and `-h` where there is one. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  /** The words that its value may be; empty where it is anything. */
  readonly choices: readonly string[];
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Words that its arguments may be, beside files. */
  readonly words: readonly string[];
}

const all = (options: readonly CompletedOption[]): string => options.flatMap(({ names }) => names).join(' ');

/** For bash 3.2 and later: no need for the package bash-completion. */
export const bashScript = (commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string => {
  const choices = commands.flatMap((command) =>
    command.options
      .filter((option) => option.choices.length > 0)
      .flatMap(({ names, choices: words }) =>
        names.map(
          (name) => `    ${command.name}:${name}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")); return ;;`,
        ),
      ),
  );
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ takesValue, choices: words }) => takesValue && words.length === 0)
      .flatMap(({ names }) => names.map((name) => `${command.name}:${name}`)),
  );
  return `# align-pay: completion for bash. In ~/.bashrc: eval "$(align-pay completion bash)"
_align_pay() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      -*) ;;
      *) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$command:$before" in
${choices.join('\n')}
${values.length === 0 ? '' : `    ${values.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;\n`}  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), all(options)].join(' ')}" -- "$word")); return ;;
${commands.map(({ name, options: own, words }) => `    ${name}) [[ "$word" == -* ]] && COMPREPLY=($(compgen -W "${all([...own, ...options])}" -- "$word")) || COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word") $(compgen -f -- "$word")); return ;;`).join('\n')}
  esac
}
complete -o filenames -F _align_pay align-pay
`;
};

const quoted = (text: string): string => text.replace(/'/g, "'\\''");
/** In zsh's specifications brackets and colons have a meaning. */
const zshWords = (text: string): string => quoted(text.replace(/[[\]:\\]/g, (mark) => `\\${mark}`));

const zshOption = ({ names, summary, takesValue, choices }: CompletedOption): string[] =>
  names.map((name) => {
    const value = !takesValue ? '' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
    return `'*${name}[${zshWords(summary)}]${value}'`;
  });

export const zshScript = (commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string => {
  const one = ({ name, options: own, words }: CompletedCommand): string => {
    const specs = [...own, ...options].flatMap(zshOption);
    const rest = words.length === 0 ? "'*:file:_files'" : `'*:what:(${words.join(' ')})'`;
    return `      ${name}) _arguments ${[...specs, rest].join(' ')} ;;`;
  };
  return `#compdef align-pay
# align-pay: completion for zsh. In ~/.zshrc, after compinit: eval "$(align-pay completion zsh)"
_align_pay() {
  local state line
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    '${name}:${zshWords(summary)}'`).join('\n')}
  )
  _arguments -C ${options.flatMap(zshOption).join(' ')} '1:command:->command' '*::argument:->arguments'
  case "$state" in
    command) _describe 'command' commands ;;
    arguments)
      case "$line[1]" in
${commands.map(one).join('\n')}
      esac ;;
  esac
}
compdef _align_pay align-pay
`;
};

export const fishScript = (commands: readonly CompletedCommand[], options: readonly CompletedOption[]): string => {
  const option = ({ names, summary, takesValue, choices }: CompletedOption, when: string): string => {
    const flags = names
      .map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
      .join(' ');
    const value = !takesValue ? '' : choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : ' -r -F';
    return `complete -c align-pay ${when}${flags}${value} -d '${quoted(summary)}'`;
  };
  return `# align-pay: completion for fish. In config.fish: align-pay completion fish | source
complete -c align-pay -n __fish_use_subcommand -f
${commands.map(({ name, summary }) => `complete -c align-pay -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`).join('\n')}
${options.map((each) => option(each, '')).join('\n')}
${commands
  .flatMap(({ name, options: own, words }) => [
    ...own.map((each) => option(each, `-n '__fish_seen_subcommand_from ${name}' `)),
    ...(words.length === 0
      ? []
      : [`complete -c align-pay -n '__fish_seen_subcommand_from ${name}' -f -a '${words.join(' ')}'`]),
  ])
  .join('\n')}
`;
};
