import { useSyncExternalStore } from 'react';
import type { QueueRecords } from '@/messages/queue-records';
import type { MessageRecord, QueueRef } from '@/messages/record';
import { createRecords } from '@/messages/records';
import { LONGEST_TIMER_MS, nowOf, realDelay, whenClocksChange } from '../time/connection-clocks';

/** All that this tab knows of messages. */
export const records = createRecords();

export const recordsOf = (connectionId: string, queue: string): QueueRecords => records.of({ connectionId, queue });

/** Ms: a job changes records thousands of times a second, and nobody sees more than a few pictures of it. */
const DRAW_EVERY_MS = 150;
/** What is drawn may go through all records: a ms more for each so many, so that drawing leaves time for the work. */
const RECORDS_PER_MS = 60;

/**
 * Who draws something of a queue, or of all. They are told together: of a change at once, and of those that follow soon not
 * more often than they can be seen and drawn. One for each queue, as whoever draws subscribes anew each time.
 */
function createAudience(subscribe: (changed: () => void) => () => void, size: () => number) {
  const members = new Set<() => void>();
  let stop: (() => void) | undefined;
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function tell() {
    timer = undefined;
    last = performance.now();
    for (const member of members) member();
  }
  function hear() {
    if (timer !== undefined || members.size === 0) return;
    const wait = last + DRAW_EVERY_MS + size() / RECORDS_PER_MS - performance.now();
    if (wait <= 0) tell();
    else timer = setTimeout(tell, wait);
  }
  return (member: () => void) => {
    if (members.size === 0) stop = subscribe(hear);
    members.add(member);
    return () => {
      members.delete(member);
      if (members.size === 0) stop?.();
    };
  };
}

const audiences = new WeakMap<QueueRecords, ReturnType<typeof createAudience>>();

function audienceOf(queue: QueueRecords) {
  let audience = audiences.get(queue);
  if (!audience) {
    audience = createAudience(queue.subscribe.bind(queue), () => queue.size);
    audiences.set(queue, audience);
  }
  return audience;
}

const audienceOfAll = createAudience(
  (changed) => records.subscribe(changed),
  () => 0,
);

/**
 * The records of a queue, drawn anew when they change. The version is part of what it gives, so that whatever is computed
 * of it is computed anew as well.
 */
export function useQueueRecords(connectionId: string, queue: string): { records: QueueRecords; version: number } {
  const own = recordsOf(connectionId, queue);
  const version = useSyncExternalStore(audienceOf(own), () => own.version);
  return { records: own, version };
}

/** Something of one record, drawn anew when that changes; `view` gives the same value for the same record. */
export function useRecord<View>(
  { connectionId, queue }: QueueRef,
  id: string | undefined,
  view: (record: MessageRecord | undefined) => View,
): View {
  const own = recordsOf(connectionId, queue);
  return useSyncExternalStore(
    (tell) => own.subscribe((changes) => changes.some(({ before, after }) => (after ?? before)?.id === id) && tell()),
    () => view(id === undefined ? undefined : own.get(id)),
  );
}

/** Changes with the records of any queue. */
export const useAnyRecords = (): void => {
  useSyncExternalStore(audienceOfAll, sumOfVersions);
};

function sumOfVersions(): number {
  let sum = 0;
  for (const { version } of records.queues()) sum += version;
  return sum;
}

let alarm: ReturnType<typeof setTimeout> | undefined;
/** By this device's clock, when the alarm is due. */
let alarmAt = Infinity;

/** Whose leases the clock ends: work renews or returns its own, and says so itself. */
const TIMED = ['tab', 'left', 'elsewhere', 'nobody'] as const;

/** When the clock ends what is known of a record: a lease that nobody renews, a time for which we hid it. */
function endOf({ lease, standing, claim }: MessageRecord): number | undefined {
  if (standing.is === 'hidden') return standing.until;
  return lease && lease.state !== 'ended' && !claim ? lease.endsAt : undefined;
}

function setAlarm(connectionId: string, end: number): void {
  const wait = realDelay(connectionId, end);
  if (!Number.isFinite(wait) || Date.now() + wait >= alarmAt) return;
  clearTimeout(alarm);
  alarmAt = Date.now() + wait;
  alarm = setTimeout(ring, Math.min(wait, LONGEST_TIMER_MS));
}

/** Ends what is over by the clock of its connection, and waits for the next. */
export function endByTime(): void {
  for (const queue of records.queues()) {
    const now = nowOf(queue.ref.connectionId);
    const due: string[] = [];
    for (const record of queue.leased(...TIMED)) if ((endOf(record) ?? Infinity) <= now) due.push(record.id);
    queue.apply(due.map((id) => [id, { kind: 'time', now }] as const));
  }
}

function ring(): void {
  clearTimeout(alarm);
  alarmAt = Infinity;
  endByTime();
  for (const queue of records.queues()) {
    let first = Infinity;
    for (const record of queue.leased(...TIMED)) first = Math.min(first, endOf(record) ?? Infinity);
    if (first < Infinity) setAlarm(queue.ref.connectionId, first);
  }
}

/** From now on what is over by the clock of its connection ends by itself. */
export function startEndingByTime(): void {
  records.subscribe((queue, changes) => {
    let first = Infinity;
    for (const { after } of changes) {
      // Forgotten with its connection: what the alarm was set for may be gone.
      if (!after) return ring();
      first = Math.min(first, endOf(after) ?? Infinity);
    }
    if (first < Infinity) setAlarm(queue.ref.connectionId, first);
  });
  // A clock that was moved may have ended leases at once.
  whenClocksChange(ring);
}
