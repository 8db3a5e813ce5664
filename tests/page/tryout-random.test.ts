import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvePath } from '../../src/cli/resolve-path.ts';
import { compute } from '../../src/engine/compute.ts';
import { Sink } from '../../src/findings/sink.ts';
import { loadTables } from '../../src/io/tables-load.ts';
import type { Answer, Question } from '../../src/page/messages.ts';
import { Server } from '../../src/page/serve.ts';
import { type Dial, dialSteps, dialText } from '../../src/pilot/controls.ts';
import type { Setting } from '../../src/pilot/setting.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import type { Tables } from '../../src/rules/table-data.ts';
import { formatMinor } from '../../src/values/money.ts';
import { parsePeriod } from '../../src/values/period.ts';
import { run } from '../cli/run.ts';
import { root } from '../docs/blocks.ts';
import { Draw } from '../reference/draw.ts';

/** `ALIGN_PAY_CASES=2000 npx vitest run tests/page/tryout-random` for a long run. */
const CASES = Number(process.env.ALIGN_PAY_CASES ?? 25);
const example = path.join(root, 'examples/shared-growth');
const plan = path.join(example, 'align-pay.yaml');

const server = new Server();
const ask = (question: Question): readonly Answer[] => {
  const answers: Answer[] = [];
  server.serve(question, (answer) => answers.push(answer));
  return answers;
};

let opened: Extract<Answer, { answer: 'open' }>;
let tables: Tables;

const folder = mkdtempSync(path.join(tmpdir(), 'align-pay-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const out = path.join(folder, 'pilot.html');
  const variants = ['both-ways', 'one-pool'].map((name) => path.join(example, `pilot/${name}.yaml`));
  await run(['pilot', plan, ...variants, '--format', 'html', '--out', out, '--quiet']);
  const text = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(readFileSync(out, 'utf8'))?.[1] ?? '';
  const [answer] = ask({ ask: 'open', text });
  if (answer?.answer !== 'open') throw new Error(JSON.stringify(answer));
  opened = answer;
  const sink = new Sink();
  const loaded = loadPlan(plan, readFileSync(plan, 'utf8'), () => undefined, { resolvePath }, sink);
  if (loaded === undefined) throw new Error(JSON.stringify(sink.all()));
  // The columns that variants read are in the files as well.
  ({ tables } = await loadTables({ plan: loaded, deals: undefined }, sink));
});

/** Payouts of a plan file that is given as text, by the engine alone: no pilot, no page, and the files' own tables. */
const computed = (file: string, text: string): readonly string[] | undefined => {
  const sink = new Sink();
  const readText = (other: string): string | undefined => (other === file ? text : readFileSync(other, 'utf8'));
  const own = loadPlan(file, text, readText, { resolvePath }, sink);
  const [from, to] = ['2026-Q1', '2026-Q2'].map((label) => parsePeriod(label, 1));
  if (own === undefined || from === undefined || to === undefined) return undefined;
  const result = compute(own, tables, { periods: { from, to } }, sink);
  return result?.periods
    .flatMap(({ period, payouts }) =>
      payouts.map(({ person: { id, name }, rewardName, amount }) =>
        [period.label, id, name, rewardName, formatMinor(amount, own.digits), own.currency].join(','),
      ),
    )
    .sort();
};

const textOf = (answers: readonly Answer[]): string | undefined =>
  answers.flatMap((answer) => (answer.answer === 'text' ? [answer.text] : []))[0];

/** Moves some dials, pays in the page and by the variant that the page writes; whether it could be paid. */
const tryMoves = (start: number, settings: readonly Setting[]): boolean => {
  const told = JSON.stringify([start, settings.map(({ name, text }) => `${name}=${text}`)]);
  const trial = { start, settings };
  const [overlay, payouts] = (['overlay', 'payouts'] as const).map((what) => textOf(ask({ ask: what, id: 1, trial })));
  if (overlay === undefined || payouts === undefined) return false;
  const rows = payouts.trim().split('\n').slice(1).sort();
  const beside = start === 0 ? example : path.join(example, 'pilot');
  expect(rows, `${told}\n${overlay}`).toEqual(computed(path.join(beside, 'tried.yaml'), overlay));
  // The quick answer, too: everybody's sum.
  const person = opened.people[rows.length % opened.people.length]?.id;
  const paid = ask({ ask: 'figures', id: 1, trial, person }).find(({ answer }) => answer === 'paid');
  const sums = new Map<string, bigint>();
  const own = new Map<string, bigint>();
  for (const row of rows) {
    const [, id = '', , reward = '', amount = ''] = row.split(',');
    const cents = BigInt(amount.replace('.', ''));
    sums.set(id, (sums.get(id) ?? 0n) + cents);
    if (id === person) own.set(reward, (own.get(reward) ?? 0n) + cents);
  }
  // One person's rewards, asked for without the others'.
  const statement = paid?.answer === 'paid' ? paid.statement : [];
  expect(
    Object.fromEntries(
      statement.flatMap(({ reward, amount }) => (amount === 0 ? [] : [[reward, BigInt(Number(amount))]])),
    ),
    told,
  ).toEqual(Object.fromEntries([...own].filter(([, cents]) => cents !== 0n)));
  const quick =
    paid?.answer === 'paid' ? [...paid.sums.paid.byPerson].map(([id, sum]) => [id, BigInt(Number(sum))]) : [];
  expect(Object.fromEntries(quick.filter(([, sum]) => sum !== 0n)), told).toEqual(
    Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n)),
  );
  return true;
};

