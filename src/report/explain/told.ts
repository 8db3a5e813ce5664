import type { Computed } from '../../engine/compute.ts';
import type { Person } from '../../engine/result.ts';
import type { Place } from '../../findings/finding.ts';
import { mul, type Num, powerOfTen, toFixed } from '../../values/num.ts';
import { placeText } from '../figures/cell-text.ts';
import { type CreditIds, creditIds } from '../figures/credit-ids.ts';
import { SEES_ALL, type Sees } from './sees.ts';
import { moneyWords } from './value-words.ts';

/** What a piece of a derivation tells of. */
export type ToldKind =
  | 'payout'
  | 'line'
  | 'credit'
  | 'pay'
  | 'step'
  | 'rounding'
  | 'link'
  | 'limit'
  | 'figure'
  | 'row'
  | 'note'
  | 'reason'
  | 'change';

/** A derivation in words: what a reader is told, and below it where that comes from. */
export interface Told {
  readonly kind: ToldKind;
  readonly text: string;
  /**
   * In minor units. The amounts of a payout's lines add up to the payout's; those of a line's pay, rounding and links to
   * the line's.
   */
  readonly amount?: Num | undefined;
  /** The rule or row that it comes from: `align-pay.yaml:57`. */
  readonly at: string;
  readonly below: readonly Told[];
}

/** What telling needs beside the derivation. */
export interface Telling {
  readonly computed: Computed;
  readonly shown: (file: string) => string;
  readonly ids: CreditIds;
  readonly money: (minor: Num) => string;
  readonly place: (place: Place | undefined) => string;
  readonly person: (person: Person) => string;
  readonly sees: Sees;
  /** Links that come to the same for all lines are told apart: a line names them with their reason only. */
  readonly linksApart: boolean;
}

export const tellingOf = (
  computed: Computed,
  shown: (file: string) => string,
  { sees = SEES_ALL, linksApart = false }: Partial<Pick<Telling, 'sees' | 'linksApart'>> = {},
): Telling => ({
  sees,
  linksApart,
  computed,
  shown,
  ids: creditIds(computed, shown),
  money: (minor) => moneyWords(minor, computed.plan.digits),
  place: (place) => placeText(place, shown),
  person: ({ id, name }) => (name === undefined || name === id ? id : `${name} (${id})`),
});

/** A piece with nothing below it, unless said. */
export const told = (kind: ToldKind, text: string, more?: Partial<Omit<Told, 'kind' | 'text'>>): Told => ({
  kind,
  text,
  amount: more?.amount,
  at: more?.at ?? '',
  below: more?.below ?? NOTHING,
});

const NOTHING: readonly Told[] = [];

/** The same, with what was told before not told again: a figure that stands above is named and not opened twice. */
export const toldOnce = (derivations: readonly Told[]): readonly Told[] => {
  const seen = new Set<string>();
  const fold = (piece: Told): Told => {
    if (piece.below.length === 0) return piece;
    if (piece.kind === 'figure') {
      const key = wordsOf(piece);
      if (seen.has(key)) return { ...piece, text: `${piece.text} (as above)`, at: '', below: [] };
      seen.add(key);
    }
    return { ...piece, below: piece.below.map(fold) };
  };
  return derivations.map(fold);
};

const wordsOf = ({ text, at, below }: Told): string => [text, at, ...below.map(wordsOf)].join('\n');

/** An amount as machines read it; one that is no whole number of minor units with 12 decimals at most. */
export const decimalOf = (minor: Num, digits: number): string => {
  const major = mul(minor, powerOfTen(-digits));
  const text = toFixed(major, 12).replace(/0+$/, '');
  const decimals = text.length - text.indexOf('.') - 1;
  return decimals >= digits ? text.replace(/\.$/, '') : toFixed(major, digits);
};
