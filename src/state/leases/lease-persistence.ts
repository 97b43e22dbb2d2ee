import type { Change, QueueRecords } from '@/messages/queue-records';
import type { MessageRecord } from '@/messages/record';
import { restoreLeases, type StoredLease, storedLeases, toStoredLease } from '@/messages/stored-leases';
import { currentConnections, whenConnectionsChange } from '../connections/connections';
import { records } from '../messages/records';
import { openTabs, tabName } from '../tab/tab-identity';
import { nowOf } from '../time/connection-clocks';
import {
  appendLeases,
  RECEIPTS_PER_ENTRY,
  replaceLeases,
  rewriteLeases,
  takeLeases,
  writtenRows,
} from './receipt-session-storage';
import { cutOff, cutOffReceives } from './restored-leases';
import { type CutOffReceive, trackPageHide } from './running-receives';

/*
 * Writes the leases of this tab to the session storage (`receipt-session-storage.ts`) and restores them after a reload. Derived
 * from the records, so every lease is written, whoever made it.
 */

/** Delay before a renewed or ended lease is written; a new one is written at once. */
const WRITE_DELAY_MS = 1000;
/** Closing the tab asks for confirmation while a lease lasts for longer. */
const LONG_LEASE_MS = 5 * 60_000;
/** Checks whether the tab that this one seems to be a copy of is still open. */
const CHECK_EVERY_MS = 500;
const MOST_CHECKS = 10;
/** Rows in the storage, ended ones included, before all are written anew. */
const MOST_ROWS = 4000;

/** Leases to write, the last one of each message. */
const changed = new Map<string, StoredLease>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** Rows after which all are written anew; twice as many as needed, so that each row is written a few times at most. */
let mostRows = MOST_ROWS;

/**
 * Starts writing the leases of this tab and asking before it closes, and restores those of the page before this one, which needs
 * the connections and their clocks.
 */
export function persistLeases(): void {
  const existing = [...storedLeases(records)];
  records.subscribe(write);
  void restore();
  // Leased before this call.
  appendLeases(existing);
  trackPageHide();
  whenConnectionsChange(writeSoon);
  addEventListener('pagehide', writeAll);
  addEventListener('beforeunload', (event) => {
    if (hasLongLeases()) event.preventDefault();
  });
}

function write(queue: QueueRecords, changes: readonly Change[]): void {
  const fresh: StoredLease[] = [];
  for (const { before, after } of changes) {
    const old = toStoredLease(queue.ref, before);
    const current = toStoredLease(queue.ref, after);
    if (old?.receipt === current?.receipt && old?.endsAt === current?.endsAt && old?.doubt === current?.doubt) continue;
    if (current && !old) fresh.push(current);
    else changed.set(nameOf(current ?? old), current ?? { ...(old as StoredLease), receipt: '' });
  }
  if (fresh.length > 0) appendLeases(fresh);
  if (changed.size > 0 || writtenRows() > mostRows) writeSoon();
}

const writeSoon = () => (timer ??= setTimeout(writeChanged, WRITE_DELAY_MS));

const nameOf = (lease: StoredLease | undefined) => `${lease?.connectionId}/${lease?.queue}/${lease?.id}`;

function writeChanged(): void {
  clearTimeout(timer);
  timer = undefined;
  appendLeases([...changed.values()]);
  changed.clear();
  if (writtenRows() > mostRows) void rewrite();
}

/** Writes all running leases, a piece at a time. */
async function rewrite(): Promise<void> {
  const ids = [...records.queues()].map((queue) => ({ queue, ids: [...queue.leased()].map(({ id }) => id) }));
  mostRows = Number.POSITIVE_INFINITY;
  await rewriteLeases(slicesOf(ids));
  mostRows = Math.max(MOST_ROWS, 2 * ids.reduce((sum, own) => sum + own.ids.length, 0));
  // What was written meanwhile may be too much again, and nothing else may follow.
  if (writtenRows() > mostRows) await rewrite();
}

