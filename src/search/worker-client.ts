import type { Step } from '@/azure/bodies/model';
import { trusted } from '@/azure/wire/trusted-types';
import type { FromWorker, ToWorker } from './protocol';
// oxlint-disable-next-line import/default -- Vite makes the address of the worker's file of it
import workerUrl from './search-worker?worker&url';

/** The line to the worker: it starts with the first word to it, and can be cut and begun anew. */
export function createWorkerClient(onMessage: (message: FromWorker) => void, onFailure: (words: string) => void) {
  let worker: Worker | undefined;
  let steps: readonly Step[] | undefined;

  function send(message: ToWorker) {
    if (!worker) {
      worker = new Worker(trusted.createScriptURL(workerUrl), { type: 'module', name: 'search' });
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => onMessage(data));
      worker.addEventListener('error', (event) => onFailure(event.message || 'The search could not start'));
      if (steps) worker.postMessage({ kind: 'steps', steps } satisfies ToWorker, []);
    }
    worker.postMessage(message, []);
  }

  return {
    send,
    isOpen: () => worker !== undefined,
    /** Ends the worker with all that it knew; the next word to it starts another. */
    terminate() {
      worker?.terminate();
      worker = undefined;
    },
    /** All bodies are decoded by these steps from now on; undefined: as each text suggests. */
    decodeBy(wanted: readonly Step[] | undefined) {
      if (wanted?.join() === steps?.join()) return;
      steps = wanted;
      if (worker) send({ kind: 'steps', steps: wanted });
    },
  };
}
