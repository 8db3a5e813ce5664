import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { parseHTML } from 'linkedom';
import readXlsxFile from 'read-excel-file/node';

/** A sheet as another library than the one that wrote it reads it, and the formulas that stand in it. */
export interface ReadSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** By cell, `I2`. */
  readonly formulas: ReadonlyMap<string, string>;
}

export const readWorkbook = async (file: string): Promise<ReadonlyMap<string, ReadSheet>> => {
  const sheets = await readXlsxFile(file);
  const parts = unzipSync(readFileSync(file));
  return new Map(
    sheets.map(({ sheet: name, data }, i) => {
      const xml = new TextDecoder().decode(parts[`xl/worksheets/sheet${i + 1}.xml`]);
      const { document } = parseHTML(`<html>${xml.replace(/<\?.*?\?>/, '')}</html>`);
      const formulas = new Map(
        [...document.querySelectorAll('c f')].map((f) => [
          f.parentElement?.getAttribute('r') ?? '',
          f.textContent ?? '',
        ]),
      );
      const [header = [], ...rows] = data;
      return [name, { name, header: header.map(String), rows, formulas }];
    }),
  );
};

/** The figures of a column by their header. */
export const columnOf = (sheet: ReadSheet | undefined, header: string): readonly unknown[] => {
  const at = sheet?.header.indexOf(header) ?? -1;
  if (sheet === undefined || at < 0) throw new Error(`there is no column ${header}`);
  return sheet.rows.map((row) => row[at]);
};

/** What `SUM(lines!I2:I4)+SUM(...)` comes to over the sheets, in cents. */
export const sumOf = (formula: string, sheets: ReadonlyMap<string, ReadSheet>, own: string): bigint => {
  let sum = 0n;
  for (const part of formula.split('+')) {
    const found = /^SUM\((?:([a-z]+)!)?([A-Z]+)(\d+):\2(\d+)\)$/.exec(part);
    if (found === null) throw new Error(`${formula} is no sum`);
    const [, sheet = own, letters = '', from, to] = found;
    const column = [...letters].reduce((at, letter) => at * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    for (let row = Number(from); row <= Number(to); row++) {
      const value = sheets.get(sheet)?.rows[row - 2]?.[column];
      sum += value === null || value === undefined ? 0n : BigInt(Math.round(Number(value) * 100));
    }
  }
  return sum;
};
