import { nextTask } from '@/bulk/requests/next-task';
import type { Entry, Query, ToWorker } from './protocol';
import type { Row } from './search-answer';

/** Of one post to the worker: few enough that neither side blocks for longer than a frame. */
const BATCH = { messages: 1000, characters: 256 * 1024 };

/** Creates the record of which rows the worker has, under which slots. */
export function createRowSync<R extends Row>(send: (message: ToWorker) => void) {
  let slots = new Map<string, number>();
  /** Rows of the worker by slot. */
  let syncedRowOf: (R | undefined)[] = [];
  /** The last array that the worker has all rows of. */
  let synced: readonly R[] | undefined;

  /** Sends new and changed rows to the worker; returns the slots of all rows, undefined when aborted. */
  async function sendChanged(rows: readonly R[], signal: AbortSignal): Promise<ReadonlySet<number> | undefined> {
    const present = new Set<number>();
    let entries: Entry[] = [];
    let characters = 0;
    for (const row of rows) {
      const slot = slots.get(row.id) ?? syncedRowOf.length;
      present.add(slot);
      const old = syncedRowOf[slot];
      syncedRowOf[slot] = row;
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
      // Sent rows have their slots, so the next call continues from here.
      if (signal.aborted) return undefined;
    }
    if (entries.length > 0) send({ kind: 'put', entries });
    synced = rows;
    return present;
  }

  function removeAllBut(present: ReadonlySet<number>) {
    const removed = [...slots].filter(([, slot]) => !present.has(slot));
    if (removed.length === 0) return;
    for (const [id, slot] of removed) {
      slots.delete(id);
      syncedRowOf[slot] = undefined;
    }
    send({ kind: 'remove', slots: removed.map(([, slot]) => slot) });
  }

  return {
    has: (rows: readonly R[]) => rows === synced,
    /** True when more than half of the slots are unused, so that restarting the worker is cheaper. */
    isSparse: (rows: number) => syncedRowOf.length > 2 * rows + 1000,
    rowAt: (slot: number): R | undefined => syncedRowOf[slot],
    slotOf: (id: string): number | undefined => slots.get(id),
    async sync(rows: readonly R[], signal: AbortSignal) {
      const present = await sendChanged(rows, signal);
      if (present) removeAllBut(present);
    },
    /** Forgets all slots, after the worker was terminated. */
    clear() {
      slots = new Map();
      syncedRowOf = [];
      synced = undefined;
    },
    /** The found rows in the order of `sort`. */
    inOrder(rows: readonly R[], found: Uint32Array, sort: Query['sort']): R[] {
      if (sort && sort.column !== 'position') {
        const sorted: R[] = [];
        for (const slot of found) {
          const row = syncedRowOf[slot];
          if (row) sorted.push(row);
        }
        return sorted;
      }
      const isFound = new Uint8Array(syncedRowOf.length);
      for (const slot of found) isFound[slot] = 1;
      const matches = rows.filter(({ id }) => isFound[slots.get(id) ?? -1]);
      if (!sort?.descending) return matches;
      // Leased messages stay on top.
      return [...matches.filter(({ lease }) => lease), ...matches.filter(({ lease }) => !lease).toReversed()];
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
