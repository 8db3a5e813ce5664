import { amountOf, type Dial, dialPosition, dialSteps, dialText } from '../pilot/controls.ts';
import { sign } from '../values/num.ts';
import { h } from './dom.ts';
import { exactField } from './exact-field.ts';

/** A number that can be moved, on the page. */
export interface DialView {
  readonly element: HTMLElement;
  /** Shows a text that was set elsewhere: by weights that follow, by starting anew. */
  readonly show: (text: string) => void;
  /** Says why what stands there cannot be paid. */
  readonly fail: (why: string) => void;
}

interface DialAsk {
  readonly label: string;
  /** The label with what it is of. */
  readonly name: string;
  readonly because: string | undefined;
  readonly dial: Dial;
}

interface DialHeard {
  readonly set: (text: string) => void;
  readonly refused: (why: string) => void;
}

/** A slider and an exact field for one number of the plan. */
export const dialView = (
  { label, name, because, dial }: DialAsk,
  today: string | undefined,
  { set, refused }: DialHeard,
): DialView => {
  const range = h('input', { type: 'range', min: 0, max: dialSteps(dial), 'aria-label': name, 'data-name': dial.name });
  const before = today ?? dial.text;
  const take = (text: string): void => {
    show(text);
    set(text);
  };
  // Where the plan has no loss, a loss is a slip of the hand.
  const wrong = (text: string): string | undefined =>
    sign(dial.from) >= 0 && sign(amountOf(text)?.value ?? 0) < 0 ? `It must not be below 0${dial.unit}.` : undefined;
  const exact = exactField({ name, unit: dial.unit, example: dial.text, take, refused, wrong });
  const back = h(
    'button',
    { type: 'button', class: 'back', 'aria-label': `${name}: back to ${before}`, title: `back to ${before}` },
    `today ${before}`,
  );
  const element = h(
    'div',
    { class: 'dial' },
    h('span', { class: 'dial-label', title: because }, label),
    range,
    exact.field,
    exact.reason,
    back,
  );
  const show = (text: string): void => {
    const position = dialPosition(dial, text);
    if (position !== undefined) range.value = String(position);
    range.setAttribute('aria-valuetext', text === before ? `${text}, as today` : `${text}, today ${before}`);
    exact.show(text);
    element.classList.toggle('moved', text !== before);
    element.style.setProperty('--part', String((position ?? 0) / Math.max(1, dialSteps(dial))));
  };
  range.addEventListener('input', () => take(dialText(dial, Number(range.value))));
  back.addEventListener('click', () => {
    take(before);
    range.focus();
  });
  show(dial.text);
  return { element, show, fail: exact.fail };
};
