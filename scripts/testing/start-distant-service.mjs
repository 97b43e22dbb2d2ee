import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * What `distant-service.mjs` tells: requests and preflights since it was last asked, the most requests that it had at a time, and the
 * messages of the queue that was named, hidden ones among them.
 * @typedef {{ requests: number, preflights: number, most: number, messages: number, hidden: number }} Seen
 */

/** Starts a queue service that is as far away as it is told, in a process of its own. */
export async function startDistantService() {
  const service = fork(fileURLToPath(new URL('distant-service.mjs', import.meta.url)));
  const heard = async () => /** @type {[Seen & { port: number }]} */ (await once(service, 'message'))[0];
  const { port } = await heard();
  return {
    origin: `http://127.0.0.1:${port}`,
    /** `isKept`: what is read may be kept from then on. @param {{ delay?: number, isKept?: boolean, fill?: { queue: string, messages: number, text: string }, make?: { named: string, queues: number }, look?: string }} said @returns {Promise<Seen>} */
    tell(said) {
      const answered = heard();
      service.send(said);
      return answered;
    },
    stop() {
      if (service.connected) service.disconnect();
    },
  };
}
