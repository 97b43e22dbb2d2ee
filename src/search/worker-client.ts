import { errorMessage } from '@/azure/protocol/errors';
import { type PartWorker, startWorker } from '@/parts/part-worker';
import type { FromWorker, Reading, ToWorker } from './protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from './search-worker?worker&url';

/** Creates a client of the search worker, which starts with the first message and restarts after `terminate`. */
export function createWorkerClient(onMessage: (message: FromWorker) => void, onFailure: (message: string) => void) {
  let worker: PartWorker<ToWorker> | undefined;
  let reading: Reading | undefined;

  function send(message: ToWorker) {
    if (!worker) {
      worker = startWorker<ToWorker, FromWorker>(workerUrl, 'search', {
        message: onMessage,
        failure: (cause) => onFailure(errorMessage(cause)),
      });
      if (reading) worker.post({ kind: 'steps', reading });
    }
    worker.post(message);
  }

  return {
    send,
    isOpen: () => worker !== undefined,
    /** Ends the worker; the next message starts another. */
    terminate() {
      worker?.end();
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
