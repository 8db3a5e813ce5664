// Puts the fonts of PDF reports into dist/fonts/: slices of Noto (SIL Open Font Licence), an index that says which
// characters each slice has, and the licences. Done once for each version of the packages.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { create } from 'fontkit';

/**
 * Families in the order in which they are asked for a character; the slices of each, or all; and its weights. A Han character
 * is drawn as in simplified Chinese, whose family has kana and most traditional and Japanese characters, too.
 *
 * @type {readonly { readonly name: string, readonly slices?: (slice: string) => boolean, readonly weights: readonly number[] }[]}
 */
const FAMILIES = [
  { name: 'noto-sans', weights: [400, 700] },
  { name: 'noto-sans-arabic', slices: (slice) => slice === 'arabic', weights: [400, 700] },
  { name: 'noto-sans-hebrew', slices: (slice) => slice === 'hebrew', weights: [400, 700] },
  { name: 'noto-sans-sc', slices: (slice) => /^\d+$/.test(slice), weights: [400] },
  { name: 'noto-sans-kr', slices: (slice) => /^\d+$/.test(slice), weights: [400] },
  { name: 'noto-emoji', slices: (slice) => slice === 'emoji', weights: [400] },
];

/** Hangul: all that the Korean family is for. */
const ONLY = new Map([
  [
    'noto-sans-kr',
    [
      [0x1100, 0x11ff],
      [0x3130, 0x318f],
      [0xac00, 0xd7a3],
    ],
  ],
]);

/** Sorted code points as `[from, to, from, to, ...]`, both in it. @param {readonly number[]} codes */
const rangesOf = (codes) => {
  /** @type {number[]} */
  const ranges = [];
  for (const code of codes) {
    if (ranges.at(-1) === code - 1) ranges[ranges.length - 1] = code;
    else ranges.push(code, code);
  }
  return ranges;
};

/**
 * A font packed for the web (WOFF, https://www.w3.org/TR/WOFF/) as it was before: quicker to open, and fontkit misreads a few
 * of the packed ones.
 *
 * @param {Buffer} woff
 */
const unpacked = (woff) => {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('this is no WOFF font');
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  const power = 2 ** Math.floor(Math.log2(count));
  [count, 16 * power, Math.log2(power), 16 * (count - power)].forEach((number, i) => {
    head.writeUInt16BE(number, 4 + 2 * i);
  });
  /** @type {Uint8Array[]} */
  const parts = [head];
  let offset = head.length;
  for (let i = 0; i < count; i++) {
    const entry = 44 + 20 * i;
    const [at = 0, packed = 0, length = 0, sum = 0] = [4, 8, 12, 16].map((field) => woff.readUInt32BE(entry + field));
    const stored = woff.subarray(at, at + packed);
    const table = packed < length ? inflateSync(stored) : stored;
    woff.copy(head, 12 + 16 * i, entry, entry + 4);
    [sum, offset, length].forEach((number, field) => {
      head.writeUInt32BE(number, 16 + 16 * i + 4 * field);
    });
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat(parts);
};

/** @param {string} root the checkout @param {string} dist where the program is */
export async function buildFonts(root, dist) {
  const packages = path.join(root, 'node_modules/@fontsource');
  const versions = await Promise.all(
    FAMILIES.map(
      async ({ name }) => JSON.parse(await readFile(path.join(packages, name, 'package.json'), 'utf8')).version,
    ),
  );
  const made = `${FAMILIES.map(({ name }, i) => `${name} ${versions[i]}`).join(', ')}`;
  const folder = path.join(dist, 'fonts');
  const before = existsSync(path.join(folder, 'fonts.json'))
    ? JSON.parse(await readFile(path.join(folder, 'fonts.json'), 'utf8'))
    : undefined;
  if (before?.made === made) return;
  const draft = path.join(dist, `fonts.${process.pid}.tmp`);
  await mkdir(draft, { recursive: true });
  /** @type {{ readonly file: string, readonly weight: number, readonly ranges: readonly number[] }[]} */
  const slices = [];
  for (const { name, slices: wanted = () => true, weights } of FAMILIES) {
    const from = path.join(packages, name, 'files');
    const only = ONLY.get(name);
    for (const file of (await readdir(from)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
      const [, slice = '', weight = ''] = new RegExp(`^${name}-(.+)-(\\d+)-normal\\.woff$`).exec(file) ?? [];
      if (!weights.includes(Number(weight)) || !wanted(slice)) continue;
      const bytes = unpacked(await readFile(path.join(from, file)));
      const font = create(bytes);
      if (!('characterSet' in font)) throw new Error(`${file} is a collection of fonts`);
      const codes = [...new Set(font.characterSet)]
        .filter((code) => only?.some(([low = 0, high = 0]) => code >= low && code <= high) ?? true)
        .sort((a, b) => a - b);
      if (codes.length === 0) continue;
      const ttf = `${path.basename(file, '.woff')}.ttf`;
      await writeFile(path.join(draft, ttf), bytes);
      slices.push({ file: ttf, weight: Number(weight), ranges: rangesOf(codes) });
    }
    await cp(path.join(packages, name, 'LICENSE'), path.join(draft, `${name}.LICENSE`));
  }
  await writeFile(path.join(draft, 'fonts.json'), JSON.stringify({ made, slices }));
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
}
