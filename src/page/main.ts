import './dom.ts';
import type { Answer, Question } from './messages.ts';
import { openPage } from './page.ts';
import { Server } from './serve.ts';

// One script does both: in a page it draws, in a worker it computes.
if (typeof document === 'undefined') {
  const server = new Server();
  const line = globalThis as unknown as {
    onmessage: (event: { readonly data: Question }) => void;
    postMessage: (answer: Answer) => void;
  };
  line.onmessage = ({ data }) => server.serve(data, (answer) => line.postMessage(answer));
} else openPage();
