import type { Command } from 'commander';
import { CODES, FINDING_CODES } from '../findings/codes.ts';
import { pageText } from '../report/terminal/page-text.ts';
import { nearest } from '../values/nearest.ts';
import type { CommandFile } from './commands.ts';
import { findingPage } from './finding-page.ts';
import { styleFor } from './terminal.ts';

const overview = (program: Command): string => {
  const width = Math.max(...FINDING_CODES.map((code) => code.length));
  const codes = FINDING_CODES.map((code) => `  ${code.padEnd(width)}  ${CODES[code].title}`);
  return [
    program.helpInformation().trimEnd(),
    '',
    'align-pay help COMMAND   the options of a command',
    'align-pay help CODE      what a finding means, with an example and how it is mended:',
    '',
    ...codes,
    '',
  ].join('\n');
};

const show = (topic: string | undefined, command: Command): void => {
  const program = command.parent ?? command;
  if (topic === undefined) {
    process.stdout.write(overview(program));
    return;
  }
  const called = program.commands.find((each) => each.name() === topic);
  if (called !== undefined) {
    called.outputHelp();
    return;
  }
  const code = FINDING_CODES.find((each) => each === topic.toLowerCase());
  if (code !== undefined) {
    process.stdout.write(pageText(findingPage(code), styleFor('stdout')));
    return;
  }
  const near = nearest(topic, [...FINDING_CODES, ...program.commands.map((each) => each.name())]);
  command.error(
    `error: there is no command and no finding "${topic}"\n${
      near === undefined ? '`align-pay help` lists both' : `did you mean \`align-pay help ${near}\`?`
    }`,
  );
};

/** `align-pay help [TOPIC]`: the page of a finding, the options of a command, or what there is. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[topic]', 'a command, or the code of a finding such as unknown-column')
    .action((topic: string | undefined) => show(topic, command));
};
