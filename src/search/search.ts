import type { FromWorker, Query } from './protocol';
import { createRowSync } from './row-sync';
import type { Answer, ExpressionTrouble, Row } from './search-answer';
import { createWorkerClient } from './worker-client';

/** The worker was terminated; the query is to be repeated without the expression that blocked it. */
type Terminated = { kind: 'given up'; trouble: ExpressionTrouble | undefined };
type Found = FromWorker & { kind: 'found' };
type Progress = FromWorker & { kind: 'progress' };

/** `share` from 0 to 1. */
type AskOptions = { signal: AbortSignal; now: number; onProgress?: (share: number) => void };

/** Time without a message of the worker after which an expression is stopped; one message should take microseconds. */
const SILENCE_LIMIT_MS = 2000;
/** Limit of one query. */
const QUERY_LIMIT_MS = 60_000;

/**
 * Filters, sorts and counts rows in a worker, so that the page stays responsive. The worker keeps the texts between queries, so
 * only new ones are sent. `close` ends the worker.
 */
export function openSearch<R extends Row>({ silenceLimitMs = SILENCE_LIMIT_MS }: { silenceLimitMs?: number } = {}) {
  let run = 0;
  let sending: Promise<unknown> = Promise.resolve();
  /** True when the last query was aborted while an expression ran. */
  let isStuck = false;
  let receive: ((message: FromWorker) => void) | undefined;
  const worker = createWorkerClient(
    (message) => receive?.(message),
    (message) => receive?.({ kind: 'failed', run, message }),
  );
  const sync = createRowSync<R>(worker.send);
  const stopped = new Map<string, ExpressionTrouble>();

  function restart() {
    worker.terminate();
    sync.clear();
  }

  async function syncRows(rows: readonly R[], signal: AbortSignal) {
    if (sync.has(rows) && worker.isOpen()) return;
    if (sync.isSparse(rows.length)) restart();
    await sync.sync(rows, signal);
  }

  /** Runs a query. Rejects when aborted or when the worker fails; an expression that does not end is one of the troubles. */
  async function ask(rows: readonly R[], query: Query, options: AskOptions): Promise<Answer<R>> {
    for (const expression of stopped.keys()) if (!query.expressions.includes(expression)) stopped.delete(expression);
    const before = sending;
    sending = (async () => {
      await before;
      if (!options.signal.aborted) await syncRows(rows, options.signal);
    })();
    await sending;
    options.signal.throwIfAborted();
    const expressions = query.expressions.filter((expression) => !stopped.has(expression));
    const found = await listen({ ...query, expressions }, options);
    if (found.kind === 'given up') {
      if (found.trouble) stopped.set(found.trouble.expression, found.trouble);
      return ask(rows, query, options);
    }
    return {
      rows: sync.inOrder(rows, found.slots, query.sort),
      groups: found.groups,
      counts: found.counts,
      troubles: [
        ...stopped.values(),
        ...found.problems.map(
          ({ expression, message, at, slot, count }): ExpressionTrouble => ({
            expression,
            message,
            at,
            count,
            id: slot === undefined ? undefined : sync.rowAt(slot)?.id,
          }),
        ),
      ],
    };
  }

  function listen(query: Query, { signal, now, onProgress }: AskOptions) {
    const ownRun = ++run;
    return new Promise<Found | Terminated>((resolve, reject) => {
      const start = performance.now();
      let lastMessageAt = start;
      let last: Progress | undefined;
      const guard = setInterval(() => {
        const silence = performance.now() - lastMessageAt;
        const isLong = performance.now() - start > QUERY_LIMIT_MS;
        if ((silence < silenceLimitMs && !isLong) || !(last ? last.expression : isStuck)) return;
        const trouble = last?.expression === undefined ? undefined : stop(last, isLong);
        restart();
        finish();
        resolve({ kind: 'given up', trouble });
      }, silenceLimitMs / 8);
      const finish = () => {
        isStuck = false;
        clearInterval(guard);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        finish();
        // The expression may still be running; the next query's timeout handles that.
        isStuck = last?.expression !== undefined;
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort);
      receive = (message) => {
        if (!('run' in message) || message.run !== ownRun) return;
        lastMessageAt = performance.now();
        if (message.kind === 'progress') {
          last = message;
          onProgress?.(message.done / message.of);
          return;
        }
        finish();
        if (message.kind === 'found') resolve(message);
        else reject(new Error(message.message));
      };
      worker.send({ kind: 'run', run: ownRun, query, now });
    });
  }

  const stop = ({ expression = '', slot = -1 }: Progress, isLong: boolean): ExpressionTrouble => ({
    expression,
    message: isLong ? `Stopped after ${QUERY_LIMIT_MS / 1000} s` : `Stopped: no result for ${silenceLimitMs / 1000} s`,
    id: sync.rowAt(slot)?.id,
    isStopped: true,
  });

  function close() {
    restart();
    stopped.clear();
  }

  return { ask, decodeBy: (steps: Parameters<typeof worker.decodeBy>[0]) => worker.decodeBy(steps), close };
}
