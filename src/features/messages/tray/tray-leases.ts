import type { JournalHead } from '@/bulk/journal/journal';
import { type MessageRow, toRow } from '@/messages/message-rows';
import type { MessageRecord, QueueRef } from '@/messages/record';
import type { Records } from '@/messages/records';
import { type StoredLease, toStoredLease } from '@/messages/stored-leases';
import { standingAt } from '@/state/journal/interrupted-jobs';
import { concerns, type InterruptedJob } from '@/state/journal/interrupted-store';

/** Work that holds messages, in one line: which, how many, and when the last of their leases ends (epoch ms). */
export type HeldByWork = { name: string; messages: number; endsAt: number };

/** A job that was cut off: the id of its journal, how many messages it hides and until when (epoch ms). */
export type HeldByStopped = { id: string; head: JournalHead; messages: number; endsAt: number };

/** What this browser has leased in one queue. Times are epoch ms by the connection's clock. */
export type QueueLeases = {
  ref: QueueRef;
  /** A person's own in this tab, which can be worked on; next to end first. Made when they are asked for. */
  readonly rows: MessageRow[];
  /** By jobs and browses of this tab. */
  work: HeldByWork[];
  /** By jobs that were cut off, which can be released. */
  stopped: HeldByStopped[];
  /** From before the last reload, or left by a job or a browse: their texts are not known, and they can be released. */
  left: StoredLease[];
  /** By other tabs of this browser. */
  elsewhere: { messages: number; endsAt: number } | undefined;
  messages: number;
  /** When the first of them ends. */
  nextEnd: number;
};

/**
 * All that this browser has leased, by queue, next to end first. `now`: epoch ms by a connection's clock; what has ended by then is
 * left out. What a job that was cut off hides is told by that job alone. Linear in the leases, of which there may be hundreds of
 * thousands.
 */
export function leasesByQueue(
  records: Records,
  now: (connectionId: string) => number,
  jobs: readonly InterruptedJob[] = [],
): QueueLeases[] {
  const queues: QueueLeases[] = [];
  for (const queue of records.queues()) {
    const at = now(queue.ref.connectionId);
    const mine: MessageRecord[] = [];
    const left: StoredLease[] = [];
    const told = jobs.filter((job) => concerns(job, queue.ref));
    const work = new Map<string, HeldByWork>();
    let elsewhere: QueueLeases['elsewhere'];
    let messages = 0;
    let nextEnd = Infinity;
    for (const record of queue.leased()) {
      const { lease, claim, standing } = record;
      if (!lease || lease.state === 'ended' || lease.endsAt <= at || standing.is === 'deleted') continue;
      if (claim?.kind === 'delete') continue;
      if (lease.holder === 'elsewhere')
        elsewhere = {
          messages: (elsewhere?.messages ?? 0) + 1,
          endsAt: Math.max(elsewhere?.endsAt ?? 0, lease.endsAt),
        };
      else if (claim) {
        const held = work.get(claim.name);
        work.set(claim.name, {
          name: claim.name,
          messages: (held?.messages ?? 0) + 1,
          endsAt: Math.max(held?.endsAt ?? 0, lease.endsAt),
        });
      } else if (lease.holder === 'tab' && record.message) mine.push(record);
      else {
        const stored = toStoredLease(queue.ref, record);
        if (!stored || told.some(({ replayed }) => replayed.items.has(record.id))) continue;
        left.push(stored);
      }
      messages++;
      nextEnd = Math.min(nextEnd, lease.endsAt);
    }
    if (messages === 0) continue;
    let rows: MessageRow[] | undefined;
    queues.push({
      ref: queue.ref,
      get rows() {
        return (rows ??= mine
          .map((record, index) => toRow(queue, record, index, 0, 0))
          .toSorted((one, other) => endOf(one) - endOf(other)));
      },
      work: [...work.values()],
      stopped: [],
      left,
      elsewhere,
      messages,
      nextEnd,
    });
  }
  addStopped(queues, jobs, now);
  return queues.toSorted((one, other) => one.nextEnd - other.nextEnd);
}

function addStopped(
  queues: QueueLeases[],
  jobs: readonly InterruptedJob[],
  now: (connectionId: string) => number,
): void {
  for (const job of jobs) {
    const { id, head } = job;
    const { hidden, othersHidden, hiddenUntil, changesAt } = standingAt(job, now(head.from.connectionId));
    const messages = hidden + othersHidden;
    if (messages === 0) continue;
    let queue = queues.find(({ ref }) => concerns(job, ref));
    if (!queue) {
      queue = {
        ref: head.from,
        rows: [],
        work: [],
        stopped: [],
        left: [],
        elsewhere: undefined,
        messages: 0,
        nextEnd: Infinity,
      };
      queues.push(queue);
    }
    queue.stopped.push({ id, head, messages, endsAt: hiddenUntil });
    queue.messages += messages;
    queue.nextEnd = Math.min(queue.nextEnd, changesAt);
  }
}

const endOf = ({ lease }: MessageRow): number => lease?.endsAt.getTime() ?? 0;

/** How many messages this browser has leased, and when the first lease ends, with the clock that says so. */
export function leasesInAll(queues: readonly QueueLeases[]) {
  return {
    messages: queues.reduce((sum, { messages }) => sum + messages, 0),
    next: queues[0] && { connectionId: queues[0].ref.connectionId, endsAt: queues[0].nextEnd },
  };
}
