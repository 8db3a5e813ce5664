import { CHECKED_CODES, CODES, type FindingCode } from '../../findings/codes.ts';
import type { Place } from '../../findings/finding.ts';
import type { CheckedPlan, Shown } from './check-report.ts';

interface Options {
  readonly shown: Shown;
  readonly version: string;
  /** The page of a finding, as Markdown. */
  readonly pageOf: (code: FindingCode) => string;
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const PROJECT = 'https://github.com/align-pay/align-pay';

/** Characters of a path that a URI has no room for. */
const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/');

const locationOf = ({ file, line, column, endColumn }: Place, shown: Shown) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(shown(file)), uriBaseId: '%SRCROOT%' },
    ...(line === undefined
      ? {}
      : {
          region: {
            startLine: line,
            ...(column === undefined ? {} : { startColumn: column }),
            ...(endColumn === undefined ? {} : { endColumn }),
          },
        }),
  },
});

const ruleOf = (code: FindingCode, { pageOf }: Options) => {
  const { severity, title } = CODES[code];
  const page = pageOf(code);
  return {
    id: code,
    shortDescription: { text: title },
    help: { text: page, markdown: page },
    helpUri: `${PROJECT}/blob/main/docs/findings/${code}.md`,
    defaultConfiguration: { level: severity },
  };
};

/** Findings as SARIF 2.1.0, which code scanning services read. Columns count characters, files are relative to the root. */
export const checkSarif = (plans: readonly CheckedPlan[], options: Options): object => {
  const findings = plans.flatMap(({ findings: found }) => found);
  const codes = [...new Set([...CHECKED_CODES, ...findings.map(({ code }) => code)])].sort();
  const results = findings.map(({ code, severity, message, hint, path, related, file, line, column, endColumn }) => ({
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: file === undefined ? [] : [locationOf({ file, line, column, endColumn }, options.shown)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, id) => ({
            id,
            message: { text: one.message },
            ...locationOf(one, options.shown),
          })),
        }),
    ...(path === undefined ? {} : { partialFingerprints: { 'alignPay/v1': `${code}: ${path}` } }),
  }));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'align-pay',
            version: options.version,
            semanticVersion: options.version,
            informationUri: PROJECT,
            rules: codes.map((code) => ruleOf(code, options)),
          },
        },
        columnKind: 'unicodeCodePoints',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder in which align-pay was run.' } } },
        results,
      },
    ],
  };
};
