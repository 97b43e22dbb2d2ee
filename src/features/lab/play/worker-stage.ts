import type { FromPlayer, ToPlayer } from '@/lab/engine/play-protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from '@/lab/engine/play-worker?worker&url';
import { startWorker } from '@/parts/part-worker';
import type { OpenStage } from './player';

/** Plays runs in a worker of its own, ahead of the picture. */
export const openWorkerStage: OpenStage = (receive, fail) => {
  const worker = startWorker<ToPlayer, FromPlayer>(workerUrl, 'lab', { message: receive, failure: fail });
  return { send: (order) => worker.post(order), close: () => worker.end() };
};
