import type { Step } from '@/azure/body';
import { trusted } from '@/azure/trusted';
import { nextTask } from './next-task';
import type { Entry, ExpressionCount, FromWorker, Groups, Query, ToWorker } from './protocol';
// oxlint-disable-next-line import/default -- Vite makes the address of the worker's file of it
import workerUrl from './search-worker?worker&url';

/** A row of the grid, as far as a search looks at it. */
export type Row = {
  id: string;
  size: number;
  message: { text: string; insertedAt: Date; expiresAt: Date | null; dequeueCount: number };
  lease: { endsAt: Date } | undefined;
};

/** Why an expression says nothing, or nothing of some messages; `id` is the first of them. */
export type ExpressionTrouble = {
  expression: string;
  message: string;
  /** Offset from 0 in the expression. */
  at?: number | undefined;
  id?: string | undefined;
  /** Messages it fails on; undefined where it fails altogether. */
  count?: number | undefined;
  /** It ran too long and is not tried again until it is changed or chosen anew. */
  isStopped?: boolean;
};

export type Answer<R extends Row> = {
  /** Rows that are meant, in the order asked for. */
  rows: R[];
  groups?: Groups | undefined;
  counts: ExpressionCount[];
  troubles: ExpressionTrouble[];
};

/** The worker was ended; what was asked is to be asked again without what stopped it. */
type GivenUp = { kind: 'given up'; trouble: ExpressionTrouble | undefined };

/** `share` from 0 to 1. */
type AskOptions = { signal: AbortSignal; now: number; onProgress?: (share: number) => void };

/** Milliseconds without a sign of life after which an expression is stopped: one message should take microseconds. */
const PATIENCE = 2000;
/** Milliseconds that one question may take in all. */
const LONGEST = 60_000;
/** What is sent to the worker at once: few enough that neither side stops for longer than a frame. */
const BATCH = { messages: 1000, characters: 256 * 1024 };

/**
 * Filters, sorts and counts rows in a worker, so that the page never stops for it. It keeps the texts between questions:
 * only what is new is sent. `close` ends the worker.
 */
