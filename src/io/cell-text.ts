import type { CellKind } from './cell.ts';

/** Text and ids: as it stands, once trimmed and in NFC. */
export const textCell: CellKind = { read: (text) => text, steady: true };
