import { trusted } from '@/azure/wire/trusted-types';
import type { FromWorker, Reading, ToWorker } from './protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from './search-worker?worker&url';

/** Creates a client of the search worker, which starts with the first message and restarts after `terminate`. */
export function createWorkerClient(onMessage: (message: FromWorker) => void, onFailure: (message: string) => void) {
  let worker: Worker | undefined;
  let reading: Reading | undefined;

  function send(message: ToWorker) {
    if (!worker) {
      worker = new Worker(trusted.createScriptURL(workerUrl), { type: 'module', name: 'search' });
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => onMessage(data));
      worker.addEventListener('error', (event) => onFailure(event.message || 'The search could not start'));
      if (reading) worker.postMessage({ kind: 'steps', reading } satisfies ToWorker, []);
    }
    worker.postMessage(message, []);
  }

  return {
    send,
    isOpen: () => worker !== undefined,
    /** Ends the worker; the next message starts another. */
    terminate() {
      worker?.terminate();
      worker = undefined;
    },
    /** Sets the decode steps of all bodies and of single ones. */
    decodeBy(wanted: Reading) {
      if (JSON.stringify(wanted) === JSON.stringify(reading)) return;
      reading = wanted;
      if (worker) send({ kind: 'steps', reading });
    },
  };
}
