import { trusted } from '@/azure/wire/trusted-types';
import { arrive, distrust } from './arrival';
import { PartError } from './part-error';

type Listeners<Received> = {
  message: (data: Received) => void;
  /** The worker ended itself, or did not start: then `cause` is a `PartError`. */
  failure: (cause: unknown) => void;
};

export type PartWorker<Sent> = { post: (message: Sent) => void; end: () => void };

/**
 * Resolves to the address of a worker once its file has arrived. The development server makes workers of sources.
 * @throws PartError when it does not arrive
 */
export const arrivedWorker = async (url: string): Promise<string> =>
  import.meta.env.PROD ? arrive(new URL(url, location.href).href) : url;

/**
 * Starts a worker of the build once its file has arrived, as that of a part does. What is posted before is kept for it.
 * @param url of its file
 */
export function startWorker<Sent, Received>(
  url: string,
  name: string,
  { message, failure }: Listeners<Received>,
): PartWorker<Sent> {
  let worker: Worker | undefined;
  let isEnded = false;
  const waiting: Sent[] = [];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  const send = (one: Sent) => worker?.postMessage(one);

  function begin(address: string) {
    if (isEnded) return;
    worker = new Worker(trusted.createScriptURL(address), { type: 'module', name });
    worker.addEventListener('message', ({ data }: MessageEvent<Received>) => message(data));
    worker.addEventListener('error', (event) => {
      // It may be what the browser has of it.
      distrust(new URL(url, location.href).href);
      // An error of its code has words; a file that cannot be had has none.
      failure(event.message ? new Error(event.message) : new PartError('unreachable'));
    });
    waiting.splice(0).forEach(send);
  }
  // At once where there is nothing to wait for.
  if (import.meta.env.PROD) arrivedWorker(url).then(begin, (cause: unknown) => !isEnded && failure(cause));
  else begin(url);

  return {
    post: (one) => void (worker ? send(one) : waiting.push(one)),
    end() {
      isEnded = true;
      worker?.terminate();
    },
  };
}
