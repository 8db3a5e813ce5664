import { parseDatePattern } from '../values/date-pattern.ts';
import { parseNumberFormat } from '../values/number-format.ts';
import { type CellKind, Fault, type RowState } from './cell.ts';
import { dateCell } from './cell-date.ts';
import { moneyCell } from './cell-money.ts';
import { numberCell } from './cell-number.ts';

/** A setting under which a column might read. */
export interface Candidate {
  /** As it would stand in the plan: `dates: DD/MM/YYYY`. */
  readonly setting: string;
  /** Of candidates with the same meaning only the first is named. */
  readonly meaning: string;
  readonly kind: CellKind;
}

const DATES: readonly (readonly [string, string])[] = [
  ['DD/MM/YYYY', 'day first'],
  ['D/M/YYYY', 'day first'],
  ['MM/DD/YYYY', 'month first'],
  ['M/D/YYYY', 'month first'],
  ['DD.MM.YYYY', 'day first'],
  ['D.M.YYYY', 'day first'],
  ['DD-MM-YYYY', 'day first'],
  ['MM-DD-YYYY', 'month first'],
  ['YYYY/MM/DD', 'year first'],
  ['YYYY.MM.DD', 'year first'],
  ['YYYYMMDD', 'year first'],
  ['DD-MM-YYYY hh:mm', 'day first'],
  ['DD/MM/YYYY hh:mm', 'day first'],
  ['D/M/YYYY h:mm', 'day first'],
  ['DD.MM.YYYY hh:mm', 'day first'],
  ['DD/MM/YYYY hh:mm:ss', 'day first'],
  ['DD.MM.YYYY hh:mm:ss', 'day first'],
  ['MM/DD/YYYY hh:mm', 'month first'],
  ['M/D/YYYY h:mm', 'month first'],
  ['M/D/YYYY h:mm A', 'month first'],
  ['MM/DD/YYYY hh:mm:ss', 'month first'],
  ['M/D/YYYY h:mm:ss A', 'month first'],
  ['DD MMM YYYY', 'day first'],
  ['D MMM YYYY', 'day first'],
  ['DD-MMM-YYYY', 'day first'],
  ['D-MMM-YYYY', 'day first'],
  ['MMM D, YYYY', 'month first'],
  ['DD.MM.YY', 'day first'],
  ['DD/MM/YY', 'day first'],
  ['M/D/YY', 'month first'],
];

/** Ways of writing dates that exports use. */
export const dateCandidates = (): Candidate[] =>
  DATES.map(([text, meaning]) => ({
    setting: `dates: ${text.includes(', ') ? JSON.stringify(text) : text}`,
    meaning,
    kind: dateCell({ pattern: parseDatePattern(text), zone: undefined }),
  }));

const NUMBERS: readonly (readonly [string, string])[] = [
  ['1,234.56', 'point'],
  ['$1,234.56', 'point'],
  ['1,234.56 USD', 'point'],
  ['£1,234.56', 'point'],
  ['€1,234.56', 'point'],
  ["1'234.56", 'point'],
  ["CHF 1'234.56", 'point'],
  ['1.234,56', 'comma'],
  ['1.234,56 €', 'comma'],
  ['€ 1.234,56', 'comma'],
  ['R$ 1.234,56', 'comma'],
  ['1 234,56', 'comma'],
  ['1 234,56 €', 'comma'],
  ['1 234,56 kr', 'comma'],
  ['1,23,456.78', 'point'],
  ['¥1,234', 'whole'],
];

/** Ways of writing numbers that exports use. */
export const numberCandidates = (money: boolean, percent: boolean): Candidate[] =>
  NUMBERS.map(([example, meaning]) => {
    const format = parseNumberFormat(example);
    return {
      setting: `numbers: ${JSON.stringify(example)}`,
      meaning,
      kind: money ? moneyCell({ format, round: undefined }) : numberCell({ format, percent }),
    };
  });

/**
 * Begins where a column's first cell fails, and is shown every cell from there on: the settings left in the end read all
 * of them.
 */
export class SettingGuess {
  #left: Candidate[];
  /** The texts that failed, as long as they are few. */
  readonly #failing = new Set<string>();

  constructor(candidates: Candidate[]) {
    this.#left = candidates;
  }

  /** A cell of the column, whether it reads as things are or not. */
  see(text: string, row: RowState, failed: boolean): void {
    if (this.#left.length > 0) {
      this.#left = this.#left.filter(({ kind }) => !(kind.read(text, row) instanceof Fault));
    }
    if (failed && this.#failing.size < 4) this.#failing.add(text);
  }

  /** Whether there still is a setting that reads all cells seen. */
  get open(): boolean {
    return this.#left.length > 0;
  }

  /** What to write in the plan so that the whole column reads; undefined where nothing does. */
  hint(table: string, column: string): string | undefined {
    const settings = new Map<string, string>();
    for (const { meaning, setting } of this.#left) if (!settings.has(meaning)) settings.set(meaning, setting);
    const found = [...settings.values()].map((setting) => `\`${setting}\``);
    if (found.length === 1) return `${found[0]} under data > ${table} reads the whole column`;
    if (found.length > 1)
      return `${found.join(' and ')} would each read the whole column: say under data > ${table} which it is`;
    const failing = [...this.#failing];
    if (failing.length === 0 || failing.length > 3 || failing.some((text) => /\d/.test(text) || text.length > 20))
      return undefined;
    const values = failing.map((text) => `${JSON.stringify(text)}: ""`).join(', ');
    return `if that means empty: \`columns: { ${column}: { values: { ${values} } } }\` under data > ${table}`;
  }
}
