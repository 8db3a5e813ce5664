import type { Finding } from '../../findings/finding.ts';

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** A command that GitHub Actions shows at a line of a change. */
export const annotation = (
  level: 'error' | 'warning' | 'notice',
  title: string,
  message: string,
  place: Pick<Finding, 'file' | 'line' | 'column'>,
  shown: (file: string) => string,
): string => {
  const { file, line, column } = place;
  const at = [
    ...(file === undefined ? [] : [`file=${property(shown(file))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${at.join(',')}::${data(message)}`;
};
