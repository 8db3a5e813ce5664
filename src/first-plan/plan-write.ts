import { inQuotes } from '../rules/document/cut.ts';
import { presetTable } from '../rules/presets/presets.ts';
import { currencyDigits } from '../values/currency.ts';
import { formatDay } from '../values/date.ts';
import { formatMinor } from '../values/money.ts';
import { mul, powerOfTen } from '../values/num.ts';
import { periodOf } from '../values/period.ts';
import type { Wanted } from './column-guess.ts';
import type { Counts, DealsGuess } from './deals-guess.ts';

/** The commission rate that a first plan begins with. */
const RATE = 6;

/** A text as YAML takes it: bare where that is safe. */
const yamlText = (text: string): string =>
  /^[A-Za-z_][\w ./()-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) && !text.endsWith(' ')
    ? text
    : JSON.stringify(text);

/** An expression as YAML takes it, on a line of its own. */
const yamlExpression = (text: string): string => (/: | #/.test(text) ? inQuotes(text) : text);

const words = (text: string): string => JSON.stringify(text);

interface PlanLine {
  readonly text: string;
  /** Why it was guessed so. */
  readonly guess?: string;
}

/** Lines with their comments one below the other. */
const aligned = (lines: readonly PlanLine[]): string => {
  const width = Math.min(
    60,
    Math.max(...lines.filter(({ guess }) => guess !== undefined).map(({ text }) => text.length), 0),
  );
  return lines
    .map(({ text, guess }) => (guess === undefined ? text : `${text.padEnd(width)}   # guess: ${guess}`))
    .join('\n');
};

const shown = (counts: Counts, most = 6): string => {
  const list = counts.slice(0, most).map(([value, count]) => `${words(value)} ${count}`);
  return `${list.join(', ')}${counts.length > most ? `, and ${counts.length - most} more` : ''}`;
};

/** A first plan: the smallest that pays on the file, each guess marked. */
export const writePlan = (guess: DealsGuess, file: string): string => {
  const { currency, currencies, period, span } = guess;
  const name =
    file
      .replace(/\.[^.]*$/, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim() || 'First';
  const why = `the wins lie between ${formatDay(span.from)} and ${formatDay(span.to)}`;
  const head: PlanLine[] = [
    { text: `plan: ${yamlText(name.charAt(0).toUpperCase() + name.slice(1))}` },
    {
      text: `currency: ${currency.code}`,
      guess: currencies === undefined ? currency.why : `${currency.why}: ${shown(currencies)}`,
    },
    { text: `period: ${period}`, guess: `how often people are paid; ${why}` },
  ];
  const lines = [
    ...head,
    ...dataLines(guess, file),
    ...creditLines(guess),
    { text: 'rewards:' },
    { text: `  commission: { per: won, rate: ${RATE}% }`, guess: 'put your own rate here' },
  ];
  return `# Whoever wins a deal is paid ${RATE}% of it. Written by \`align-pay init\`; what it guessed is marked, to be put right.
# \`align-pay compute ${/^[\w./-]+$/.test(file) ? file : words(file)}\` pays by it, \`align-pay test\` runs its example.
${aligned(lines)}\n`;
};

const dataLines = ({ table, columns, preset, dates, amounts }: DealsGuess, file: string): PlanLine[] => {
  const settings: PlanLine[] = [];
  const add = (text: string, guess?: string): void => {
    settings.push({ text: `    ${text}`, ...(guess === undefined ? {} : { guess }) });
  };
  if (file !== 'deals.csv') add(`file: ${yamlText(file)}`);
  if (preset !== undefined) add(`preset: ${preset}`, 'its headers are those of this system');
  if (table.delimiter !== undefined)
    add(`delimiter: ${JSON.stringify(table.delimiter)}`, 'it cuts the file into most columns');
  if (table.encoding !== undefined) add(`encoding: ${table.encoding}`, 'the file is not UTF-8');
  const reads = (others: readonly string[]): string =>
    others.length === 0
      ? 'all of the column reads so'
      : `all of the column reads so, but with ${others.join(' and ')} too: check it`;
  if (dates.setting !== undefined) add(dates.setting, reads(dates.others));
  if (amounts.setting !== undefined) add(amounts.setting, reads(amounts.others));
  const mapped = [...columns]
    .sort(([, a], [, b]) => a - b)
    .flatMap(([column, i]) => columnLine(column, table.header[i] ?? '', { dates, amounts, preset }));
  if (mapped.length > 0) settings.push({ text: '    columns:' }, ...mapped);
  return settings.length === 0 ? [] : [{ text: 'data:' }, { text: '  deals:' }, ...settings];
};

const columnLine = (
  column: Wanted,
  header: string,
  { dates, amounts, preset }: Pick<DealsGuess, 'dates' | 'amounts' | 'preset'>,
): PlanLine[] => {
  const empties = column === 'close_date' ? dates.empties : column === 'amount' ? amounts.empties : [];
  const rounds = column === 'amount' && amounts.rounds;
  if (empties.length === 0 && !rounds) {
    if (preset !== undefined || header.toLowerCase() === column) return [];
    return [{ text: `      ${column}: ${yamlText(header)}`, guess: MEANS[column] }];
  }
  const more = [
    ...(rounds ? ['round: true'] : []),
    ...(empties.length === 0 ? [] : [`values: { ${empties.map((text) => `${words(text)}: ""`).join(', ')} }`]),
  ];
  const guess = [
    ...(rounds ? ['some amounts have more decimals than the currency'] : []),
    ...(empties.length === 0 ? [] : ['these stand for nothing']),
  ].join('; ');
  return [{ text: `      ${column}: { column: ${words(header)}, ${more.join(', ')} }`, guess }];
};

const MEANS: Readonly<Record<Wanted, string>> = {
  deal_id: 'another in each row',
  owner: 'who sold it, and is paid',
  close_date: 'when it was won',
  amount: 'what it is worth',
  stage: 'where it stands',
};

/** What a stage in the file is to an expression: a preset has its own words for some. */
const canonicalStage = ({ preset }: DealsGuess, value: string): string =>
  presetTable(preset, 'deals')?.columns.stage?.values?.[value] ?? value;

/** The conditions under which a deal is paid. */
const conditions = (guess: DealsGuess): readonly { readonly text: string; readonly why: string }[] => {
  const { stage, lacks, currencies, currency, wonRows } = guess;
  const found: { text: string; why: string }[] = [];
  if (stage?.won !== undefined)
    found.push({
      text: `deal.stage == ${words(canonicalStage(guess, stage.won))}`,
      why: `won, of ${shown(stage.counts)}`,
    });
  for (const [column, count] of lacks) {
    found.push({
      text: `deal.${column} is present`,
      why: `${count} of ${wonRows} ${stage?.won === undefined ? 'deals' : 'won deals'} lack${count === 1 ? 's' : ''} it`,
    });
  }
  if (currencies !== undefined) {
    found.push({
      text: `coalesce(deal.currency, ${words(currency.code)}) == ${words(currency.code)}`,
      why: 'other currencies need a table fx.csv: then leave this out',
    });
  }
  return found;
};

const creditLines = (guess: DealsGuess): PlanLine[] => {
  const all = conditions(guess);
  const { stage } = guess;
  const head: PlanLine[] = [{ text: 'credits:' }, { text: '  won:' }, { text: '    each: deal' }];
  const none =
    stage === undefined
      ? 'the file has no stages: every deal counts as won'
      : `none of the stages says won, so every deal counts: ${shown(stage.counts)}`;
  const [first, ...others] = all;
  if (stage?.won === undefined) head.splice(1, 1, { text: '  won:', guess: none });
  if (first === undefined) return head;
  if (others.length === 0) return [...head, { text: `    when: ${yamlExpression(first.text)}`, guess: first.why }];
  return [
    ...head,
    { text: '    when:', guess: all.map(({ why }) => why).join('; ') },
    { text: `      ${yamlExpression(all.map(({ text }) => text).join(' and '))}` },
  ];
};

/** A test of the plan, small enough to be worked by hand. */
export const writeTest = (guess: DealsGuess, plan: string): string => {
  const { stage, span, currency } = guess;
  const digits = currencyDigits(currency.code) ?? 2;
  const period = periodOf(span.from, guess.period, 1);
  const day = formatDay(span.from);
  const won = stage?.won === undefined ? undefined : canonicalStage(guess, stage.won);
  const other = stage?.counts.map(([value]) => canonicalStage(guess, value)).find((value) => value !== won);
  const row = (id: string, said: string | undefined): string =>
    `      - { deal_id: ${id}, owner: ana, close_date: ${day}, ${said === undefined ? '' : `stage: ${JSON.stringify(said)}, `}amount: 1000 }`;
  const pays = formatMinor(mul(10 * RATE, powerOfTen(digits)), digits);
  const another = won !== undefined && other !== undefined;
  return `# An example of the plan, worked by hand: 1,000 × ${RATE}% = ${pays}. \`align-pay test\` runs it.
plan: ${yamlText(plan)}
cases:
  - name: A won deal pays its owner ${RATE} percent${another ? ', another pays nothing' : ''}
    period: ${period.label}
    deals:
${[row('d1', won), ...(another ? [row('d2', other)] : [])].join('\n')}
    expect:
      ana: { commission: ${pays} }
`;
};
