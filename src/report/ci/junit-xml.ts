import type { Finding } from '../../findings/finding.ts';
import { placeText } from '../figures/cell-text.ts';

/** What XML cannot hold at all is left out; the rest is escaped, line ends too, so that attributes keep them. */
export const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML refuses
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

export const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value)).replace(/\n/g, '&#10;')}"`)
    .join('');

/** A finding in one line: `align-pay.yaml:12 warning[cliff]: ...`. */
export const findingLine = (finding: Finding, shown: (file: string) => string = (file) => file): string =>
  `${placeText(finding.file === undefined ? undefined : { file: finding.file, line: finding.line }, shown)} ${finding.severity}[${finding.code}]: ${finding.message}`.trim();
