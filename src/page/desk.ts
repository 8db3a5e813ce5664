import type { Answer, Question } from './messages.ts';
import { Server } from './serve.ts';

interface Task {
  readonly urgency: number;
  readonly steps: Generator<Answer | undefined>;
}

/** What is answered first where several questions wait: whoever moves a slider waits for nobody. */
const URGENCY: Readonly<Record<Question['ask'], number>> = {
  open: 5,
  figures: 4,
  overlay: 3,
  payouts: 3,
  statement: 2,
  unlinked: 1,
};
const IDLE = 0;
/** The questions that come again with the answer to a newer one. */
const FOLLOWING = URGENCY.statement;
/** Whoever moves a slider moves it again at once: so long nothing is begun that another move would have to wait for. */
const QUIET_MS = 200;

/**
 * Answers questions step by step, the most urgent first, so that one that comes in between need not wait for the end of another. With new
 * figures asked for, what was to explain the old ones is dropped.
 */
export class Desk {
  readonly #server = new Server();
  readonly #say: (answer: Answer) => void;
  readonly #channel = new MessageChannel();
  #tasks: Task[] = [];
  #waiting = false;
  /** Runs after a move of a slider, until nobody has moved one for a while. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (answer: Answer) => void) {
    this.#say = say;
    this.#channel.port1.onmessage = () => this.#step();
  }

  take(question: Question): void {
    if (question.ask === 'figures')
      this.#tasks = this.#tasks.filter(({ urgency }) => urgency === IDLE || urgency > FOLLOWING);
    this.#add({ urgency: URGENCY[question.ask], steps: this.#server.steps(question) });
    if (question.ask === 'open') this.#add({ urgency: IDLE, steps: this.#server.idle() });
  }

  #add(task: Task): void {
    this.#tasks.push(task);
    this.#wake();
  }

  #wake(): void {
    if (this.#waiting || this.#tasks.length === 0) return;
    this.#waiting = true;
    // By a message, so that others that have come are heard first; timers would wait.
    this.#channel.port2.postMessage(undefined);
  }

  #waitForQuiet(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake();
    }, QUIET_MS);
  }

  #step(): void {
    this.#waiting = false;
    const task = this.#tasks.reduce<Task | undefined>(
      (first, one) => (first === undefined || one.urgency > first.urgency ? one : first),
      undefined,
    );
    if (task === undefined) return;
    // The timer wakes it.
    if (task.urgency <= URGENCY.unlinked && this.#timer !== undefined) return;
    // Done with, should it fail: what fails once would fail again.
    let ended = true;
    try {
      const { done, value } = task.steps.next();
      ended = done === true;
      if (value !== undefined && value !== null) this.#say(value);
    } finally {
      if (task.urgency === URGENCY.figures) this.#waitForQuiet();
      if (ended) this.#tasks = this.#tasks.filter((one) => one !== task);
      this.#wake();
    }
  }
}
