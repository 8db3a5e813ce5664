import './dom.ts';
import { Desk } from './desk.ts';
import type { Answer, Question } from './messages.ts';

/** A line to the engine: questions go out, answers come in. */
export interface EngineLine {
  readonly ask: (question: Question) => void;
}

/**
 * The engine in a worker made from the page's own script, so that the page stays responsive; where a browser allows none, in the
 * page itself.
 */
export const openLine = (program: string, hear: (answer: Answer) => void): EngineLine => {
  const here = (): EngineLine => {
    const desk = new Desk(hear);
    return { ask: (question) => desk.take(question) };
  };
  try {
    const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    const worker = new Worker(url);
    let line: EngineLine = { ask: (question) => worker.postMessage(question) };
    const asked: Question[] = [];
    let heard = false;
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      heard = true;
      hear(data);
    };
    worker.onerror = () => {
      // Refused before it said anything: the page does the work itself.
      if (heard) return;
      line = here();
      for (const question of asked.splice(0)) line.ask(question);
    };
    return {
      ask: (question) => {
        if (!heard) asked.push(question);
        line.ask(question);
      },
    };
  } catch {
    return here();
  }
};
