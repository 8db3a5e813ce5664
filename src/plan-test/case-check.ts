import type { Computation, Line, LinkEffect, Person } from '../engine/result.ts';
import { toMinor } from '../values/money.ts';
import { nearest } from '../values/nearest.ts';
import { add, equal, isZero, type Num, sub } from '../values/num.ts';
import { type Check, type Compared, money, type PaidIn, percent, words } from './check.ts';
import { checkLine } from './line-check.ts';
import type { Expectation, TestCase } from './test-file.ts';

/** The result of a case, ready to be asked. */
export interface Outcome {
  readonly computation: Computation;
  readonly payouts: readonly PaidIn[];
  /** Every id that the case has a row about, or that the result knows. */
  readonly persons: ReadonlySet<string>;
}

/** Columns that hold a person's id. */
const PERSONS: readonly string[] = ['person_id', 'owner', 'originator', 'assigned_to', 'manager', 'for'];

export const outcomeOf = (computation: Computation, { rows }: TestCase): Outcome => {
  const payouts = computation.periods.flatMap(({ period, payouts: paid }) =>
    paid.map((payout) => ({ period, payout })),
  );
  const persons = new Set(computation.people.map(({ id }: Person) => id));
  for (const table of rows.values()) {
    for (const { cells } of table) {
      for (const column of PERSONS) {
        const id = cells.get(column)?.trim().normalize('NFC');
        if (id !== undefined && id !== '') persons.add(id);
      }
    }
  }
  return { computation, payouts, persons };
};

/** Holds one expectation against the result. */
export const check = (expectation: Expectation, outcome: Outcome): Check => {
  const unknown = unknownIn(expectation, outcome);
  if (unknown !== undefined)
    return {
      ...about(expectation),
      expected: words(unknown.expected),
      actual: words(unknown.actual),
      hint: unknown.hint,
    };
  switch (expectation.kind) {
    case 'payout':
    case 'total':
      return checkAmount(expectation, outcome);
    case 'unpaid':
      return checkUnpaid(expectation, outcome);
    case 'factor':
      return checkFactor(expectation, outcome);
    case 'line':
      return {
        ...about(expectation),
        ...checkLine(expectation, of(outcome, expectation.person, expectation.choice.reward), outcome.computation),
      };
  }
};

const about = (expectation: Expectation): Check => ({
  expectation,
  passed: false,
  subject: subjectOf(expectation),
  expected: words(''),
  actual: words(''),
  difference: undefined,
  hint: undefined,
  from: [],
  lines: undefined,
});

