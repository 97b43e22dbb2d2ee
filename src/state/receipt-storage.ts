import { create } from 'zustand';
import type { KeptReceipt } from './earlier-leases';
import { sessionKeys } from './session-keys';
import { tabName } from './tab';

/*
 * What is lent to this tab, in `sessionStorage`, so that a reload can give it back: ids and pop receipts, never a text
 * and never a key. A receipt opens nothing without the account's key, and is void once its lease has ended.
 */

type Written = {
  tab: string | undefined;
  places: [connectionId: string, queue: string, leases: [id: string, receipt: string, endsAt: number][]][];
};

/** About so many receipts fit: browsers give a page 5 Mi characters, and each takes a hundred. */
export const MOST_RECEIPTS = 50_000;

const PREFIX = 'queuescope.receipts.';
/** Receipts in one entry: what does not fit into the storage any more is lost, what came before is not. */
const IN_ONE = 2000;

/** Receipts that there was no room for, by whose they are. */
const unkept = create<Readonly<Record<string, number>>>(() => ({}));

/** How many receipts a reload would lose now, because the storage is full. */
export const useUnkeptReceipts = () => unkept((state) => Object.values(state).reduce((sum, count) => sum + count, 0));

/** The receipts of one owner, in as many entries as it takes. */
export function receiptEntries(owner: string) {
  const prefix = `${PREFIX}${owner}.`;
  let parts = 0;
  let written = 0;

  /** What does not fit is counted: it shows again when its lease ends. */
  function append(leases: readonly KeptReceipt[]): void {
    for (let from = 0; from < leases.length; from += IN_ONE) {
      const part = leases.slice(from, from + IN_ONE);
      if (write(`${prefix}${parts++}`, part)) written += part.length;
      else unkept.setState(({ [owner]: before = 0 }) => ({ [owner]: before + part.length }));
    }
  }

  function clear(): void {
    parts = 0;
    written = 0;
    if (unkept.getState()[owner]) unkept.setState({ [owner]: 0 });
    for (const key of sessionKeys(prefix)) sessionStorage.removeItem(key);
  }

  return {
    append,
    clear,
    /** Writes these in place of all others. */
    replace(leases: readonly KeptReceipt[]): void {
      clear();
      append(leases);
    },
    /** Receipts in the storage, those that are void meanwhile among them. */
    written: () => written,
    /** Receipts that there was no room for. */
    unkept: () => unkept.getState()[owner] ?? 0,
  };
}

function write(key: string, leases: readonly KeptReceipt[]): boolean {
  const places = Map.groupBy(leases, ({ connectionId, queue }) => `${connectionId}/${queue}`);
  const content: Written = {
    tab: tabName(),
    places: [...places.values()].map((own) => [
      own[0]?.connectionId ?? '',
      own[0]?.queue ?? '',
      own.map(({ id, receipt, endsAt }) => [id, receipt, endsAt]),
    ]),
  };
  try {
    sessionStorage.setItem(key, JSON.stringify(content));
    return true;
  } catch {
    return false;
  }
}

/** Reads what the page before this one wrote, and takes it away. */
export function takeReceipts(): { tab: string | undefined; leases: KeptReceipt[] }[] {
  return sessionKeys(PREFIX).flatMap((key) => {
    const content = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    try {
      const { tab, places } = JSON.parse(content) as Written;
      const leases = places.flatMap(([connectionId, queue, own]) =>
        own.map(([id, receipt, endsAt]) => ({ connectionId, queue, id, receipt, endsAt })),
      );
      return [{ tab, leases }];
    } catch {
      return [];
    }
  });
}
