import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../../src/findings/codes.ts';
import { load, unmarked } from './loading.ts';

const HEAD = 'plan: P\ncurrency: USD\nperiod: quarter\n';
const CREDITS = 'credits:\n  won: { each: deal, when: deal.stage == "won" }\n';
const REWARDS = 'rewards:\n  r: { per: won, rate: 6% }\n';
const MEASURES = 'measures: { booked: sum(won.amount) }\n';

type Case = readonly [what: string, codes: FindingCode | readonly FindingCode[], text: string];

/** Each text is wrong in the «marked» places, in order, and nowhere else. */
const raises = (cases: readonly Case[]): void => {
  test.each(cases)('%s', (_, codes, marked) => {
    const { text, places } = unmarked(marked);
    const wanted = (typeof codes === 'string' ? [codes] : codes).map((code, i) => `${code} ${places[i]}`);
    const got = load(text).lines.map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(got).toEqual(wanted);
  });
};

const hintOf = (text: string): string | undefined => load(unmarked(text).text).sink.all()[0]?.hint;

test('every key that must be there is named', () => {
  const places = load('plan: P\n').lines.map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(places).toEqual(['missing-key 1:1-8', 'missing-key 1:1-8', 'missing-key 1:1-8']);
});

describe('a file that is not a plan', () => {
  raises([
    ['empty', 'invalid-yaml', '«»'.replace('»', ' »')],
    ['a text', 'invalid-yaml', '«h»ello'],
    ['a key that stands twice', 'duplicate-key', `${HEAD}${CREDITS}${REWARDS}«plan»: Q\n`],
    ['a brace that is not closed', 'invalid-yaml', `${HEAD}credits: «{» won: { each: deal }\n${REWARDS}`],
    ['a tab before a key', 'invalid-yaml', `${HEAD}credits:\n«\t»won: { each: deal }\n`],
    ['two documents', 'invalid-yaml', `${HEAD}${CREDITS}${REWARDS}«---»\nplan: Q\n`],
    ['a tag', 'invalid-yaml', 'plan: «!foo» x\n'],
    ['nested too deep', 'invalid-yaml', `«p»lan: ${'['.repeat(200)}`],
  ]);

  test('an alias that multiplies stays small', () => {
    const levels = 'abcdefghij'.split('');
    const bomb = levels.map(
      (name, i) =>
        `${name}: &${name} [${Array(9)
          .fill(i === 0 ? 'x' : `*${levels[i - 1]}`)
          .join(',')}]`,
    );
    expect(load(`${bomb.join('\n')}\n`).lines).toHaveLength(1);
  });
});

describe('keys', () => {
  raises([
    ['unknown ones', ['unknown-key', 'unknown-key'], `${HEAD}${CREDITS}${REWARDS}«reward»: 3\n«__proto__»: { a: 1 }\n`],
  ]);
});
