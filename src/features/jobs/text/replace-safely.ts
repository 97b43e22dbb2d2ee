import { trusted } from '@/azure/wire/trusted-types';
import type { NewText } from '@/bulk/work/new-text';
import type { Replacer } from './apply-change';
import type { ReplaceRequest } from './replace-worker';
// oxlint-disable-next-line import/default -- Vite makes the address of the worker's file of it
import workerUrl from './replace-worker?worker&url';

/** Ms that one text may take. */
const REPLACE_LIMIT_MS = 500;

/**
 * Replaces by a regular expression in a worker, one text after another, each for half a second at most: an expression can
 * take for ever on an unlucky text.
 */
export function createReplacer(pattern: string, flags: string, replacement: string): Replacer {
  let worker: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(text: string): Promise<NewText> {
    const current = await (worker ??= startWorker());
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        current.terminate();
        worker = undefined;
        end({ refused: 'The expression took longer than half a second on this text.' });
      }, REPLACE_LIMIT_MS);
      const hear = ({ data }: MessageEvent<string>) => end({ text: data });
      const fail = (event: ErrorEvent) => end({ refused: event.message });
      function end(answer: NewText) {
        clearTimeout(timer);
        current.removeEventListener('message', hear);
        current.removeEventListener('error', fail);
        resolve(answer);
      }
      current.addEventListener('message', hear);
      current.addEventListener('error', fail);
      current.postMessage({ pattern, flags, replacement, text } satisfies ReplaceRequest, []);
    });
  }

  return {
    replace(text) {
      const turn = last.then(() => ask(text));
      last = turn.catch(() => {});
      return turn;
    },
    close() {
      void worker?.then((current) => current.terminate());
      worker = undefined;
    },
  };
}

/** Resolves once the worker listens: loading time is not the expression's. */
function startWorker(): Promise<Worker> {
  const worker = new Worker(trusted.createScriptURL(workerUrl), { type: 'module', name: 'replace' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(worker), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The worker could not start.')), {
      once: true,
    });
  });
}