export function openSearch<R extends Row>({ patience = PATIENCE }: { patience?: number } = {}) {
  let worker: Worker | undefined;
  let slots = new Map<string, number>();
  /** By slot, as the worker knows them. */
  let known: (R | undefined)[] = [];
  /** Rows that the worker has all of. */
  let brought: readonly R[] | undefined;
  let steps: readonly Step[] | undefined;
  let run = 0;
  let sending: Promise<unknown> = Promise.resolve();
  /** The worker was at an expression when its question was taken back. */
  let isStuck = false;
  let hear: ((message: FromWorker) => void) | undefined;
  const stopped = new Map<string, ExpressionTrouble>();

  function send(message: ToWorker) {
    if (!worker) {
      worker = new Worker(trusted.createScriptURL(workerUrl), { type: 'module', name: 'search' });
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear?.(data));
      worker.addEventListener('error', (event) =>
        hear?.({ kind: 'failed', run, message: event.message || 'The search could not start' }),
      );
      if (steps) worker.postMessage({ kind: 'steps', steps } satisfies ToWorker, []);
    }
    worker.postMessage(message, []);
  }

  /** Ends the worker with all that it knew; the next question starts another. */
  function restart() {
    worker?.terminate();
    worker = undefined;
    slots = new Map();
    known = [];
    brought = undefined;
  }

  /** All bodies are decoded by these steps from now on; undefined: as each text suggests. */
  function decodeBy(wanted: readonly Step[] | undefined) {
    if (wanted?.join() === steps?.join()) return;
    steps = wanted;
    if (worker) send({ kind: 'steps', steps: wanted });
  }

  /** Tells the worker what has come, changed and gone. */
  async function bring(rows: readonly R[], signal: AbortSignal) {
    if (rows === brought && worker) return;
    if (known.length > 2 * rows.length + 1000) restart();
    const here = new Set<number>();
    let entries: Entry[] = [];
    let characters = 0;
    for (const row of rows) {
      const slot = slots.get(row.id) ?? known.length;
      here.add(slot);
      const old = known[slot];
      if (old?.message === row.message && old.lease === row.lease) {
        known[slot] = row;
        continue;
      }
      slots.set(row.id, slot);
      known[slot] = row;
      brought = undefined;
      const entry = entryOf(slot, row, old);
      entries.push(entry);
      characters += entry.text?.length ?? 0;
      if (entries.length < BATCH.messages && characters < BATCH.characters) continue;
      send({ kind: 'put', entries });
      [entries, characters] = [[], 0];
      await nextTask();
      // What was sent is known by its slot; the next question goes on from there.
      if (signal.aborted) return;
    }
    if (entries.length > 0) send({ kind: 'put', entries });
    brought = rows;
    const gone = [...slots].filter(([, slot]) => !here.has(slot));
    if (gone.length === 0) return;
    for (const [id, slot] of gone) {
      slots.delete(id);
      known[slot] = undefined;
    }
    send({ kind: 'remove', slots: gone.map(([, slot]) => slot) });
  }

  /** Rejects when aborted, or when the worker fails; an expression that does not end is told among the troubles. */
  async function ask(rows: readonly R[], query: Query, options: AskOptions): Promise<Answer<R>> {
    for (const expression of stopped.keys()) if (!query.expressions.includes(expression)) stopped.delete(expression);
    const before = sending;
    sending = (async () => {
      await before;
      if (!options.signal.aborted) await bring(rows, options.signal);
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
      rows: inOrder(rows, found.slots, query),
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
            id: slot === undefined ? undefined : known[slot]?.id,
          }),
        ),
      ],
    };
  }

  function listen(query: Query, { signal, now, onProgress }: AskOptions) {
    const mine = ++run;
    return new Promise<(FromWorker & { kind: 'found' }) | GivenUp>((resolve, reject) => {
      const start = performance.now();
      let heard = start;
      let last: (FromWorker & { kind: 'progress' }) | undefined;
      const guard = setInterval(() => {
        const silence = performance.now() - heard;
        const isLong = performance.now() - start > LONGEST;
        if ((silence < patience && !isLong) || !(last ? last.expression : isStuck)) return;
        const trouble = last?.expression === undefined ? undefined : stop(last, isLong);
        restart();
        finish();
        resolve({ kind: 'given up', trouble });
      }, patience / 8);
      const finish = () => {
        isStuck = false;
        clearInterval(guard);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        finish();
        // It may never end: then the next question finds the worker silent.
        isStuck = last?.expression !== undefined;
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort);
      hear = (message) => {
        if (message.run !== mine) return;
        heard = performance.now();
        if (message.kind === 'progress') {
          last = message;
          onProgress?.(message.done / message.of);
          return;
        }
        finish();
        if (message.kind === 'found') resolve(message);
        else reject(new Error(message.message));
      };
      send({ kind: 'run', run: mine, query, now });
    });
  }

  const stop = (
    { expression = '', slot = -1 }: FromWorker & { kind: 'progress' },
    isLong: boolean,
  ): ExpressionTrouble => ({
    expression,
    message: isLong ? `Stopped after ${LONGEST / 1000} s` : `Stopped: no result for ${patience / 1000} s`,
    id: known[slot]?.id,
    isStopped: true,
  });

  function inOrder(rows: readonly R[], found: Uint32Array, { sort }: Query): R[] {
    if (sort && sort.column !== 'position') {
      const sorted: R[] = [];
      for (const slot of found) {
        const row = known[slot];
        if (row) sorted.push(row);
      }
      return sorted;
    }
    const isFound = new Uint8Array(known.length);
    for (const slot of found) isFound[slot] = 1;
    const kept = rows.filter(({ id }) => isFound[slots.get(id) ?? -1]);
    if (!sort?.descending) return kept;
    // Our leases stay on top.
    return [...kept.filter(({ lease }) => lease), ...kept.filter(({ lease }) => !lease).toReversed()];
  }

  function close() {
    restart();
    stopped.clear();
  }

  return { ask, decodeBy, close };
}

const entryOf = (slot: number, { id, size, message, lease }: Row, old: Row | undefined): Entry => ({
  slot,
  id,
  size,
  ...(old?.message.text !== message.text && { text: message.text }),
  insertedAt: message.insertedAt.getTime(),
  expiresAt: message.expiresAt?.getTime() ?? null,
  dequeueCount: message.dequeueCount,
  leaseEnds: lease?.endsAt.getTime() ?? null,
});
