import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { Sandbox } from './service';
import type { QueueSnapshot, SandboxHead, SandboxSnapshot } from './snapshot';

/** Ms from a change until it is written, so that those of one moment go together; longer when writing takes long. */
const SAVE_DELAY_MS = 20;
/** The share of its time that a page may spend on writing is one of so many. */
const WRITE_SHARE = 10;

let database: UseStore | undefined;
/** Opened at first use. The number is that of the snapshots' form: those of another form are not read. */
const snapshots = (): UseStore => (database ??= createStore('queuescope-sandbox', 'snapshots-1'));

/** Keys are arrays, so that all of one name lie side by side. */
const headKey = (name: string) => [name, 'head'];
const queueKey = (name: string, queue: string) => [name, 'queue', queue];
const allKeys = (name: string) => IDBKeyRange.bound([name], [name, []]);

/**
 * Keeps a sandbox in IndexedDB under a name, replacing what was kept there: at once as it is, then each changed queue
 * soon after its change and when the page is left. Answers how to stop, which writes the last changes and no more.
 * @throws DOMException when the browser keeps nothing for this page.
 */
export async function persistSandbox(sandbox: Sandbox, name: string): Promise<() => void> {
  const dirty = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cost = 0;
  let everything = true;

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const start = performance.now();
    const { head, queues } = sandbox.snapshot(everything ? undefined : dirty);
    const gone = [...dirty].filter((queue) => !head.queueNames.includes(queue));
    const replaced = everything;
    dirty.clear();
    everything = false;
    // One transaction: what is read later is of one moment.
    return snapshots()('readwrite', (store) => {
      if (replaced) store.delete(allKeys(name));
      store.put(head, headKey(name));
      for (const queue of queues) store.put(queue, queueKey(name, queue.name));
      for (const queue of gone) store.delete(queueKey(name, queue));
      cost = performance.now() - start;
      // Not left to the event loop, which may not turn again when the page is being left.
      store.transaction.commit();
      return promisifyRequest(store.transaction);
    });
  }

  function flush(): void {
    // What could not be written, for want of room perhaps, is tried again as a whole after the next change.
    write().catch(() => (everything = true));
  }

  function soon(): void {
    timer ??= setTimeout(flush, Math.max(SAVE_DELAY_MS, WRITE_SHARE * cost));
  }

  const unsubscribe = sandbox.subscribe((change) => {
    if ('queue' in change) dirty.add(change.queue);
    else if (change.what !== 'properties') everything = true;
    soon();
  });
  const stopListening = sandbox.clock.subscribe(soon);
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', onHide);

  const stop = (): void => {
    unsubscribe();
    stopListening();
    removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', onHide);
    if (timer !== undefined) flush();
  };
  try {
    await write();
    return stop;
  } catch (error) {
    stop();
    throw error;
  }
}

/** What was kept under a name, for `restore`; undefined when there is nothing. */
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

/** The names under which sandboxes are kept. */
export async function snapshotNames(): Promise<string[]> {
  const keys = await snapshots()('readonly', (store) => promisifyRequest(store.getAllKeys()));
  return [...new Set(keys.flatMap((key) => (Array.isArray(key) && typeof key[0] === 'string' ? [key[0]] : [])))];
}

/** Removes what was kept under a name. A sandbox that is kept there is to be stopped first. */
export function deleteSnapshot(name: string): Promise<void> {
  return snapshots()('readwrite', (store) => {
    store.delete(allKeys(name));
    return promisifyRequest(store.transaction);
  });
}
