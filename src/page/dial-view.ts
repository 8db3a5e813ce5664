import { amountOf, amountText, type Dial, dialPosition, dialSteps, dialText } from '../pilot/controls.ts';
import { h } from './dom.ts';

/** A number that can be moved, on the page. */
export interface DialView {
  readonly element: HTMLElement;
  /** Shows a text that was set elsewhere: on a curve, by weights that follow, by starting anew. */
  readonly show: (text: string) => void;
}

/** A slider and an exact field for one number of the plan. */
export const dialView = (
  { label, because, dial }: { readonly label: string; readonly because: string | undefined; readonly dial: Dial },
  today: string | undefined,
  set: (text: string) => void,
): DialView => {
  const range = h('input', {
    type: 'range',
    min: 0,
    max: dialSteps(dial),
    step: 1,
    'aria-label': label,
    'data-name': dial.name,
  });
  const exact = h('input', {
    type: 'text',
    class: 'exact',
    inputmode: 'decimal',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-label': `${label}, exact value`,
  });
  const before = today ?? dial.text;
  const back = h(
    'button',
    { type: 'button', class: 'back', 'aria-label': `${label}: back to ${before}`, title: `back to ${before}` },
    `today ${before}`,
  );
  const element = h(
    'div',
    { class: 'dial' },
    h('span', { class: 'dial-label', title: because }, label),
    range,
    exact,
    back,
  );
  const show = (text: string): void => {
    const position = dialPosition(dial, text);
    if (position !== undefined) range.value = String(position);
    range.setAttribute('aria-valuetext', text === before ? `${text}, as today` : `${text}, today ${before}`);
    exact.value = text;
    exact.removeAttribute('aria-invalid');
    element.classList.toggle('moved', text !== before);
    element.style.setProperty('--part', String((position ?? 0) / Math.max(1, dialSteps(dial))));
  };
  const take = (text: string): void => {
    show(text);
    set(text);
  };
  range.addEventListener('input', () => take(dialText(dial, Number(range.value))));
  exact.addEventListener('change', () => {
    const typed = exact.value.trim();
    // A number without its unit is meant in it.
    const amount = amountOf(typed) ?? amountOf(`${typed}${dial.unit}`);
    if (amount === undefined) exact.setAttribute('aria-invalid', 'true');
    else take(amountText(amount.value, amount.unit === '' ? dial.unit : amount.unit));
  });
  back.addEventListener('click', () => take(before));
  show(dial.text);
  return { element, show };
};
