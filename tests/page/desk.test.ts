import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Desk } from '../../src/page/desk.ts';
import type { Answer, Question, Trial } from '../../src/page/messages.ts';
import { run } from '../cli/run.ts';
import { root } from '../docs/blocks.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'align-pay-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let text: string;
beforeAll(async () => {
  const out = path.join(folder, 'pilot.html');
  await run([
    'pilot',
    path.join(root, 'examples/shared-growth/align-pay.yaml'),
    '--format',
    'html',
    '--out',
    out,
    '--quiet',
  ]);
  text = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(readFileSync(out, 'utf8'))?.[1] ?? '';
});

const moved = (rate: string): Trial => ({
  start: 0,
  settings: [{ name: 'base_rate', way: ['params', 'base_rate'], text: rate }],
});

/** What is answered to some questions, in its order, until an answer is heard; `then` is asked when the first of it is heard. */
const heard = (questions: readonly Question[], last: (answer: Answer) => boolean): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const told: string[] = [];
    const desk = new Desk((answer) => {
      told.push('id' in answer ? `${answer.answer} ${answer.id}` : answer.answer);
      if (last(answer)) resolve(told);
    });
    for (const question of questions) desk.take(question);
  });

const figures = (id: number, rate: string): Question => ({ ask: 'figures', id, trial: moved(rate), person: undefined });

it('answers figures before what explains others, which is dropped', async () => {
  const questions: readonly Question[] = [
    { ask: 'open', text },
    { ask: 'unlinked', id: 1, trial: moved('7%') },
    { ask: 'statement', id: 1, trial: moved('7%'), person: 'priya', period: undefined },
    figures(2, '8%'),
    { ask: 'unlinked', id: 2, trial: moved('8%') },
    { ask: 'payouts', id: 2, trial: moved('8%') },
  ];
  expect(await heard(questions, ({ answer }) => answer === 'unlinked')).toEqual([
    'open',
    'paid 2',
    'linkage 2',
    'text 2',
    'unlinked 2',
  ]);
});

it('is at hand while it works on what nobody waits for', async () => {
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    const desk = new Desk((answer) => {
      told.push(answer.answer);
      // Moved in the midst of it: after the first of several steps.
      if (answer.answer === 'open') {
        desk.take({ ask: 'unlinked', id: 1, trial: moved('7%') });
        setTimeout(() => desk.take(figures(2, '8%')), 1);
      }
      if (answer.answer === 'linkage') resolve();
    });
    desk.take({ ask: 'open', text });
  });
  expect(told.slice(-2)).toEqual(['paid', 'linkage']);
});

it('goes on after a question that cannot be answered', async () => {
  const broken = { ask: 'figures', id: 1, trial: { start: 99, settings: [] }, person: undefined } as const;
  const told = await heard([{ ask: 'open', text }, broken, figures(2, '8%')], (answer) => answer.answer === 'linkage');
  expect(told).toEqual(['open', 'failed 1', 'paid 2', 'linkage 2']);
});
