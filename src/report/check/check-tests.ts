import type { ExampleCase, ExamplePaid } from '../../check/counterexample.ts';
import { exampleCell, exampleColumns } from '../../check/example-text.ts';
import type { CheckFinding } from '../../check/levels.ts';
import type { Plan } from '../../rules/plan.ts';
import { TABLES } from '../../rules/tables.ts';
import { formatMinor } from '../../values/money.ts';
import { add, equal, type Num } from '../../values/num.ts';

/** The first line of a file that `check` has written, and may write again. */
export const TESTS_HEAD = '# Written by align-pay check --write-tests';

const NOTE = `${TESTS_HEAD}: each case shows what a finding is about.
# It fails as the plan is, and passes when the plan is mended as the finding says.`;

/** A text in double quotes, as YAML and JSON have them. */
const text = (value: string): string => JSON.stringify(value);

/** A cell as YAML reads it back as the same text. */
const cell = (value: string): string => (/^[A-Za-z0-9][\w.%-]*$/.test(value) ? value : text(value));

const rowLines = (plan: Plan, { rows }: ExampleCase): readonly string[] =>
  TABLES.flatMap(({ name }) => {
    const own = rows.get(name) ?? [];
    if (own.length === 0) return [];
    const columns = exampleColumns(name, own);
    return [
      `    ${name}:`,
      ...own.map((row) => {
        const cells = columns.flatMap((column) => {
          const value = exampleCell(plan, name, row, column);
          return value === '' ? [] : [`${column}: ${cell(value)}`];
        });
        return `      - { ${cells.join(', ')} }`;
      }),
    ];
  });

const sumOf = (paid: readonly ExamplePaid[], person: string): Num =>
  paid.reduce<Num>((sum, one) => (one.person === person ? add(sum, one.amount) : sum), 0);

/** What the mended plan pays where that is another amount: by reward, or in all where a reward is gone. */
const expected = (plan: Plan, paid: readonly ExamplePaid[], wanted: readonly ExamplePaid[]): readonly string[] => {
  const people = [...new Set(paid.map(({ person }) => person))];
  return people.flatMap((person) => {
    const own = paid.filter((one) => one.person === person);
    const gone = own.some(({ reward }) => !wanted.some((one) => one.person === person && one.reward === reward));
    const amount = (value: Num): string => formatMinor(value, plan.digits);
    if (gone) {
      const sum = sumOf(wanted, person);
      return equal(sum, sumOf(paid, person)) ? [] : [`      ${cell(person)}: { total: ${amount(sum)} }`];
    }
    const others = wanted.filter((one) => {
      const now = own.find(({ reward }) => reward === one.reward);
      return one.person === person && now !== undefined && !equal(now.amount, one.amount);
    });
    if (others.length === 0) return [];
    const parts = others.map(({ reward, amount: value }) => `${reward}: ${amount(value)}`);
    return [`      ${cell(person)}: { ${parts.join(', ')} }`];
  });
};

/** What a case is to pay: as mended; where nobody knows how, whoever sells more is to be paid no less than before. */
const wantedOf = (
  { code }: CheckFinding,
  cases: readonly ExampleCase[],
  i: number,
): readonly ExamplePaid[] | undefined => {
  const { mended, paid } = cases[i] as ExampleCase;
  if (mended !== undefined) return mended;
  if (code !== 'selling-more-pays-less') return undefined;
  const before = cases[i - 1];
  return before === undefined || paid.length !== before.paid.length ? undefined : before.paid;
};

const caseLines = (finding: CheckFinding, plan: Plan, shown: (file: string) => string): readonly string[] => {
  const cases = finding.counterexample?.cases ?? [];
  return cases.flatMap((example, i) => {
    const wanted = wantedOf(finding, cases, i);
    const lines = wanted === undefined ? [] : expected(plan, example.paid, wanted);
    if (lines.length === 0) return [];
    const { from, to, name } = example;
    const at = `${shown(finding.file ?? plan.file)}:${finding.line ?? 1}`;
    return [
      `  - name: ${text(`${finding.code} (${at}): ${name}`)}`,
      ...(finding.hint === undefined ? [] : [`    # ${finding.hint}`]),
      `    period: ${from === to ? from : `${from}..${to}`}`,
      ...rowLines(plan, example),
      '    expect:',
      ...lines,
      '',
    ];
  });
};

/** Counterexamples as plan tests that fail as the plan is; undefined where there are none. */
export const counterexampleTests = (
  findings: readonly CheckFinding[],
  plan: Plan,
  { planPath, shown }: { readonly planPath: string; readonly shown: (file: string) => string },
): string | undefined => {
  const cases = findings.flatMap((finding) => caseLines(finding, plan, shown));
  if (cases.length === 0) return undefined;
  return `${[NOTE, `plan: ${cell(planPath)}`, 'cases:', ...cases].join('\n').trimEnd()}\n`;
};
