import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CODES, FINDING_CODES } from '../findings/codes.ts';
import { pageText } from '../report/terminal/page-text.ts';
import { nearest } from '../values/nearest.ts';
import type { CommandFile } from './commands.ts';
import { styleFor } from './terminal.ts';

/** The folder of the pages: in the package, which is the nearest folder above that has them. */
const pagesFolder = (): string | undefined => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const pages = path.join(folder, 'docs', 'findings');
    if (existsSync(pages)) return pages;
    const above = path.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
};

const pageOf = (code: string): string => {
  const folder = pagesFolder();
  const file = folder === undefined ? undefined : path.join(folder, `${code}.md`);
  if (file !== undefined && existsSync(file)) return readFileSync(file, 'utf8');
  return `# ${code}\n\n${CODES[code as keyof typeof CODES].title}\n`;
};

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
    process.stdout.write(pageText(pageOf(code), styleFor('stdout')));
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
