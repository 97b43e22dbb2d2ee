import { create } from 'zustand';
import { nextTask } from '@/bulk/requests/next-task';
import type { LeaseDoubt } from '@/messages/record';
import type { StoredLease } from '@/messages/stored-leases';
import { sessionKeys } from '../tab/session-storage-keys';
import { tabName } from '../tab/tab-identity';

/*
 * The leases of this tab in `sessionStorage`, so that they can be released after a reload: ids and pop receipts, never texts or
 * keys. A receipt is of no use without the account's key, and void once its lease has ended.
 */

/** An ended lease has an empty receipt, a certain one no doubt. */
type Row = [id: string, receipt: string, endsAt: number, doubt?: LeaseDoubt];
type StoredEntry = { tab: string | undefined; places: [connectionId: string, queue: string, leases: Row[]][] };

/** About so many fit: browsers give a page 5 Mi characters, and each takes a hundred. */
export const MOST_RECEIPTS = 50_000;

const PREFIX = 'queuescope.receipts.';
/** Of one storage entry: when the storage is full, only the entries that do not fit are lost. */
export const RECEIPTS_PER_ENTRY = 2000;
/** Entries that are removed in one turn of the page. */
const REMOVED_AT_A_TIME = 50;

export const unsavedReceipts = create<{ count: number }>(() => ({ count: 0 }));

/** Receipts that a reload would lose, because the storage is full. */
export const useUnsavedReceipts = () => unsavedReceipts((state) => state.count);

let parts = 0;
let written = 0;

/** Rows in the storage, ended ones included. */
export const writtenRows = () => written;

/** Appends leases; a later row replaces earlier ones of the same message. */
export function appendLeases(leases: readonly StoredLease[]): void {
  for (let from = 0; from < leases.length; from += RECEIPTS_PER_ENTRY) {
    const part = leases.slice(from, from + RECEIPTS_PER_ENTRY);
    if (write(`${PREFIX}${parts++}`, part)) written += part.length;
    else
      unsavedReceipts.setState(({ count }) => ({ count: count + part.filter(({ receipt }) => receipt !== '').length }));
  }
}

/** Replaces all rows at once, as the page is left. */
export function replaceLeases(leases: readonly StoredLease[]): void {
  rewriting++;
  parts = 0;
  written = 0;
  if (unsavedReceipts.getState().count > 0) unsavedReceipts.setState({ count: 0 });
  for (const key of sessionKeys(PREFIX)) sessionStorage.removeItem(key);
  appendLeases(leases);
}

/** Number of the last rewriting; one that is not the last ends. */
let rewriting = 0;

/**
 * Replaces all rows piece by piece, so that the page goes on meanwhile: each of the slices is asked for when it is written, and has
 * the rows as they are then. What was stored of a lease stays until that, while there is room.
 */
export async function rewriteLeases(slices: Iterable<readonly StoredLease[]>): Promise<void> {
  const own = ++rewriting;
  const old = sessionKeys(PREFIX).toSorted(byNumber);
  const before = written;
  let unsaved = 0;
  for (const slice of slices) {
    const key = `${PREFIX}${parts++}`;
    let isSaved = unsaved === 0 && write(key, slice);
    while (!isSaved && old.length > 0) {
      removeAll(old.splice(0, REMOVED_AT_A_TIME));
      isSaved = write(key, slice);
    }
    if (isSaved) written += slice.length;
    else unsaved += slice.length;
    await nextTask();
    if (own !== rewriting) return;
  }
  while (old.length > 0) {
    removeAll(old.splice(0, REMOVED_AT_A_TIME));
    await nextTask();
    if (own !== rewriting) return;
  }
  written -= before;
  if (unsavedReceipts.getState().count !== unsaved) unsavedReceipts.setState({ count: unsaved });
}

const removeAll = (keys: readonly string[]) => keys.forEach((key) => sessionStorage.removeItem(key));

function write(key: string, leases: readonly StoredLease[]): boolean {
  const places = Map.groupBy(leases, ({ connectionId, queue }) => `${connectionId}/${queue}`);
  const content: StoredEntry = {
    tab: tabName(),
    places: [...places.values()].map((own) => [
      own[0]?.connectionId ?? '',
      own[0]?.queue ?? '',
      own.map(({ id, receipt, endsAt, doubt }) => (doubt ? [id, receipt, endsAt, doubt] : [id, receipt, endsAt])),
    ]),
  };
  try {
    sessionStorage.setItem(key, JSON.stringify(content));
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads and removes the leases of the page before this one, by the tab that wrote them. Skips invalid rows, which an older
 * version may have written.
 */
export function takeLeases(): Map<string | undefined, StoredLease[]> {
  const byTab = new Map<string | undefined, Map<string, StoredLease>>();
  for (const key of sessionKeys(PREFIX).toSorted(byNumber)) {
    const content = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    for (const { tab, lease } of readLeases(content)) {
      const leases = byTab.get(tab) ?? new Map<string, StoredLease>();
      byTab.set(tab, leases);
      const name = `${lease.connectionId}/${lease.queue}/${lease.id}`;
      if (lease.receipt === '') leases.delete(name);
      else leases.set(name, lease);
    }
  }
  return new Map([...byTab].map(([tab, leases]) => [tab, [...leases.values()]]));
}

/** Sorts by the order of writing. */
const byNumber = (one: string, other: string) => numberOf(one) - numberOf(other);
const numberOf = (key: string) => Number(/\d+$/.exec(key)?.[0] ?? 0);

function readLeases(content: string): { tab: string | undefined; lease: StoredLease }[] {
  try {
    const { tab, places } = JSON.parse(content) as Partial<StoredEntry>;
    return (places ?? []).flatMap(([connectionId, queue, own]) =>
      own.flatMap(([id, receipt, endsAt, doubt]) =>
        [connectionId, queue, id, receipt].every((text) => typeof text === 'string') && Number.isFinite(endsAt)
          ? { tab, lease: { connectionId, queue, id, receipt, endsAt, ...(doubt && { doubt }) } }
          : [],
      ),
    );
  } catch {
    return [];
  }
}
