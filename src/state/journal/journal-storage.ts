import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { type JournalStorage, MOST_JOURNALS } from '@/bulk/journal/journal';
import { counted } from '@/words/counts';

let database: UseStore | undefined;
/** Opened on first use. The number is the version of the layout; the head of each journal has that of its format. */
const journals = (): UseStore => (database ??= createStore('queuescope-jobs', 'journals-1'));

const KEY = 'fingerprints';
const headKey = (id: string) => ['head', id];
const partKey = (id: string, part: number) => ['part', id, part];
const allHeads = () => IDBKeyRange.bound(['head'], ['head', []]);
const allParts = () => IDBKeyRange.bound(['part'], ['part', []]);
const partsOf = (id: string) => IDBKeyRange.bound(['part', id], ['part', id, []]);

/** The id of a journal in the key of its head or of a part. */
const idOf = (key: IDBValidKey): string | undefined =>
  Array.isArray(key) && typeof key[1] === 'string' ? key[1] : undefined;

/** Why nothing can be stored, as a sentence. */
const PROBLEMS: Record<string, string> = {
  QuotaExceededError: 'The storage of this browser is full.',
  SecurityError: 'This browser lets the page store nothing.',
};

async function change(write: (store: IDBObjectStore) => void): Promise<void> {
  try {
    await journals()('readwrite', (store) => {
      write(store);
      // The event loop of a page that is left may not run again.
      store.transaction.commit();
      return promisifyRequest(store.transaction);
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw new Error(PROBLEMS[name] ?? 'This browser could not store it.', { cause: error });
  }
}

/**
 * Journals in IndexedDB. A write is done once the browser has handed it to the system, so that it outlives a browser that is
 * killed.
 */
export const journalStorage: JournalStorage = {
  async begin(id, head) {
    if ((await readHeads()).length >= MOST_JOURNALS)
      throw new Error(`${counted(MOST_JOURNALS, 'job')} that stopped are noted already: close some of them.`);
    await change((store) => store.put(head, headKey(id)));
  },
  append: (id, part, text) => change((store) => store.put(text, partKey(id, part))),
  forget: (id) =>
    change((store) => {
      store.delete(headKey(id));
      store.delete(partsOf(id));
    }),
};

/** Heads as stored, by id. */
export async function readHeads(): Promise<[id: string, head: unknown][]> {
  return journals()('readonly', async (store) => {
    const keys = promisifyRequest(store.getAllKeys(allHeads()));
    const heads = promisifyRequest(store.getAll(allHeads()));
    const values: unknown[] = await heads;
    return (await keys).flatMap((key, index) => {
      const id = idOf(key);
      return id === undefined ? [] : [[id, values[index]]];
    });
  });
}

/** The parts of a journal as stored, in their order. */
export const readParts = (id: string): Promise<unknown[]> =>
  journals()('readonly', (store) => promisifyRequest(store.getAll(partsOf(id))));

/** Removes parts without a head: a page that was killed while it forgot, or a write that came after that. */
export async function sweepParts(): Promise<void> {
  await journals()('readwrite', async (store) => {
    const heads = promisifyRequest(store.getAllKeys(allHeads()));
    const keys = await promisifyRequest(store.getAllKeys(allParts()));
    const known = new Set((await heads).map(idOf));
    for (const key of keys) if (!known.has(idOf(key))) store.delete(key);
    return promisifyRequest(store.transaction);
  });
}

let key: Promise<CryptoKey> | undefined;

/** Forgets all journals, and the key of their fingerprints. */
export function forgetAllJournals(): Promise<void> {
  key = undefined;
  return change((store) => void store.clear());
}

/** The key of fingerprints, made on first use: this page can use it, and cannot read it. */
async function fingerprintKey(): Promise<CryptoKey> {
  const stored: unknown = await journals()('readonly', (store) => promisifyRequest(store.get(KEY)));
  if (stored instanceof CryptoKey) return stored;
  const made = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  await change((store) => store.put(made, KEY));
  return made;
}

/** Characters of a fingerprint: 16 bytes in Base64. */
const PRINT_BYTES = 16;

/** Fingerprint of a text (HMAC with SHA-256 under a key of this device): two equal ones are of equal texts. */
export async function fingerprint(text: string): Promise<string> {
  key ??= fingerprintKey();
  try {
    const mac = await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(mac, 0, PRINT_BYTES)));
  } catch {
    // Without a storage there is no journal either.
    key = undefined;
    return '';
  }
}
