// The engine of the pilot page, as the page's worker runs it: how long a move of a slider takes until everything is recomputed.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { median } from './process.mjs';

/** @param {string} html @param {string} id */
const scriptIn = (html, id) => {
  const [, text] = new RegExp(`<script[^>]* id="${id}">(.*?)</script>`, 's').exec(html) ?? [];
  if (text === undefined) throw new Error(`the page has no ${id}`);
  return text;
};

/** What a browser's worker has and Node's has not. */
const SHIM = `const { parentPort } = require('node:worker_threads');
globalThis.postMessage = (answer) => parentPort.postMessage(answer);
parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;

const READING_MS = 10_000;

/** A value that a dial has not had before. @param {string} text @param {number} move */
const movedBy = (text, move) => {
  const [, digits = '', unit = ''] = /^([\d.]+)(.*)$/.exec(text) ?? [];
  // Days are whole.
  if (unit.includes('day')) return `${Number(digits) + move}${unit}`;
  return `${digits.includes('.') ? digits : `${digits}.`}${String(move).padStart(2, '0')}${unit}`;
};

/**
 * Moves each dial of the page, and a point of each curve, to values that they have not had before, with a person's statement open, and
 * gives the milliseconds that an answer takes: everybody's pay, that person's reward by reward, and the linkage of all departments.
 * @param {string} file @param {number} moves
 */
export const pageAnswers = async (file, moves) => {
  const html = readFileSync(file, 'utf8');
  const worker = new Worker(`${SHIM}${scriptIn(html, 'program')}`, { eval: true });
  /** Asks, and waits for the last of the answers. @param {any} question @param {string} last @returns {Promise<any>} */
  const ask = (question, last) =>
    new Promise((resolve, reject) => {
      /** @param {any} answer */
      const hear = (answer) => {
        if (answer.answer !== last && answer.answer !== 'failed') return;
        worker.off('message', hear);
        worker.off('error', reject);
        if (answer.answer === 'failed') reject(new Error(answer.messages.join('; ')));
        else resolve(answer);
      };
      worker.on('message', hear);
      worker.once('error', reject);
      worker.postMessage(question);
    });
  const opened = await ask({ ask: 'open', text: scriptIn(html, 'data') }, 'open');
  const dials = opened.controls[0].flatMap((/** @type {any} */ group) => [
    ...group.dials.map((/** @type {any} */ each) => each.dial),
    ...group.curves.map((/** @type {any} */ curve) => curve.points.at(-1).dial),
  ]);
  const person = opened.people[0].id;
  // Nobody moves anything before having looked at the page; the engine makes use of the time.
  await new Promise((resolve) => setTimeout(resolve, READING_MS));
  const answers = [];
  for (const dial of dials) {
    const times = [];
    for (let move = 1; move <= moves; move++) {
      const trial = { start: 0, settings: [{ name: dial.name, way: dial.way, text: movedBy(dial.text, move) }] };
      const from = performance.now();
      await ask({ ask: 'figures', id: move, trial, person }, 'linkage');
      times.push(performance.now() - from);
    }
    answers.push({ name: dial.name, milliseconds: median(times) });
  }
  await worker.terminate();
  return answers;
};
