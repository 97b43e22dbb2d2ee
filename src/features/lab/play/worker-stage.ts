import { trusted } from '@/azure/wire/trusted-types';
import type { FromPlayer } from '@/lab/engine/play-protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from '@/lab/engine/play-worker?worker&url';
import type { OpenStage } from './player';

/** Plays runs in a worker of its own, ahead of the picture. */
export const openWorkerStage: OpenStage = (receive) => {
  const worker = new Worker(trusted.createScriptURL(workerUrl), { type: 'module', name: 'lab' });
  let take = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<FromPlayer>) => receive(data));
  worker.addEventListener('error', () => receive({ kind: 'broken', take, message: 'its worker does not run' }));
  return {
    send(order) {
      ({ take } = order);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(order);
    },
    close: () => worker.terminate(),
  };
};
