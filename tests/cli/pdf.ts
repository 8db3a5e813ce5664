import { spawnSync } from 'node:child_process';

/** Whether poppler's tools are there, with which the tests read PDF files. */
export const HAS_POPPLER = spawnSync('pdftotext', ['-v']).status === 0;

if (!HAS_POPPLER)
  console.warn('PDF files are not read back: pdftotext is not there (apt-get install -y poppler-utils)');

const said = (tool: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
  return stdout;
};

/** What stands in a PDF file, line by line as it is laid out, without the marks of direction that pdftotext adds. */
export const pdfText = (file: string): string =>
  said('pdftotext', ['-layout', file, '-']).replace(/[\u202a-\u202e]/g, '');

/** What a PDF file says of itself. */
export const pdfInfo = (file: string): string => said('pdfinfo', [file]);
