import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { Sandbox } from './service';
import type { QueueSnapshot, SandboxHead, SandboxSnapshot } from './snapshot';

/** Delay from a change to its write, so that several changes are written together; longer when writing is slow. */
const SAVE_DELAY_MS = 20;
/** Writing may take one of so many parts of the page's time. */
const WRITE_SHARE = 10;

let database: UseStore | undefined;
/** Opened on first use. The number is the version of the format; other versions are not read. */
const snapshots = (): UseStore => (database ??= createStore('queuescope-sandbox', 'snapshots-1'));

/** Keys are arrays, so that those of one name are a range. */
const headKey = (name: string) => [name, 'head'];
const queueKey = (name: string, queue: string) => [name, 'queue', queue];
const allKeys = (name: string) => IDBKeyRange.bound([name], [name, []]);

/** `flush` writes what has changed without delay, for when the page is left; `stop` does so a last time. */
export type Persistence = { flush: () => void; stop: () => void };

/**
 * Persists a sandbox in IndexedDB under a name, in place of an earlier one: at once as a whole, then each changed queue soon after
 * its change.
 * @throws DOMException without storage.
 */
export async function persistSandbox(sandbox: Sandbox, name: string): Promise<Persistence> {
  const dirty = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writeMs = 0;
  let everything = true;

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const start = performance.now();
    const { head, queues } = sandbox.snapshot(everything ? undefined : dirty);
    const removed = [...dirty].filter((queue) => !head.queueNames.includes(queue));
    const replaced = everything;
    dirty.clear();
    everything = false;
    // In one transaction, so that the snapshot is consistent.
    return snapshots()('readwrite', (store) => {
      if (replaced) store.delete(allKeys(name));
      store.put(head, headKey(name));
      for (const queue of queues) store.put(queue, queueKey(name, queue.name));
      for (const queue of removed) store.delete(queueKey(name, queue));
      writeMs = performance.now() - start;
      // Committed here, as the event loop may not run again when the page is left.
      store.transaction.commit();
      return promisifyRequest(store.transaction);
    });
  }

  function flush(): void {
    // After a failure, perhaps of a full storage, the next change writes everything again.
    write().catch(() => (everything = true));
  }

  function soon(): void {
    timer ??= setTimeout(flush, Math.max(SAVE_DELAY_MS, WRITE_SHARE * writeMs));
  }

  const unsubscribe = sandbox.subscribe((change) => {
    if ('queue' in change) dirty.add(change.queue);
    else if (change.what !== 'properties') everything = true;
    soon();
  });
  const stopListening = sandbox.clock.subscribe(soon);
  const flushChanges = (): void => {
    if (timer !== undefined) flush();
  };
  const stop = (): void => {
    unsubscribe();
    stopListening();
    flushChanges();
  };
  try {
    await write();
    return { flush: flushChanges, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Loads the snapshot of that name, for `restore`; undefined when there is none. */
export async function loadSnapshot(name: string): Promise<SandboxSnapshot | undefined> {
  return snapshots()('readonly', async (store) => {
    const head = await promisifyRequest<SandboxHead | undefined>(store.get(headKey(name)));
    if (!head) return undefined;
    const queues = await Promise.all(
      head.queueNames.map((queue) => promisifyRequest<QueueSnapshot | undefined>(store.get(queueKey(name, queue)))),
    );
    return { head, queues: queues.filter((queue) => queue !== undefined) };
  });
}

/** The names of all snapshots. */
export async function snapshotNames(): Promise<string[]> {
  const keys = await snapshots()('readonly', (store) => promisifyRequest(store.getAllKeys()));
  return [...new Set(keys.flatMap((key) => (Array.isArray(key) && typeof key[0] === 'string' ? [key[0]] : [])))];
}

/** Deletes the snapshot of that name. Its sandbox must not be persisted any more. */
export function deleteSnapshot(name: string): Promise<void> {
  return snapshots()('readwrite', (store) => {
    store.delete(allKeys(name));
    return promisifyRequest(store.transaction);
  });
}
