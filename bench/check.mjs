// The static checks of a plan of a thousand lines against reading its YAML, in one process, in turn.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { parseDocument } from 'yaml';
import { root } from './process.mjs';

/** A plan with so many rewards, each with a credit, a measure, steps and two links of its own: 20 lines each. @param {number} rewards */
const planOf = (rewards) => {
  const each = Array.from({ length: rewards }, (_, i) => i + 1);
  return [
    'plan: Large\ncurrency: USD\nperiod: quarter\nparams:\n  notice: 5 days',
    'credits:',
    ...each.map(
      (i) =>
        `  won_${i}:\n    each: deal\n    when: deal.stage == "won" and deal.product == "product ${i}" and deal.amount >= ${i} USD`,
    ),
    'measures:',
    ...each.flatMap((i) => [`  sold_${i}: sum(won_${i}.amount)`, `  reached_${i}: sold_${i} / quota(sold_${i})`]),
    'rewards:',
    ...each.map(
      (i) => `  reward_${i}:
    per: won_${i}
    rate:
      method: marginal
      of: quota(sold_${i})
      steps:
        - { up_to: 80%, rate: 3% }
        - { up_to: 100%, rate: 6% }
        - { rate: 9% }
    links:
      larger_${i}: { because: Larger, when: deal.type == "new" or deal.type == "upsell", factor: 105% }
      reached_${i}:
        because: Reached
        by: reached_${i}
        curve: { 50%: 90%, 100%: 100%, 120%: 110% }
    cap: 90000 USD`,
    ),
    '',
  ].join('\n');
};

/** The loader and the static checks, as they stand in the sources. */
const bundled = async () => {
  const file = path.join(tmpdir(), `align-pay-bench-check-${process.pid}.mjs`);
  const source = `export { loadPlan } from './src/rules/load/load.ts';
export { MEANING_CHECKS } from './src/check/meaning/list.ts';
export { Sink } from './src/findings/sink.ts';`;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire('${root}/package.json');`,
    },
    write: false,
  });
  writeFileSync(file, /** @type {{ text: string }} */ (outputFiles[0]).text);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
};

/**
 * Milliseconds of each way, in turn: reading the YAML, loading the plan (the YAML included), its static checks.
 * @param {number} runs
 */
export const staticChecks = async (runs) => {
  const { loadPlan, MEANING_CHECKS, Sink } = await bundled();
  const text = planOf(50);
  /** @param {() => unknown} work */
  const timed = (work) => {
    const from = performance.now();
    const result = work();
    return { milliseconds: performance.now() - from, result };
  };
  const load = () => {
    const sink = new Sink();
    const finder = { resolvePath: (/** @type {string} */ _, /** @type {string} */ file) => file };
    const plan = loadPlan('align-pay.yaml', text, () => undefined, finder, sink);
    if (plan === undefined) throw new Error(JSON.stringify(sink.all().slice(0, 3)));
    return plan;
  };
  const times = {
    yaml: /** @type {number[]} */ ([]),
    load: /** @type {number[]} */ ([]),
    check: /** @type {number[]} */ ([]),
  };
  for (let run = 0; run < runs; run++) {
    times.yaml.push(timed(() => parseDocument(text)).milliseconds);
    const loaded = timed(load);
    times.load.push(loaded.milliseconds);
    const plan = loaded.result;
    times.check.push(
      timed(() => MEANING_CHECKS.map((/** @type {(plan: unknown) => unknown} */ check) => check(plan))).milliseconds,
    );
  }
  return { lines: text.split('\n').length, times };
};
