import './dom.ts';
import { Desk } from './desk.ts';
import type { Answer, Question } from './messages.ts';
import { openPage } from './page.ts';

// One script does both: in a page it draws, in a worker it computes.
if (typeof document === 'undefined') {
  const line = globalThis as unknown as {
    onmessage: (event: { readonly data: Question }) => void;
    postMessage: (answer: Answer) => void;
  };
  const desk = new Desk((answer) => line.postMessage(answer));
  line.onmessage = ({ data }) => desk.take(data);
} else openPage();
