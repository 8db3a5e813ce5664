import type { Answer, Question } from './messages.ts';
import type { PageData } from './page-data.ts';
import { Tryout } from './tryout.ts';

/** Answers questions one after the other, each in one or several parts; the first hands in the data. */
export class Server {
  #tryout: Tryout | undefined;

  serve(question: Question, say: (answer: Answer) => void): void {
    if (question.ask === 'open') {
      this.#tryout = new Tryout(JSON.parse(question.text) as PageData);
      say(this.#tryout.open());
      return;
    }
    for (const answer of this.#tryout?.answers(question) ?? []) say(answer);
  }
}