/** The leases of these messages that are worth storing, as they are when a slice is asked for. */
function* slicesOf(all: readonly { queue: QueueRecords; ids: readonly string[] }[]): Generator<StoredLease[]> {
  for (const { queue, ids } of all) {
    for (let from = 0; from < ids.length; from += RECEIPTS_PER_ENTRY) {
      yield ids
        .slice(from, from + RECEIPTS_PER_ENTRY)
        .flatMap((id) => toStoredLease(queue.ref, queue.get(id)) ?? [])
        .filter(isWorthStoring);
    }
  }
}

/** Writes all running leases at once, in place of the earlier rows, as the page is left. */
function writeAll(): void {
  changed.clear();
  const running = [...storedLeases(records)].filter(isWorthStoring);
  replaceLeases(running);
  mostRows = Math.max(MOST_ROWS, 2 * running.length);
}

/** True for a running lease of a known connection, also a locked one, which may be unlocked before the lease ends. */
const isWorthStoring = ({ connectionId, endsAt }: StoredLease) =>
  endsAt > nowOf(connectionId) && currentConnections().some(({ id }) => id === connectionId);

/** Stops offering to release these leases; the messages stay hidden until they end. */
export function abandonLeases(leases: readonly StoredLease[]): void {
  for (const { connectionId, queue, id, endsAt } of leases) {
    const own = records.of({ connectionId, queue });
    const evidence = own.answeredNow(own.tick(), nowOf(connectionId), undefined);
    own.applyTo(id, { kind: 'givenUp', until: endsAt, evidence });
  }
}

/** Dismisses the interrupted receives of a queue. */
export function dropCutOff({ connectionId, queue }: Pick<CutOffReceive, 'connectionId' | 'queue'>) {
  const isThere = (one: CutOffReceive) => one.connectionId === connectionId && one.queue === queue;
  for (const receive of cutOffReceives()) if (isThere(receive)) receive.forget();
  cutOff.setState(({ receives }) => ({ receives: receives.filter((one) => !isThere(one)) }));
}

/** What a page of a tab wrote before it was reloaded. */
type StoredState = { tab: string | undefined; leases: readonly StoredLease[]; cutOff?: readonly CutOffReceive[] };

async function restore() {
  const states: StoredState[] = [
    ...[...takeLeases()].map(([tab, leases]) => ({ tab, leases })),
    ...cutOffReceives().map(({ tab, forget, ...receive }) => {
      const isOver = receive.until <= nowOf(receive.connectionId);
      if (isOver) forget();
      return { tab, leases: [], cutOff: isOver ? [] : [receive] };
    }),
  ];
  adopt(states.filter(({ tab }) => tab === tabName()));
  // Another name: this tab is a duplicate, and the leases are the other tab's; or the browser had not released the old name
  // when the page was reloaded.
  let others = states.filter(({ tab }) => tab !== tabName());
  for (let check = 0; others.length > 0 && check < MOST_CHECKS; check++) {
    const open = await openTabs();
    adopt(others.filter(({ tab }) => !open.has(tab ?? '')));
    others = others.filter(({ tab }) => open.has(tab ?? ''));
    if (others.length > 0) await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
  }
}

function adopt(states: readonly StoredState[]): void {
  for (const { leases, cutOff: receives = [] } of states) {
    restoreLeases(records, leases, nowOf);
    if (receives.length > 0) cutOff.setState((state) => ({ receives: [...state.receives, ...receives] }));
  }
}

/** True when closing the tab should ask for confirmation. */
function hasLongLeases(): boolean {
  for (const queue of records.queues()) {
    for (const record of queue.leased()) if (isLongLease(queue.ref.connectionId, record)) return true;
  }
  return false;
}

function isLongLease(connectionId: string, { lease, claim }: MessageRecord): boolean {
  if (!lease || lease.state === 'ended' || lease.holder === 'elsewhere') return false;
  return lease.holder === 'work' || claim !== undefined || lease.endsAt - nowOf(connectionId) > LONG_LEASE_MS;
}
