import { toldAmount } from '../explain/explain-text.ts';
import type { Told } from '../explain/told.ts';
import { type Html, html } from './html.ts';

/** A derivation as nested lists; what it comes to stands behind what it says. */
export const toldHtml = (pieces: readonly Told[], digits: number): Html => {
  if (pieces.length === 0) return html``;
  const item = (piece: Told): Html => {
    const amount = toldAmount(piece, digits).replace('-', '−');
    const text = piece.kind === 'reason' ? html`<i>${piece.text}</i>` : html`${piece.text}`;
    return html`<li>${text}${amount === '' ? '' : html` <b>${amount}</b>`}${
      piece.at === '' ? '' : html` <span class="at">${piece.at}</span>`
    }${toldHtml(piece.below, digits)}</li>`;
  };
  return html`<ul class="told">${pieces.map(item)}</ul>`;
};
