import { BRIEF, type Limits, LONGER, WHOLE } from '@/azure/bodies/budget';
import { type DecodeOptions, decodeBody, guessFormat } from '@/azure/bodies/decode-body';
import type { DecodedBody } from '@/azure/bodies/model';
import { trusted } from '@/azure/wire/trusted-types';
import type { DecodeRequest, FromWorker } from './protocol';
// oxlint-disable-next-line import/default -- Vite replaces this import by the URL of the worker's file
import workerUrl from './search-worker?worker&url';

/** Time for one text, which its counted limits keep far from; a worker that needs longer is ended. */
const TIME_LIMIT_MS = new Map<Limits, number>([
  [BRIEF, 2000],
  [WHOLE, 5000],
  [LONGER, 20_000],
]);

type Job = { text: string; options: DecodeOptions; resolve: (body: DecodedBody) => void };

/**
 * Creates a decoder that works in a worker of its own, one text after the other, the details before the rows. The worker
 * starts with the first text. `timeLimitMs` replaces the time for one text.
 */
export function createDecoder({ timeLimitMs }: { timeLimitMs?: number } = {}) {
  let worker: Worker | undefined;
  let waiting: Job[] = [];
  let current: Job | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open() {
    const opened = new Worker(trusted.createScriptURL(workerUrl), { type: 'module', name: 'decode' });
    opened.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'decoded') finish(data.body);
      // The time in which the worker is loaded does not count.
      if (data.kind === 'decoding') timer = setTimeout(() => end('took too long'), limitMs());
    });
    opened.addEventListener('error', () => end('the decoder does not run'));
    return opened;
  }

  const limitMs = () => timeLimitMs ?? TIME_LIMIT_MS.get(current?.options.limits ?? WHOLE);

  function next() {
    if (current) return;
    current = waiting.shift();
    if (!current) return;
    const { text, options } = current;
    const { limits = WHOLE, steps } = options;
    worker ??= open();
    worker.postMessage({ kind: 'decode', text, steps, limits } satisfies DecodeRequest, []);
  }

  function finish(body: DecodedBody) {
    clearTimeout(timer);
    const job = current;
    current = undefined;
    job?.resolve(body);
    next();
  }

  /** Ends the worker; the text that it was at stays as it came. */
  function end(stopped: string) {
    worker?.terminate();
    worker = undefined;
    if (!current) return;
    const { text } = current;
    finish({ stages: [{ kind: 'text', label: 'Text', text }], format: guessFormat(text).format, stopped });
  }

  return {
    /** As `decodeBody`, off the page but for a text that a look at its characters decodes; for `BRIEF` the last stage alone. */
    decode(text: string, options: DecodeOptions = {}): Promise<DecodedBody> {
      const { signal, limits, steps } = options;
      const isPlain = steps === undefined && !guessFormat(text).isPacked;
      // There is no worker in a test without a browser.
      if (isPlain || typeof Worker === 'undefined') return decodeBody(text, options);
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const job: Job = { text, options, resolve };
        signal?.addEventListener('abort', () => {
          waiting = waiting.filter((one) => one !== job);
          reject(signal.reason as Error);
        });
        if (limits === BRIEF) waiting.push(job);
        else waiting.unshift(job);
        next();
      });
    },
    close: () => {
      waiting = [];
      end('closed');
    },
  };
}

/** The decoder of the rows and the details. */
export const decoder = createDecoder();