const dialsOf = (start: number): readonly Dial[] =>
  (opened.controls[start] ?? []).flatMap(({ dials, curves }) => [
    ...dials.map(({ dial }) => dial),
    ...curves.flatMap(({ points }) => points.map(({ dial }) => dial)),
  ]);

const moved = (draw: Draw, dial: Dial): Setting => ({
  name: dial.name,
  way: dial.way,
  text: dialText(dial, draw.int(0, dialSteps(dial))),
});

/** The points of some curves elsewhere, in their order. */
const movedSideways = (draw: Draw, start: number): readonly Setting[] =>
  (opened.controls[start] ?? []).flatMap(({ curves }) =>
    curves.flatMap(({ points }) => {
      const [at] = points.map((point) => point.at);
      if (at === undefined || draw.int(0, 1) === 0) return [];
      const places = new Set<number>();
      while (places.size < points.length) places.add(draw.int(0, dialSteps(at)));
      const rising = [...places].sort((one, other) => one - other);
      return points.map(({ dial, x }, i) => {
        const key = dialText(at, rising[i] ?? 0);
        return { ...moved(draw, dial), ...(key === x ? {} : { key }) };
      });
    }),
  );

describe('the engine in the page', () => {
  it('pays for curves whose points stand elsewhere what compute pays by the variant that the page writes', () => {
    let paid = 0;
    for (let seed = 0; seed < CASES; seed++) {
      const draw = new Draw(seed);
      const start = draw.int(0, opened.controls.length - 1);
      const settings = movedSideways(draw, start);
      if (settings.length > 0 && tryMoves(start, settings)) paid++;
    }
    expect(paid).toBeGreaterThan(CASES / 2);
  });

  it('pays for each slider by itself what compute pays by the variant that the page writes', () => {
    const draw = new Draw(7);
    const kinds = new Set<string>();
    for (const start of opened.controls.keys()) {
      for (const dial of dialsOf(start)) {
        // A position may be none that can be paid (steps out of order): then another is tried.
        const paid = [1, 2, 3, 4, 5].some(() => tryMoves(start, [moved(draw, dial)]));
        if (paid)
          kinds.add(
            String(dial.way.find((step) => ['params', 'weight', 'curve', 'cap', 'steps'].includes(String(step)))),
          );
      }
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['params', 'weight', 'curve', 'cap', 'steps']));
  });

  it('pays for random positions of many sliders what compute pays by the variant that the page writes', () => {
    let paid = 0;
    for (let seed = 0; seed < CASES; seed++) {
      const draw = new Draw(seed);
      const start = draw.int(0, opened.controls.length - 1);
      const blends = new Set<string>();
      const settings = draw.some(dialsOf(start), 30).flatMap((dial) => {
        if (!dial.name.endsWith('.weight')) return [moved(draw, dial)];
        // Of a blend one weight follows, as in the page.
        const [, reward = ''] = dial.way.map(String);
        if (blends.has(reward)) return [];
        blends.add(reward);
        return [moved(draw, dial)];
      });
      if (tryMoves(start, settings)) paid++;
    }
    expect(paid).toBeGreaterThan(CASES / 2);
  });

  it('writes the statement that is handed out, and adds up to what is paid', () => {
    const dial = dialsOf(0).find(({ name }) => name === 'base_rate');
    if (dial === undefined) throw new Error('no base_rate');
    const trial = { start: 0, settings: [{ name: dial.name, way: dial.way, text: '7%' }] };
    const payouts = textOf(ask({ ask: 'payouts', id: 1, trial })) ?? '';
    for (const { id } of opened.people) {
      const [answer] = ask({ ask: 'statement', id: 1, trial, person: id, period: '2026-Q1' });
      if (answer?.answer !== 'statement') throw new Error(JSON.stringify(answer));
      const cents = payouts
        .split('\n')
        .filter((row) => row.startsWith(`${answer.period},${id},`))
        .reduce((sum, row) => sum + BigInt((row.split(',')[4] ?? '').replace('.', '')), 0n);
      const total = /data-amount="total">([^<]*)</.exec(answer.markup)?.[1] ?? '';
      expect(BigInt(total.replace(/[,.]/g, '').replace('−', '-')), id).toBe(cents);
    }
    const [nobody] = ask({ ask: 'statement', id: 1, trial, person: 'nobody', period: undefined });
    expect(nobody).toMatchObject({ periods: [], markup: '' });
  });
});
