import type { Change, QueueRecords } from '@/messages/queue-records';
import type { MessageRecord } from '@/messages/record';
import { restoreLeases, type StoredLease, storedLeases, toStoredLease } from '@/messages/stored-leases';
import { currentConnections, whenConnectionsChange } from '../connections/connections';
import { records } from '../messages/records';
import { openTabs, tabName } from '../tab/tab-identity';
import { nowOf } from '../time/connection-clocks';
import { appendLeases, replaceLeases, takeLeases, writtenRows } from './receipt-session-storage';
import { cutOffReceives, followLeaving } from './receives-in-flight';
import { type CutOffReceive, cutOff } from './restored-leases';

/*
 * Which leases are written down (`receipt-session-storage.ts`), and what becomes of those that the page before this one wrote. What
 * is kept is derived from the records: whatever leases a message, a reload knows of it.
 */

/** Ms until a receipt that was renewed or is void is written; a new one is written before anybody works with it. */
const WRITE_DELAY_MS = 1000;
/** Ms: a lease that runs on for longer than this is worth a question before the tab closes. */
const WORTH_ASKING_MS = 5 * 60_000;
/** Ms between looks whether the tab that this one seems to be a copy of is still open, and how many. */
const CHECK_EVERY_MS = 500;
const MOST_CHECKS = 10;
/** Rows that may lie in the storage, void ones among them, before they are cleared out. */
const MOST_ROWS = 4000;

/** Leases that are to be written, as they are when they are; the last one of each message. */
const changed = new Map<string, StoredLease>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** Rows after which all is written anew; twice as many as are needed, so that each row is written a few times at the most. */
let mostRows = MOST_ROWS;

/**
 * From now on writes down what this tab leases, and asks before it closes while that is worth a question. Takes in what the
 * page before this one wrote, which needs the connections to be known, and their clocks.
 */
export function startKeepingLeases(): void {
  const held = [...storedLeases(records)];
  records.subscribe(write);
  void restore();
  // Leased before this was here.
  appendLeases(held);
  followLeaving();
  whenConnectionsChange(writeSoon);
  addEventListener('pagehide', writeAll);
  addEventListener('beforeunload', (event) => {
    if (holdsMuch()) event.preventDefault();
  });
}

function write(queue: QueueRecords, changes: readonly Change[]): void {
  const fresh: StoredLease[] = [];
  for (const { before, after } of changes) {
    const was = toStoredLease(queue.ref, before);
    const is = toStoredLease(queue.ref, after);
    if (was?.receipt === is?.receipt && was?.endsAt === is?.endsAt && was?.doubt === is?.doubt) continue;
    if (is && !was) fresh.push(is);
    else changed.set(nameOf(is ?? was), is ?? { ...(was as StoredLease), receipt: '' });
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
  if (writtenRows() > mostRows) writeAll();
}

/** Writes all that is held as it is now. */
function writeAll(): void {
  changed.clear();
  const running = [...storedLeases(records)].filter(isKept);
  replaceLeases(running);
  mostRows = Math.max(MOST_ROWS, 2 * running.length);
}

/** Of a connection that is locked too: its passphrase may be typed before they end. */
const isKept = ({ connectionId, endsAt }: StoredLease) =>
  endsAt > nowOf(connectionId) && currentConnections().some(({ id }) => id === connectionId);

/** Leaves these to their leases: nothing is offered to be done with them any more. */
export function leaveToTheirLeases(leases: readonly StoredLease[]): void {
  for (const { connectionId, queue, id, endsAt } of leases) {
    const own = records.of({ connectionId, queue });
    const evidence = own.answeredNow(own.tick(), nowOf(connectionId), undefined);
    own.applyTo(id, { kind: 'givenUp', until: endsAt, evidence });
  }
}

/** Says no more of receives that were cut off in a queue. */
export function dropCutOff({ connectionId, queue }: Pick<CutOffReceive, 'connectionId' | 'queue'>) {
  const isThere = (one: CutOffReceive) => one.connectionId === connectionId && one.queue === queue;
  for (const receive of cutOffReceives()) if (isThere(receive)) receive.forget();
  cutOff.setState(({ receives }) => ({ receives: receives.filter((one) => !isThere(one)) }));
}

/** What a tab wrote before it was loaded anew. */
type Read = { tab: string | undefined; leases: readonly StoredLease[]; cutOff?: readonly CutOffReceive[] };

async function restore() {
  const read: Read[] = [
    ...[...takeLeases()].map(([tab, leases]) => ({ tab, leases })),
    ...cutOffReceives().map(({ tab, forget, ...receive }) => {
      const isOver = receive.until <= nowOf(receive.connectionId);
      if (isOver) forget();
      return { tab, leases: [], cutOff: isOver ? [] : [receive] };
    }),
  ];
  adopt(read.filter(({ tab }) => tab === tabName()));
  // Another name: this tab was duplicated, and the leases are the other one's; or it came back before the browser had let
  // its old name go.
  let others = read.filter(({ tab }) => tab !== tabName());
  for (let look = 0; others.length > 0 && look < MOST_CHECKS; look++) {
    const open = await openTabs();
    adopt(others.filter(({ tab }) => !open.has(tab ?? '')));
    others = others.filter(({ tab }) => open.has(tab ?? ''));
    if (others.length > 0) await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
  }
}

function adopt(read: readonly Read[]): void {
  for (const { leases, cutOff: receives = [] } of read) {
    restoreLeases(records, leases, nowOf);
    if (receives.length > 0) cutOff.setState((state) => ({ receives: [...state.receives, ...receives] }));
  }
}

/** Whether somebody should know of what this tab holds before it closes. */
function holdsMuch(): boolean {
  for (const queue of records.queues()) {
    for (const record of queue.leased()) if (isMuch(queue.ref.connectionId, record)) return true;
  }
  return false;
}

function isMuch(connectionId: string, { lease, claim }: MessageRecord): boolean {
  if (!lease || lease.state === 'ended' || lease.holder === 'elsewhere') return false;
  return lease.holder === 'work' || claim !== undefined || lease.endsAt - nowOf(connectionId) > WORTH_ASKING_MS;
}
