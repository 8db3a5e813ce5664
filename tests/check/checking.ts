import { atLevels, type CheckFinding } from '../../src/check/levels.ts';
import { MEANING_CHECKS } from '../../src/check/meaning/list.ts';
import { Sink } from '../../src/findings/sink.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import type { Plan } from '../../src/rules/plan.ts';

/** A plan as text, loaded; throws where it cannot be. */
export const planOf = (text: string): Plan => {
  const sink = new Sink();
  const plan = loadPlan('align-pay.yaml', text, () => undefined, { resolvePath: (_, path) => path }, sink);
  if (plan === undefined) throw new Error(JSON.stringify(sink.all(), null, 2));
  return plan;
};

/** What cannot be meant, as `code line:column`, notes with `note` before them. */
export const meaningIn = (text: string): readonly string[] => {
  const plan = planOf(text);
  return linesOf(
    atLevels(
      plan,
      MEANING_CHECKS.flatMap((check) => check(plan)),
    ),
  );
};

const linesOf = (findings: readonly CheckFinding[]): readonly string[] => {
  const sink = new Sink();
  for (const finding of findings) sink.push(finding);
  return sink
    .all()
    .map(({ severity, code, line, column }) => `${severity === 'note' ? 'note ' : ''}${code} ${line}:${column}`);
};
