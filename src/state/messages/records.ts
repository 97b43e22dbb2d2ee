import { useSyncExternalStore } from 'react';
import type { QueueRecords } from '@/messages/queue-records';
import type { MessageRecord, QueueRef } from '@/messages/record';
import { createRecords } from '@/messages/records';
import { LONGEST_TIMER_MS, nowOf, realDelay, whenClocksChange } from '../time/connection-clocks';

/** The records of all messages of this tab. */
export const records = createRecords();

export const recordsOf = (connectionId: string, queue: string): QueueRecords => records.of({ connectionId, queue });

/** Between two renders: a job changes records thousands of times a second. */
const DRAW_EVERY_MS = 150;
/** Rendering may iterate over all records, so the interval grows by a ms for so many, to leave time for the work. */
const RECORDS_PER_MS = 60;

/**
 * Makes a throttled subscription: notifies all members of a change at once, and of those that follow soon at intervals. One for
 * each queue, as components subscribe anew at each render.
 */
function createThrottledSubscription(subscribe: (changed: () => void) => () => void, size: () => number) {
  const members = new Set<() => void>();
  let stop: (() => void) | undefined;
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function notify() {
    timer = undefined;
    last = performance.now();
    for (const member of members) member();
  }
  function notifyThrottled() {
    if (timer !== undefined || members.size === 0) return;
    const wait = last + DRAW_EVERY_MS + size() / RECORDS_PER_MS - performance.now();
    if (wait <= 0) notify();
    else timer = setTimeout(notify, wait);
  }
  return (member: () => void) => {
    if (members.size === 0) stop = subscribe(notifyThrottled);
    members.add(member);
    return () => {
      members.delete(member);
      if (members.size === 0) stop?.();
    };
  };
}

const subscriptions = new WeakMap<QueueRecords, ReturnType<typeof createThrottledSubscription>>();

function subscriptionOf(queue: QueueRecords) {
  let subscription = subscriptions.get(queue);
  if (!subscription) {
    subscription = createThrottledSubscription(queue.subscribe.bind(queue), () => queue.size);
    subscriptions.set(queue, subscription);
  }
  return subscription;
}

const subscribeToAll = createThrottledSubscription(
  (changed) => records.subscribe(changed),
  () => sumOf(({ size }) => size),
);

/**
 * The records of a queue, for components. The version changes with the records, so that memoised values are computed again.
 */
export function useQueueRecords(connectionId: string, queue: string): { records: QueueRecords; version: number } {
  const own = recordsOf(connectionId, queue);
  const version = useSyncExternalStore(subscriptionOf(own), () => own.version);
  return { records: own, version };
}

/** A view of one record, for components; `view` must return the same value for the same record. */
export function useRecord<View>(
  { connectionId, queue }: QueueRef,
  id: string | undefined,
  view: (record: MessageRecord | undefined) => View,
): View {
  const own = recordsOf(connectionId, queue);
  return useSyncExternalStore(
    (notify) =>
      own.subscribe((changes) => changes.some(({ before, after }) => (after ?? before)?.id === id) && notify()),
    () => view(id === undefined ? undefined : own.get(id)),
  );
}

/** Renders after changes of any record. */
export const useAnyRecords = (): void => {
  useSyncExternalStore(subscribeToAll, sumOfVersions);
};

const sumOfVersions = (): number => sumOf(({ version }) => version);

function sumOf(number: (queue: QueueRecords) => number): number {
  let sum = 0;
  for (const queue of records.queues()) sum += number(queue);
  return sum;
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** When the timer is due, epoch ms by this device's clock. */
let timerAt = Infinity;

/** Holders whose leases the clock ends; work renews or returns its own. */
const TIMED = ['tab', 'left', 'elsewhere', 'nobody'] as const;

/** When the clock ends the lease or the hidden time of a record; undefined without one. */
function endOf({ lease, standing, claim }: MessageRecord): number | undefined {
  if (standing.is === 'hidden') return standing.until;
  return lease && lease.state !== 'ended' && !claim ? lease.endsAt : undefined;
}

function setTimer(connectionId: string, end: number): void {
  const wait = realDelay(connectionId, end);
  if (!Number.isFinite(wait) || Date.now() + wait >= timerAt) return;
  clearTimeout(timer);
  timerAt = Date.now() + wait;
  timer = setTimeout(endAndReschedule, Math.min(wait, LONGEST_TIMER_MS));
}

/** Ends leases and hidden times that are over by the clock of their connection. */
export function endByTime(): void {
  for (const queue of records.queues()) {
    const now = nowOf(queue.ref.connectionId);
    const due: string[] = [];
    for (const record of queue.leased(...TIMED)) if ((endOf(record) ?? Infinity) <= now) due.push(record.id);
    queue.apply(due.map((id) => [id, { kind: 'time', now }] as const));
  }
}

function endAndReschedule(): void {
  clearTimeout(timer);
  timerAt = Infinity;
  endByTime();
  for (const queue of records.queues()) {
    let first = Infinity;
    for (const record of queue.leased(...TIMED)) first = Math.min(first, endOf(record) ?? Infinity);
    if (first < Infinity) setTimer(queue.ref.connectionId, first);
  }
}

/** Starts the timer that ends leases and hidden times by the clock of their connection. */
export function startEndingByTime(): void {
  records.subscribe((queue, changes) => {
    let first = Infinity;
    for (const { after } of changes) {
      // A record was removed, which the timer may be for.
      if (!after) return endAndReschedule();
      first = Math.min(first, endOf(after) ?? Infinity);
    }
    if (first < Infinity) setTimer(queue.ref.connectionId, first);
  });
  // Moving a clock may end leases at once.
  whenClocksChange(endAndReschedule);
}
