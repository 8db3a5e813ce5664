import type { Computation, Line } from '../engine/result.ts';
import { TABLE_OF } from '../rules/tables.ts';
import { toMinor } from '../values/money.ts';
import { equal, isZero, type Num, sub } from '../values/num.ts';
import { type Check, type Compared, money, type PaidIn, percent, words } from './check.ts';
import type { Expectation, Figure, LineChoice, LineFigure } from './test-file.ts';

type LineExpectation = Extract<Expectation, { kind: 'line' }>;
type Found = Pick<Check, 'passed' | 'expected' | 'actual' | 'difference' | 'hint' | 'from' | 'lines'>;

/** The id that a line's credit has in a table. */
const idOf = (line: Line, row: 'deal' | 'campaign' | 'lead', { tables }: Computation): string | undefined => {
  const at = line.credit?.[row] ?? -1;
  const id = at < 0 ? undefined : tables.get(TABLE_OF[row])?.columns.get(`${row}_id`)?.[at];
  return typeof id === 'string' ? id : undefined;
};

const isMeant = (line: Line, choice: LineChoice, computation: Computation): boolean =>
  (choice.kind === undefined || choice.kind === line.kind) &&
  (['deal', 'campaign', 'lead'] as const).every(
    (row) => choice[row] === undefined || choice[row] === idOf(line, row, computation),
  );

const figureOf = (line: Line, figure: LineFigure): Num | undefined => {
  switch (figure) {
    case 'amount':
      return line.amount;
    case 'base':
      return line.base;
    case 'credited':
      return line.credit?.amount;
    case 'rate':
      return line.rate;
    case 'factor':
      return line.factor;
  }
};

interface Context {
  readonly digits: number;
  /** Rewards that pay money a unit: their rates are money. */
  readonly paysUnits: ReadonlySet<string>;
}

const isMoney = (figure: LineFigure, said: Figure, { payout }: PaidIn, { paysUnits }: Context): boolean =>
  figure === 'rate' ? paysUnits.has(payout.rewardName) && !said.text.includes('%') : figure !== 'factor';

interface Candidate {
  readonly paid: PaidIn;
  readonly line: Line;
}

interface Miss {
  readonly figure: LineFigure;
  readonly expected: Compared;
  readonly actual: Compared;
  readonly difference: Compared | undefined;
}

/** The figures in which a line is not as expected. */
const missesOf = ({ paid, line }: Candidate, { figures }: LineExpectation, context: Context): readonly Miss[] =>
  [...figures].flatMap(([figure, said]): Miss[] => {
    const inMoney = isMoney(figure, said, paid, context);
    const show = inMoney ? money : percent;
    const expected = inMoney ? toMinor(said.value, context.digits) : said.value;
    const actual = figureOf(line, figure);
    if (actual === undefined)
      return [{ figure, expected: show(expected), actual: words(`a line without ${figure}`), difference: undefined }];
    if (equal(actual, expected)) return [];
    return [{ figure, expected: show(expected), actual: show(actual), difference: show(sub(actual, expected)) }];
  });

/** Looks for the line that a case expects: one that is meant and has all its figures, else the nearest of those meant. */
export const checkLine = (expectation: LineExpectation, from: readonly PaidIn[], computation: Computation): Found => {
  const { plan } = computation;
  const paysUnits = new Set(
    [...plan.rewards.values()].flatMap((reward) =>
      reward.body === 'credit' && reward.unit === 'pay' ? [reward.name] : [],
    ),
  );
  const context = { digits: plan.digits, paysUnits };
  const meant = from.flatMap((paid) =>
    paid.payout.lines
      .filter((line) => isMeant(line, expectation.choice, computation))
      .map((line): Candidate => ({ paid, line })),
  );
  if (meant.length === 0) {
    return {
      passed: false,
      expected: words('a line'),
      actual: words('there is no such line'),
      difference: undefined,
      hint: undefined,
      from,
      lines: undefined,
    };
  }
  const tried = meant.map((candidate) => ({ candidate, misses: missesOf(candidate, expectation, context) }));
  const best = tried.reduce((least, each) => (each.misses.length < least.misses.length ? each : least));
  const [miss] = best.misses;
  const { paid, line } = best.candidate;
  const where = { from: [paid], lines: new Set([line]) };
  if (miss === undefined)
    return {
      passed: true,
      expected: words('a line'),
      actual: words('a line'),
      difference: undefined,
      hint: undefined,
      ...where,
    };
  const others = best.misses.slice(1).map(({ figure }) => figure);
  const also = others.length === 0 ? miss.figure : `${miss.figure}, and ${others.join(', ')} differ too`;
  const difference =
    miss.difference?.value === undefined || isZero(miss.difference.value) ? undefined : miss.difference;
  return {
    passed: false,
    expected: miss.expected,
    actual: miss.actual,
    difference,
    hint: `it is the ${also}`,
    ...where,
  };
};
