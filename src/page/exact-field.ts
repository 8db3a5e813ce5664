import { amountOf, amountText } from '../pilot/controls.ts';
import { h } from './dom.ts';

/** A field for a number of the plan, to the digit, and what is wrong with what stands in it. */
export interface ExactField {
  readonly field: HTMLInputElement;
  /** Empty, and not there, while nothing is wrong. */
  readonly reason: HTMLElement;
  readonly show: (text: string) => void;
  /** Says what is wrong with what stands there; nothing is with ''. */
  readonly fail: (why: string) => void;
}

export interface ExactAsk {
  /** For whoever does not see where it stands. */
  readonly name: string;
  /** Of a number that is written without one. */
  readonly unit: string;
  readonly example: string;
  readonly take: (text: string) => void;
  readonly refused: (why: string) => void;
  /** Why a number of the unit will not do here; undefined where it does. */
  readonly wrong?: (text: string) => string | undefined;
}

let made = 0;

/** Why a text is no number of a unit. */
const reasonFor = (typed: string, unit: string, example: string): string => {
  if (typed === '') return `Nothing stands here: write a number, such as ${example}.`;
  if (/^-?[\d.,' ]*,/.test(typed)) return `Write it with a point and without thousands separators, such as ${example}.`;
  const amount = amountOf(typed);
  if (amount !== undefined) return `This is in ${unit === '' ? 'no unit' : unit.trim()}: write ${example}.`;
  return `This is no number: write one such as ${example}.`;
};

export const exactField = ({ name, unit, example, take, refused, wrong }: ExactAsk): ExactField => {
  made++;
  const id = `reason-${made}`;
  const field = h('input', {
    type: 'text',
    class: 'exact',
    inputmode: 'decimal',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-label': `${name}, exact value`,
  });
  const reason = h('span', { id, class: 'reason', hidden: true });
  const fail = (why: string): void => {
    reason.textContent = why;
    reason.hidden = why === '';
    if (why === '') {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    } else {
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', id);
    }
  };
  const show = (text: string): void => {
    field.value = text;
    fail('');
  };
  field.addEventListener('change', () => {
    const typed = field.value.trim();
    // A number without its unit is meant in it.
    const amount = [amountOf(typed), amountOf(`${typed}${unit}`)].find((one) => one?.unit === unit);
    const text = amount === undefined ? undefined : amountText(amount.value, unit);
    const why = text === undefined ? reasonFor(typed, unit, example) : wrong?.(text);
    if (text !== undefined && why === undefined) {
      take(text);
      return;
    }
    fail(why ?? '');
    refused(`${name}: “${typed}” was not taken. ${why}`);
  });
  return { field, reason, show, fail };
};
