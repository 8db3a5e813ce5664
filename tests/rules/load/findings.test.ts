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

const reward = (body: string): string => `${HEAD}${CREDITS}${MEASURES}rewards:\n  r:\n${body}`;
const steps = (list: string): string => `    per: won\n    rate:\n      method: marginal\n      steps:\n${list}`;
const link = (body: string): string => `    pay: 100 USD\n    links:\n${body}`;

describe('rewards', () => {
  raises([
    ['a credit that is not there', 'unknown-name', reward('    per: «wonn»\n    rate: 6%\n')],
    ['money where a rate is due', 'type-mismatch', reward('    per: won\n    rate: «6 USD»\n')],
    [
      'thresholds that fall',
      'unordered-steps',
      reward(
        steps(
          '        - { up_to: 100 USD, rate: 5% }\n        - { up_to: «50 USD», rate: 6% }\n        - { rate: 7% }\n',
        ),
      ),
    ],
    [
      'a last step with an end',
      'invalid-value',
      reward(steps('        - { up_to: 100 USD, rate: 5% }\n        - { «up_to»: 200 USD, rate: 6% }\n')),
    ],
    [
      'a guarantee above the cap',
      'guarantee-above-cap',
      reward('    per: won\n    rate: 6%\n    cap: 10 USD\n    guarantee: «20 USD»\n'),
    ],
    [
      'a circle of measures',
      'cycle',
      `${HEAD}${CREDITS}measures: { a: «b», b: a }\nrewards:\n  r: { per: won, rate: 6% }\n`,
    ],
  ]);
});

describe('links', () => {
  raises([
    ['without a reason', 'missing-key', reward(link('      «a»: { factor: 50% }\n'))],
    [
      'weights that are not the whole',
      'weights-not-whole',
      reward(
        link(
          '      a: { because: x, weight: 60%, factor: 50% }\n      b: { because: y, weight: «30%», factor: 50% }\n',
        ),
      ),
    ],
    [
      'curve points that fall',
      'unordered-steps',
      reward(link('      a: { because: x, by: count(won), curve: { 2: 50%, «1»: 100% } }\n')),
    ],
    [
      'an unless without at_most',
      'missing-key',
      reward(link('      a: { because: x, factor: 50%, «unless»: count(won) > 1 }\n')),
    ],
  ]);

  test('a misspelt name is given the nearest', () => {
    expect(hintOf(reward('    per: «wonn»\n    rate: 6%\n'))).toContain('won');
    expect(hintOf(`${HEAD}${CREDITS}rewards:\n  r: { «prr»: won, rate: 6% }\n`)).toContain('per');
  });
});

const EXPORT = `${HEAD}${CREDITS}${REWARDS}`;

describe('how payouts are handed on', () => {
  raises([
    [
      'a key that it has not',
      'unknown-key',
      `${EXPORT}export: { «payrol»: { columns: { A: amount, E: earning_code } } }\n`,
    ],
    ['no map at all', 'invalid-value', `${EXPORT}export: «adp»\n`],
    ['a reward that is not there', 'unknown-name', `${EXPORT}export: { rewards: { «s»: { earning_code: X } } }\n`],
    [
      'a column of nothing known',
      'invalid-value',
      `${EXPORT}export: { payroll: { columns: { A: amount, E: earning_code, P: «payrol_id» } } }\n`,
    ],
    ['no amount', 'missing-key', `${EXPORT}export: { payroll: { columns: «{ E: earning_code }» } }\n`],
    ['an account that is a list', 'invalid-value', `${EXPORT}export: { expense: «[1, 2]» }\n`],
    ['a key of a reward', 'unknown-key', `${EXPORT}export: { rewards: { r: { «code»: X } } }\n`],
  ]);

  test('the nearest word is named', () => {
    expect(hintOf(`${EXPORT}export: { payroll: { columns: { A: amount, E: earning_code, P: payrol_id } } }\n`)).toBe(
      'did you mean payroll_id?',
    );
    expect(hintOf(`${EXPORT}export: { rewards: { adjustment: { earning_code: X } } }\n`)).toBe(
      'did you mean adjustments?',
    );
  });
});
