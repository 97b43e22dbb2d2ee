import { create } from 'zustand';
import type { LeaseDoubt } from '@/messages/record';
import type { StoredLease } from '@/messages/stored-leases';
import { sessionKeys } from '../tab/session-storage-keys';
import { tabName } from '../tab/tab-identity';

/*
 * What is lent to this tab, in `sessionStorage`, so that a reload can give it back: ids and pop receipts, never a text
 * and never a key. A receipt opens nothing without the account's key, and is void once its lease has ended.
 */

/** A lease that ended has no receipt, and one that is certain no doubt. */
type Row = [id: string, receipt: string, endsAt: number, doubt?: LeaseDoubt];
type Written = { tab: string | undefined; places: [connectionId: string, queue: string, leases: Row[]][] };

/** About so many receipts fit: browsers give a page 5 Mi characters, and each takes a hundred. */
export const MOST_RECEIPTS = 50_000;

const PREFIX = 'queuescope.receipts.';
/** Receipts in one entry: what does not fit into the storage any more is lost, what came before is not. */
const IN_ONE = 2000;

/** Receipts that there was no room for. */
export const unsavedReceipts = create<{ count: number }>(() => ({ count: 0 }));

/** How many receipts a reload would lose now, because the storage is full. */
export const useUnsavedReceipts = () => unsavedReceipts((state) => state.count);

let parts = 0;
let written = 0;

/** Rows in the storage, those that are void meanwhile among them. */
export const writtenRows = () => written;

/** Adds leases, and what became of others; later ones stand for earlier ones of the same message. */
export function appendLeases(leases: readonly StoredLease[]): void {
  for (let from = 0; from < leases.length; from += IN_ONE) {
    const part = leases.slice(from, from + IN_ONE);
    if (write(`${PREFIX}${parts++}`, part)) written += part.length;
    else
      unsavedReceipts.setState(({ count }) => ({ count: count + part.filter(({ receipt }) => receipt !== '').length }));
  }
}

/** Writes these in place of all others. */
export function replaceLeases(leases: readonly StoredLease[]): void {
  parts = 0;
  written = 0;
  if (unsavedReceipts.getState().count > 0) unsavedReceipts.setState({ count: 0 });
  for (const key of sessionKeys(PREFIX)) sessionStorage.removeItem(key);
  appendLeases(leases);
}

function write(key: string, leases: readonly StoredLease[]): boolean {
  const places = Map.groupBy(leases, ({ connectionId, queue }) => `${connectionId}/${queue}`);
  const content: Written = {
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
 * Reads what the page before this one wrote, by the tab that wrote it, and takes it away. What is not as it should be is left
 * out: an older version or somebody else may have written it.
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

/** In the order they were written. */
const byNumber = (one: string, other: string) => numberOf(one) - numberOf(other);
const numberOf = (key: string) => Number(/\d+$/.exec(key)?.[0] ?? 0);

function readLeases(content: string): { tab: string | undefined; lease: StoredLease }[] {
  try {
    const { tab, places } = JSON.parse(content) as Partial<Written>;
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
