import type { Sink } from '../findings/sink.ts';
import { cellText } from '../io/csv-record.ts';
import { scanRows } from '../io/csv-rows.ts';
import { cutFault, lengthFault } from '../io/row-shape.ts';
import type { MemoryRow } from '../io/rows-memory.ts';
import { bytesSource } from '../io/source.ts';
import { type Formula, isMapPart, isScalarPart, type Part, partsOf, report } from '../rules/document/part.ts';
import { isNull, placeOf } from '../rules/document/raw.ts';
import { placeWithin } from '../rules/document/scalar-place.ts';
import { itemsOf, refuse } from '../rules/document/shapes.ts';

const EXPECTED = 'a list of rows such as - { deal_id: d1, amount: 100 }, or CSV text under a |';

/** The rows of a table as a test writes them: maps of cells, or CSV text with a header. */
export const readRows = (part: Part, sink: Sink): readonly MemoryRow[] => {
  const { value } = part;
  if (isScalarPart(part)) {
    if (value.kind === 'scalar' && value.text.trim() === '') return [];
    return csvRows(part, sink);
  }
  if (value.kind !== 'list') {
    refuse(part, sink, EXPECTED);
    return [];
  }
  return itemsOf({ ...part, value }).flatMap((item) => rowOf(item, sink) ?? []);
};

const rowOf = (item: Part, sink: Sink): MemoryRow | undefined => {
  if (!isMapPart(item)) return refuse(item, sink, 'a row such as { deal_id: d1, amount: 100 }');
  const cells = new Map<string, string>();
  for (const part of partsOf(item)) {
    if (!isScalarPart(part)) refuse(part, sink, 'a cell: a word, a number or a date');
    else cells.set(part.key?.text ?? '', isNull(part.value) ? '' : part.value.text);
  }
  return { cells, place: placeOf(item.value) };
};

/** The offset at which each line of a text begins. */
const lineOffsets = (text: string): readonly number[] => {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
};

const csvRows = (part: Formula, sink: Sink): readonly MemoryRow[] => {
  const { text } = part.value;
  if (!text.trim().includes('\n')) {
    refuse(part, sink, EXPECTED, 'CSV text has a header and at least one row, each on a line of its own');
    return [];
  }
  const offsets = lineOffsets(text);
  const placeOfLine = (line: number) =>
    placeWithin(part.value, offsets[line - 1] ?? 0, (offsets[line] ?? text.length + 1) - 1);
  const rows: MemoryRow[] = [];
  let header: readonly string[] = [];
  const source = bytesSource(part.value.source.file, new TextEncoder().encode(text));
  scanRows(
    source,
    { delimiter: undefined, encoding: undefined },
    {},
    {
      header(record) {
        header = Array.from({ length: record.count }, (_, i) => cellText(record, i).trim());
        const twice = header.find((name, i) => header.indexOf(name) < i);
        if (twice !== undefined) {
          sink.add('duplicate-column', `the header has "${twice}" twice`, placeOfLine(record.line));
        }
        return twice === undefined;
      },
      row(record) {
        if (record.count !== header.length) {
          const { message, expected, hint } = lengthFault(record, header.length, ',');
          sink.add('row-length', message, { ...placeOfLine(record.line), expected, hint });
          return;
        }
        // An empty cell stands there as one: the column is in the table.
        const cells = new Map(header.map((name, i) => [name, cellText(record, i).trim()]));
        rows.push({ cells, place: placeOfLine(record.line) });
      },
      fault(fault) {
        const { code, message, expected, hint } = cutFault(fault);
        sink.add(code, message, { ...placeOfLine(fault.line), expected, hint });
      },
      broken() {
        report(sink, 'not-text', 'this is not CSV text', part);
      },
    },
  );
  return rows;
};
