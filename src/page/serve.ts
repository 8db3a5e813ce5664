import type { Answer, Question } from './messages.ts';
import type { PageData } from './page-data.ts';
import { Tryout } from './tryout.ts';

/** Answers questions, each in one or several parts; the first hands in the data. */
export class Server {
  #tryout: Tryout | undefined;

  /** Answers one question to its end. */
  serve(question: Question, say: (answer: Answer) => void): void {
    for (const answer of this.steps(question)) if (answer !== undefined) say(answer);
  }

  /** The same step by step: what comes is an answer, or nothing yet. */
  *steps(question: Question): Generator<Answer | undefined> {
    if (question.ask !== 'open') {
      yield* this.#tryout?.answers(question) ?? [];
      return;
    }
    this.#tryout = new Tryout(JSON.parse(question.text) as PageData);
    yield this.#tryout.open();
  }

  /** What is worth doing while nobody asks. */
  *idle(): Generator<undefined> {
    yield* this.#tryout?.warmUp() ?? [];
  }
}
