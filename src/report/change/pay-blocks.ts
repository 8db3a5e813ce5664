import type { Attribution, Touched } from '../../change/attribution.ts';
import type { Part } from '../../change/parts.ts';
import type { Plan } from '../../rules/plan.ts';
import { formatGrouped } from '../../values/money.ts';
import { abs, add, compare, type Num, sign, sub } from '../../values/num.ts';
import { LEAST_PEOPLE } from '../statement/statement.ts';
import { type Block, list, paragraph, table } from './document.ts';

/** More people than this are told by department alone. */
const MOST_PEOPLE = 40;
/** With more parts than this a person's row is too long; JSON has them all. */
const MOST_LETTERS = 4;

/** A, B, C, ...: how a part is named where its words are too long. */
const letterOf = (i: number): string =>
  i < 26 ? String.fromCharCode(65 + i) : `${letterOf(Math.floor(i / 26) - 1)}${letterOf(i % 26)}`;

const peopleCount = (people: readonly Touched[]): number => new Set(people.map(({ person }) => person)).size;

export const money = (amount: Num, { digits }: Plan): string => formatGrouped(amount, digits);

/** `+1,200.00`, `−300.00`, `0.00` */
export const signedMoney = (amount: Num, { digits }: Plan): string => {
  const text = formatGrouped(abs(amount), digits);
  return sign(amount) === 0 ? text : `${sign(amount) > 0 ? '+' : '−'}${text}`;
};

/** A row of what is paid by either plan. */
export const payRow = (name: string, before: Num, after: Num, plan: Plan): readonly string[] => [
  name,
  money(before, plan),
  money(after, plan),
  signedMoney(sub(after, before), plan),
];

export const periodWords = ({ from, to }: Attribution): string =>
  from.label === to.label ? from.label : `${from.label} to ${to.label}`;

const difference = ({ before, after }: Touched): Num => sub(after, before);
const sum = (amounts: readonly Num[]): Num => amounts.reduce<Num>(add, 0);

/** What a part is, by what it says. */
export const partWords = ({ differences }: Part): string => differences.map(({ says }) => says).join('; ');

/** What a change would have paid: by department, by part of the change, and with `names` by person. */
export const payBlocks = (attribution: Attribution, plan: Plan, { names }: { names: boolean }): readonly Block[] => {
  const { people, parts } = attribution;
  const touched = people.filter((one) => sign(difference(one)) !== 0);
  const total = sum(people.map(difference));
  if (touched.length === 0) return [paragraph(`In ${periodWords(attribution)} nobody would have been paid otherwise.`)];
  const departments = shownTogether(people, names);
  const rows = departments.map(({ name, people: own }) => {
    const gained = own.filter((one) => sign(difference(one)) > 0).length;
    const lost = own.filter((one) => sign(difference(one)) < 0).length;
    return [
      name,
      String(gained),
      String(lost),
      String(own.length - gained - lost),
      money(sum(own.map(({ before }) => before)), plan),
      money(sum(own.map(({ after }) => after)), plan),
      signedMoney(sum(own.map(difference)), plan),
    ];
  });
  const all = (of: (one: Touched) => Num): string => money(sum(people.map(of)), plan);
  return [
    paragraph(
      `In ${periodWords(attribution)}, ${peopleCount(touched)} of ${peopleCount(people)} people would have been paid otherwise: ${signedMoney(total, plan)} ${plan.currency} in all.`,
    ),
    table(
      ['department', 'gain', 'lose', 'same', 'before', 'after', 'difference'],
      [...rows, ['all', '', '', '', all(({ before }) => before), all(({ after }) => after), signedMoney(total, plan)]],
    ),
    paragraph(partsIntro(attribution)),
    list(parts.map((part, i) => `${letterOf(i)}: ${partWords(part)}`)),
    table(
      ['part', ...departments.map(({ name }) => name), 'all'],
      parts.map((_, i) => [
        letterOf(i),
        ...departments.map(({ people: own }) => signedMoney(sum(own.map(({ byPart }) => byPart[i] ?? 0)), plan)),
        signedMoney(sum(people.map(({ byPart }) => byPart[i] ?? 0)), plan),
      ]),
    ),
    ...(names ? personBlocks(touched, parts, plan) : []),
  ];
};

interface Together {
  readonly name: string;
  readonly people: readonly Touched[];
}

/**
 * The departments whose figures are shown. Where nobody is to be named, one of fewer people than may be shown stands
 * together with the next smallest, so that no sum is one person's pay, nor gives it away by what is left of the whole.
 */
const shownTogether = (people: readonly Touched[], names: boolean): readonly Together[] => {
  const departments = [...new Set(people.map(({ department }) => department ?? ''))].sort();
  const each = departments.map((department) => ({
    names: [department === '' ? 'no department' : department],
    people: people.filter((one) => (one.department ?? '') === department),
  }));
  const bySize = [...each].sort((a, b) => peopleCount(a.people) - peopleCount(b.people));
  const few = names ? [] : bySize.filter((one) => peopleCount(one.people) < LEAST_PEOPLE);
  const left = bySize.slice(few.length);
  while (few.length > 0 && left.length > 0 && peopleCount(few.flatMap((one) => one.people)) < LEAST_PEOPLE)
    few.push(...left.splice(0, 1));
  const folded = {
    names: few.flatMap((one) => one.names).sort(),
    people: few.flatMap((one) => one.people),
  };
  return [...each.filter((one) => !few.includes(one)), ...(few.length === 0 ? [] : [folded])].map((one) => ({
    name: one.names.join(' and '),
    people: one.people,
  }));
};

const partsIntro = ({ grain }: Attribution): string => {
  const by = {
    difference: 'Which part of the change makes how much of it',
    rule: 'Which rule makes how much of it (its differences taken together, since there are many or some make no sense alone)',
    section: 'Which section of the plan makes how much of it (its differences taken together)',
    whole: 'All of it together, since no part of it makes sense alone',
  };
  return `${by[grain]}; the parts add up to the difference to the cent:`;
};

const personBlocks = (touched: readonly Touched[], parts: readonly Part[], plan: Plan): readonly Block[] => {
  if (touched.length > MOST_PEOPLE)
    return [paragraph(`${touched.length} people are too many to list here; --format json has each of them.`)];
  const letters = parts.length < 2 || parts.length > MOST_LETTERS ? [] : parts.map((_, i) => letterOf(i));
  const most = [...touched].sort((a, b) => compare(abs(difference(b)), abs(difference(a))));
  return [
    paragraph('Who would have gained and lost:'),
    table(
      ['person', 'before', 'after', 'difference'],
      most.map((one) => [
        personWords(one),
        money(one.before, plan),
        money(one.after, plan),
        signedMoney(difference(one), plan),
      ]),
    ),
    table(
      ['of which', ...letters],
      letters.length === 0
        ? []
        : most.map((one) => [personWords(one), ...letters.map((_, i) => signedMoney(one.byPart[i] ?? 0, plan))]),
    ),
  ];
};

const personWords = ({ person, name, department }: Touched): string =>
  `${name ?? person}${department === undefined ? '' : ` (${department})`}`;
