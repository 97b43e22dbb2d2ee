import { nextTask } from './next-task';
import type { Entry, Query, ToWorker } from './protocol';
import type { Row } from './search-answer';

/** What is sent to the worker at once: few enough that neither side stops for longer than a frame. */
const BATCH = { messages: 1000, characters: 256 * 1024 };

/** Which rows the worker has, and by which slots it knows them. */
export function createRowSync<R extends Row>(send: (message: ToWorker) => void) {
  let slots = new Map<string, number>();
  /** By slot, as the worker knows them. */
  let known: (R | undefined)[] = [];
  /** Rows that the worker has all of. */
  let synced: readonly R[] | undefined;

  /** Tells the worker what has come and changed; gives the slots of what is there, undefined when it was stopped. */
  async function sendChanged(rows: readonly R[], signal: AbortSignal): Promise<ReadonlySet<number> | undefined> {
    const here = new Set<number>();
    let entries: Entry[] = [];
    let characters = 0;
    for (const row of rows) {
      const slot = slots.get(row.id) ?? known.length;
      here.add(slot);
      const old = known[slot];
      known[slot] = row;
      if (old?.message === row.message && old.lease === row.lease) continue;
      slots.set(row.id, slot);
      synced = undefined;
      const entry = entryOf(slot, row, old);
      entries.push(entry);
      characters += entry.text?.length ?? 0;
      if (entries.length < BATCH.messages && characters < BATCH.characters) continue;
      send({ kind: 'put', entries });
      [entries, characters] = [[], 0];
      await nextTask();
      // What was sent is known by its slot; the next question goes on from there.
      if (signal.aborted) return undefined;
    }
    if (entries.length > 0) send({ kind: 'put', entries });
    synced = rows;
    return here;
  }

  function removeAllBut(here: ReadonlySet<number>) {
    const gone = [...slots].filter(([, slot]) => !here.has(slot));
    if (gone.length === 0) return;
    for (const [id, slot] of gone) {
      slots.delete(id);
      known[slot] = undefined;
    }
    send({ kind: 'remove', slots: gone.map(([, slot]) => slot) });
  }

  return {
    has: (rows: readonly R[]) => rows === synced,
    /** Whether most slots are empty by now, so that another worker is the better home for so many rows. */
    isSparse: (rows: number) => known.length > 2 * rows + 1000,
    rowAt: (slot: number): R | undefined => known[slot],
    async sync(rows: readonly R[], signal: AbortSignal) {
      const here = await sendChanged(rows, signal);
      if (here) removeAllBut(here);
    },
    /** The worker has nothing any more. */
    clear() {
      slots = new Map();
      known = [];
      synced = undefined;
    },
    /** Those of `rows` that were found, in the order asked for. */
    inOrder(rows: readonly R[], found: Uint32Array, sort: Query['sort']): R[] {
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
    },
  };
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