/** What an expectation is about, in words. */
const subjectOf = (expectation: Expectation): string => {
  switch (expectation.kind) {
    case 'payout':
      return `${expectation.reward} of ${expectation.person}`;
    case 'total':
      return expectation.person === undefined ? 'the total of everybody' : `the total of ${expectation.person}`;
    case 'unpaid':
      if (expectation.person === undefined) return 'everybody';
      return expectation.reward === undefined ? expectation.person : `${expectation.reward} of ${expectation.person}`;
    case 'factor':
      return `the factor of ${expectation.link} in ${expectation.reward} of ${expectation.person}`;
    case 'line': {
      const { reward, ...chosen } = expectation.choice;
      const named = Object.entries(chosen).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name} ${value}`],
      );
      return `the line ${[...named, `of ${expectation.person}`].join(' ')}${reward === undefined ? '' : ` in ${reward}`}`;
    }
  }
};

interface Unknown {
  readonly expected: string;
  readonly actual: string;
  readonly hint: string;
}

const didYouMean = (name: string, names: Iterable<string>): string => {
  const all = [...names];
  const near = nearest(name, all);
  return near === undefined ? `there is ${all.length === 0 ? 'none' : all.join(', ')}` : `did you mean ${near}?`;
};

/** A name that neither the plan nor the rows have: a slip of the pen must not pass for "is paid nothing". */
const unknownIn = (expectation: Expectation, { computation, persons }: Outcome): Unknown | undefined => {
  const { rewards } = computation.plan;
  const reward =
    expectation.kind === 'line' ? expectation.choice.reward : 'reward' in expectation ? expectation.reward : undefined;
  if (reward !== undefined && reward !== 'adjustments' && !rewards.has(reward)) {
    const names = [...rewards.keys()];
    return { expected: `a reward ${reward}`, actual: 'the plan has no such reward', hint: didYouMean(reward, names) };
  }
  const { person } = expectation;
  if (person !== undefined && !persons.has(person)) {
    return {
      expected: `a person ${person}`,
      actual: 'no row of the case has that id',
      hint: didYouMean(person, persons),
    };
  }
  if (expectation.kind !== 'factor') return undefined;
  const links = rewards.get(expectation.reward)?.links.map(({ name }) => name) ?? [];
  if (links.includes(expectation.link)) return undefined;
  const actual = `${expectation.reward} has no such link`;
  return { expected: `a link ${expectation.link}`, actual, hint: didYouMean(expectation.link, links) };
};

const of = ({ payouts }: Outcome, person: string | undefined, reward: string | undefined): readonly PaidIn[] =>
  payouts.filter(
    ({ payout }) =>
      (person === undefined || payout.person.id === person) && (reward === undefined || payout.rewardName === reward),
  );

const sumOf = (from: readonly PaidIn[]): Num => from.reduce<Num>((sum, { payout }) => add(sum, payout.amount), 0);

const checkAmount = (expectation: Extract<Expectation, { kind: 'payout' | 'total' }>, outcome: Outcome): Check => {
  const from = of(outcome, expectation.person, expectation.kind === 'payout' ? expectation.reward : undefined);
  const expected = toMinor(expectation.amount.value, outcome.computation.plan.digits);
  const actual = sumOf(from);
  const difference = sub(actual, expected);
  return {
    ...about(expectation),
    passed: isZero(difference),
    expected: money(expected),
    actual: from.length === 0 ? nothing() : money(actual),
    difference: money(difference),
    from,
  };
};

/** Nobody in `who`: that is 0.00 too, but not the same thing. */
const nothing = (): Compared => ({ unit: 'words', value: 0, words: 'nothing: no payout' });

const checkUnpaid = (expectation: Extract<Expectation, { kind: 'unpaid' }>, outcome: Outcome): Check => {
  const from = of(outcome, expectation.person, expectation.reward);
  const paying = from.filter(({ payout }) => payout.lines.some((line) => !isZero(line.amount)));
  return {
    ...about(expectation),
    passed: paying.length === 0,
    expected: words('unpaid'),
    actual: money(sumOf(paying)),
    from: paying,
  };
};

interface Met {
  readonly line: Line;
  readonly effect: LinkEffect;
}

/** The factor on the lines that the link applied to; where it applied to none, 100%. */
const checkFactor = (expectation: Extract<Expectation, { kind: 'factor' }>, outcome: Outcome): Check => {
  const from = of(outcome, expectation.person, expectation.reward);
  const met = from.flatMap(({ payout }) =>
    payout.lines.flatMap((line): Met[] =>
      line.links.flatMap((effect) => (effect.link.name === expectation.link ? [{ line, effect }] : [])),
    ),
  );
  const expected = expectation.factor.value;
  const applied = met.filter(({ effect }) => effect.applied);
  const wrong = applied.filter(({ effect }) => !equal(effect.factor, expected));
  const first = wrong[0];
  const actual = first?.effect.factor ?? 1;
  const passed = met.length > 0 && (applied.length === 0 ? equal(expected, 1) : wrong.length === 0);
  const differ = applied.some(({ effect }) => first !== undefined && !equal(effect.factor, first.effect.factor));
  return {
    ...about(expectation),
    passed,
    expected: percent(expected),
    actual: met.length === 0 ? words('no line that the link could touch') : percent(actual),
    difference: met.length === 0 ? undefined : percent(sub(actual, expected)),
    hint: differ
      ? 'its lines differ: name the line under lines:'
      : applied.length === 0 && met.length > 0
        ? 'the link applied to no line'
        : undefined,
    from,
    lines: wrong.length === 0 ? undefined : new Set(wrong.map(({ line }) => line)),
  };
};
