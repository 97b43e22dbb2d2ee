import { type FromWorker, type Query, TOOK_TOO_LONG } from './protocol';
import { createRowSync } from './row-sync';
import type { Answer, ExpressionTrouble, Row } from './search-answer';
import { createWorkerClient } from './worker-client';

/** The worker was terminated while it was at something; the query is to be repeated. */
type Terminated = { kind: 'given up'; last: Progress | undefined; isLong: boolean };
type Found = FromWorker & { kind: 'found' };
type Progress = FromWorker & { kind: 'progress' };

/** `share` from 0 to 1. */
type AskOptions = { signal: AbortSignal; now: number; onProgress?: (share: number) => void };

/** Time without a message of the worker after which it is ended; one message should take microseconds. */
const SILENCE_LIMIT_MS = 2000;
/** Times the silence that sorting and counting may take, which tell of nothing meanwhile, and loading the worker. */
const PATIENCE = 5;
/** Limit of one query. */
const QUERY_LIMIT_MS = 60_000;
/** Rows of which the worker names each before it judges it; of more that would take time, and is done when it has hung. */
const CAREFUL_ROWS = 100;
/** Messages that block the worker and are skipped; then the expression is left out, or the search has failed. */
const MOST_SKIPPED = 3;

/**
 * Filters, sorts and counts rows in a worker, so that the page stays responsive. The worker keeps the texts between queries, so
 * only new ones are sent. `close` ends the worker.
 */
export function openSearch<R extends Row>({ silenceLimitMs = SILENCE_LIMIT_MS }: { silenceLimitMs?: number } = {}) {
  let run = 0;
  let sending: Promise<unknown> = Promise.resolve();
  /** True when the last query was aborted while the worker was at a message. */
  let isStuck = false;
  let receive: ((message: FromWorker) => void) | undefined;
  const worker = createWorkerClient(
    (message) => receive?.(message),
    (message) => {
      // The next query starts another, which has no rows yet.
      restart();
      receive?.({ kind: 'failed', run, message });
    },
  );
  const sync = createRowSync<R>(worker.send);
  const stopped = new Map<string, ExpressionTrouble>();
  /** Messages that the worker did not get through, by an expression or at all. */
  let skipped: { id: string; expression: string | undefined }[] = [];

  function restart() {
    worker.terminate();
    sync.clear();
  }

  async function syncRows(rows: readonly R[], signal: AbortSignal) {
    if (sync.has(rows) && worker.isOpen()) return;
    if (sync.isSparse(rows.length)) restart();
    await sync.sync(rows, signal);
  }

  /**
   * Runs a query. Rejects when aborted and when the worker fails. A message that the worker does not get through is skipped
   * and not judged; an expression that does not get through several is left out and is one of the troubles.
   */
  async function ask(rows: readonly R[], query: Query, options: AskOptions): Promise<Answer<R>> {
    for (const expression of stopped.keys()) if (!query.expressions.includes(expression)) stopped.delete(expression);
    skipped = skipped.filter(({ expression }) => expression === undefined || query.expressions.includes(expression));
    const isShort = rows.length <= CAREFUL_ROWS;
    let isCareful = isShort;
    let unanswered = 0;
    for (;;) {
      const before = sending;
      sending = (async () => {
        await before;
        if (!options.signal.aborted) await syncRows(rows, options.signal);
      })();
      await sending;
      options.signal.throwIfAborted();
      const found = await listen(
        {
          ...query,
          expressions: query.expressions.filter((expression) => !stopped.has(expression)),
          skipped: skipped.flatMap(({ id, expression }) => {
            const slot = sync.slotOf(id);
            return slot === undefined ? [] : [{ slot, expression }];
          }),
          isCareful,
        },
        options,
      );
      if (found.kind === 'found') return answerOf(rows, query, found);
      const { last, isLong } = found;
      const id = last?.slot === undefined ? undefined : sync.rowAt(last.slot)?.id;
      // Only then is it known which message it was at.
      const isBlocking = isLong || (id !== undefined && isCareful);
      isCareful = isShort || (!isCareful && last !== undefined);
      restart();
      if (!isBlocking) {
        if (last && id === undefined) throw new Error(`It did not end within ${(PATIENCE * silenceLimitMs) / 1000} s`);
        if (!last && ++unanswered > 2) throw new Error('It does not answer');
        continue;
      }
      const { expression } = last ?? {};
      if (id !== undefined && !isLong) skipped.push({ id, expression });
      if (!isLong && skipped.filter((one) => one.expression === expression).length <= MOST_SKIPPED) continue;
      if (expression === undefined)
        throw new Error(
          isLong ? `It did not end within ${QUERY_LIMIT_MS / 1000} s` : 'It does not get through several messages',
        );
      skipped = skipped.filter((one) => one.expression !== expression);
      stopped.set(expression, stop(expression, id, isLong));
    }
  }

  function answerOf(rows: readonly R[], query: Query, found: Found): Answer<R> {
    const idOf = (slot: number | undefined) => (slot === undefined ? undefined : sync.rowAt(slot)?.id);
    const unjudged = new Map<string, string>();
    for (const { reason, slots } of found.unjudged)
      for (const slot of slots) {
        const id = idOf(slot);
        if (id !== undefined) unjudged.set(id, reason);
      }
    const rowsAt = (slots: Uint32Array) => Array.from(slots).flatMap((slot) => sync.rowAt(slot) ?? []);
    const { partlyRead: partly } = found;
    return {
      rows: sync.inOrder(rows, found.slots, query.sort),
      groups: found.groups,
      members: found.members && rowsAt(found.members),
      counts: found.counts,
      troubles: [
        ...stopped.values(),
        ...found.problems.map(
          ({ expression, message, at, slot, count }): ExpressionTrouble => ({
            expression,
            message,
            at,
            count,
            id: idOf(slot),
          }),
        ),
      ],
      notJudged: found.unjudged.map(({ expression, reason, slots }) => ({
        expression,
        reason,
        id: idOf(slots[0]),
        count: slots.length,
        mayRetry: reason === TOOK_TOO_LONG,
      })),
      unjudged,
      untested: new Map(
        found.untested?.flatMap(({ reason, slot }) => {
          const id = idOf(slot);
          return id === undefined ? [] : [[id, reason] as const];
        }),
      ),
      partlyRead: partly && { reason: partly.reason, count: partly.count, id: idOf(partly.slot) },
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
        // Nothing is known of what it is at: it sorts, or it loads, unless the query before was stuck.
        const patience = last?.slot === undefined && !isStuck ? PATIENCE : 1;
        if (silence < silenceLimitMs * patience && !isLong) return;
        finish();
        resolve({ kind: 'given up', last, isLong });
      }, silenceLimitMs / 8);
      const finish = () => {
        isStuck = false;
        clearInterval(guard);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        finish();
        // It may still be at a message; the next query's timeout handles that.
        isStuck = last?.slot !== undefined;
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

  const stop = (expression: string, id: string | undefined, isLong: boolean): ExpressionTrouble => ({
    expression,
    message: isLong
      ? `Stopped after ${QUERY_LIMIT_MS / 1000} s`
      : `Stopped: no result for ${silenceLimitMs / 1000} s on each of several messages`,
    id,
    isStopped: true,
  });

  function close() {
    restart();
    stopped.clear();
    skipped = [];
  }

  return { ask, decodeBy: (steps: Parameters<typeof worker.decodeBy>[0]) => worker.decodeBy(steps), close };
}
