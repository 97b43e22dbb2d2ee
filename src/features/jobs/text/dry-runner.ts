import type { NewText } from '@/bulk/work/new-text';
import type { ChangeForm } from './apply-change';
import type { DryRunAnswer, DryRunRequest } from './dry-run-worker';
// oxlint-disable-next-line import/default -- Vite makes the address of the worker's file of it
import workerUrl from './dry-run-worker?worker&url';
import { startTextWorker, TEXT_LIMIT_MS, TOO_LONG } from './text-worker';

export type DryRunner = {
  /** What the change makes of texts, in their order. Rejects when the signal aborts. */
  change: (texts: readonly string[], signal: AbortSignal) => Promise<NewText[]>;
  close: () => void;
};

/** Makes a change on texts in a worker, without a request; a text that takes longer than half a second is refused. */
export function createDryRunner(form: ChangeForm): DryRunner {
  let worker: Promise<Worker> | undefined;

  function end() {
    void worker?.then((current) => current.terminate()).catch(() => {});
    worker = undefined;
  }

  /** The results up to the text that took too long, which is the last of them. */
  async function attempt(texts: readonly string[], signal: AbortSignal): Promise<NewText[]> {
    worker ??= startTextWorker(workerUrl, 'dry-run');
    const current = await worker.catch((cause: unknown) => {
      // The next one tries anew.
      worker = undefined;
      throw cause;
    });
    signal.throwIfAborted();
    const at = await new Promise<(DryRunAnswer & { kind: 'done' }) | { kind: 'stuck'; index: number }>(
      (resolve, reject) => {
        let index = 0;
        let timer = setTimeout(stuck, TEXT_LIMIT_MS);
        function stuck() {
          leave();
          resolve({ kind: 'stuck', index });
        }
        function hear({ data }: MessageEvent<DryRunAnswer>) {
          clearTimeout(timer);
          if (data.kind === 'done') {
            leave();
            resolve(data);
          } else if (data.kind === 'at') {
            ({ index } = data);
            timer = setTimeout(stuck, TEXT_LIMIT_MS);
          }
        }
        function abort() {
          leave();
          reject(signal.reason as Error);
        }
        function fail({ message }: ErrorEvent) {
          leave();
          reject(new Error(message));
        }
        function leave() {
          clearTimeout(timer);
          current.removeEventListener('message', hear);
          current.removeEventListener('error', fail);
          signal.removeEventListener('abort', abort);
        }
        current.addEventListener('message', hear);
        current.addEventListener('error', fail);
        signal.addEventListener('abort', abort, { once: true });
        current.postMessage({ form, texts } satisfies DryRunRequest, []);
      },
    );
    if (at.kind === 'done') return at.results;
    end();
    const before = at.index === 0 ? [] : await attempt(texts.slice(0, at.index), signal);
    return [...before, TOO_LONG];
  }

  return {
    async change(texts, signal) {
      const results: NewText[] = [];
      while (results.length < texts.length) results.push(...(await attempt(texts.slice(results.length), signal)));
      return results;
    },
    close: end,
  };
}
