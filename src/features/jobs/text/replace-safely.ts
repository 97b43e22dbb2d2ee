import type { NewText } from '@/bulk/work/new-text';
import type { Replacer } from './apply-change';
import type { ReplaceRequest } from './replace-worker';
// oxlint-disable-next-line import/default -- Vite makes the address of the worker's file of it
import workerUrl from './replace-worker?worker&url';
import { startTextWorker, TEXT_LIMIT_MS, TOO_LONG } from './text-worker';

/**
 * Replaces by a regular expression in a worker, one text after another, each for half a second at most: an expression can
 * take for ever on an unlucky text.
 */
export function createReplacer(pattern: string, flags: string, replacement: string): Replacer {
  let worker: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(text: string): Promise<NewText> {
    worker ??= startTextWorker(workerUrl, 'replace');
    const current = await worker.catch((cause: unknown) => {
      // The next one tries anew.
      worker = undefined;
      throw cause;
    });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        current.terminate();
        worker = undefined;
        end(TOO_LONG);
      }, TEXT_LIMIT_MS);
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
