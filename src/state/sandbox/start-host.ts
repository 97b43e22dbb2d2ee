import { startWorker } from '@/parts/part-worker';
import type { FromHost, ToHost } from '@/sandbox/apart/protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from '@/sandbox/apart/sandbox-worker?worker&url';

type Listeners = { message: (message: FromHost) => void; failure: (cause: unknown) => void };

/** The worker of the sandbox; `listen` also tells of a failure before it. */
export type Host = { post: (message: ToHost) => void; end: () => void; listen: (listeners: Listeners) => void };

/** Starts the worker of the sandbox, so that it loads while the page's end of it does. It says nothing unasked. */
export function startHost(): Host {
  let listeners: Listeners | undefined;
  let failed: { cause: unknown } | undefined;
  const { post, end } = startWorker<ToHost, FromHost>(workerUrl, 'sandbox', {
    message: (message) => listeners?.message(message),
    failure(cause) {
      failed = { cause };
      listeners?.failure(cause);
    },
  });
  return {
    post,
    end,
    listen(given) {
      listeners = given;
      if (failed) listeners.failure(failed.cause);
    },
  };
}
