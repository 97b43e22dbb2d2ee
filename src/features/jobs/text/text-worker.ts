import { trusted } from '@/azure/wire/trusted-types';
import type { NewText } from '@/bulk/work/new-text';
import { arrivedWorker } from '@/parts/part-worker';

/** Ms that one text may take, in a job and in its dry run. */
export const TEXT_LIMIT_MS = 500;
/** What becomes of a text that takes longer. */
export const TOO_LONG: NewText = { refused: 'The expression took longer than half a second on this text.' };

/**
 * Starts a worker for texts, and resolves once it has said that it listens: loading time is not a text's.
 * @throws Error when it cannot start.
 */
export async function startTextWorker(url: string, name: string): Promise<Worker> {
  const worker = new Worker(trusted.createScriptURL(await arrivedWorker(url)), { type: 'module', name });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(worker), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The worker could not start.')), {
      once: true,
    });
  });
}
