import type { QueryClient } from '@tanstack/react-query';
import type { Account, SentMessage } from '@/azure/protocol/model';
import { startJob } from '@/bulk/jobs/start-job';
import { planOfItems } from '@/bulk/planning/forecast';
import type { OutcomeKind } from '@/bulk/requests/outcome';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { createRequestMeter } from '@/bulk/requests/request-meter';
import { addAgain } from '@/bulk/work/add-message';
import { clearQueue } from '@/bulk/work/clear-queue';
import { queueTarget } from '@/queries/queue-target';
import { networkOf } from '@/state/activity/network';
import type { ListedJob } from '@/state/jobs/job-store';
import { beginJournal } from '@/state/journal/job-journals';
import { deletions, noteCleared } from '@/state/messages/deleted-messages';
import { flushDeletes } from '@/state/messages/pending-deletes';
import { recordsOf } from '@/state/messages/records';
import { openDialog } from '@/state/navigation/open-dialog';
import { beginJob } from './begin-job';

/** Why `queues` cannot be cleared yet; undefined once their number was typed. */
export function clearProblem(queues: readonly string[], typed: string): string | undefined {
  if (queues.length === 0) return 'Choose queues first.';
  const number = String(queues.length);
  return typed === number ? undefined : `Type ${number}, the number of queues, to confirm.`;
}

/** Begins to clear queues. Deletes that wait for Undo are sent first, and messages that were loaded can be added again. */
export function beginClear(client: QueryClient, account: Account, queues: readonly string[]): ListedJob {
  const since = new Map<string, number>();
  const meter = createRequestMeter();
  const what = { kind: 'clear', where: account.name, noun: 'queue' } as const;
  const from = queueTarget(account, queues[0] ?? '');
  const journal = beginJournal({ ...what, steps: ['delete'], from: from.records.ref, ids: queues });
  const ended = journal.ended<string>((queue) => queue);
  const clear = clearQueue(meter.account(journal.target(from).account));
  const job = startJob<string, never>({
    source: queues,
    work: async (queue, previous, signal) => {
      const records = recordsOf(account.id, queue);
      await flushDeletes(records);
      since.set(queue, records.tick());
      return clear(queue, previous, signal);
    },
    concurrency: 4,
    total: queues.length,
    meter,
    networks: [networkOf(account.id)],
    onOutcome: (outcome) => {
      ended(outcome);
      const { item, kind } = outcome;
      // Messages that were loaded before can be added again.
      if (kind === 'done') noteCleared(recordsOf(account.id, item), since.get(item) ?? 0);
    },
  });
  return beginJob(client, {
    ...what,
    job,
    journal,
    changes: queues.map((queue) => ({ account, queue })),
  });
}

type AddingAgain = {
  /** Messages added at a time; 1 keeps their order. */
  concurrency?: number;
  /** Messages that are added; the report then offers to go on with the others. */
  most?: number;
};

/**
 * Begins to add the messages of a deletion again. The job owns the deletion until it ends; undefined when another job owns
 * it.
 */
export function beginAddAgain(
  client: QueryClient,
  to: QueueTarget,
  deletion: number,
  { concurrency = 8, most = Infinity }: AddingAgain = {},
): ListedJob | undefined {
  const { queue, records } = to;
  const owned = deletions.take(deletion);
  if (!owned) return undefined;
  const ended = new Set<string>();
  const ids = owned.ids.slice(0, most);
  const isListed = () => deletions.all().some(({ id }) => id === owned.id);
  const what = { kind: 'addAgain', where: queue } as const;
  const journal = beginJournal({ ...what, noun: 'message', steps: ['send'], from: records.ref, ids });
  const noteEnd = journal.ended<{ id: string }>(({ id }) => id);
  const meter = createRequestMeter();
  const job = startJob<{ id: string }, SentMessage>({
    source: ids.map((id) => ({ id })),
    concurrency,
    work: addAgain(meter.target(journal.target(to))),
    total: ids.length,
    meter,
    networks: [to.network],
    plan: planOfItems(['send'], ids.length, { concurrency, connections: to.connections }),
    key: ({ id }) => id,
    name: ({ id }) => id,
    onOutcome: (outcome) => {
      noteEnd(outcome);
      ended.add(outcome.item.id);
    },
  });
  const idsOf = (kind: OutcomeKind) => job.outcomes.flatMap((one) => (one.kind === kind ? one.item.id : []));
  return beginJob(client, {
    ...what,
    job,
    journal,
    changes: [to],
    // The rest is added again by the dialog, which says what that does.
    canRetry: false,
    onEnd: () => {
      // A cancelled job has not begun some of them.
      const notBegun = owned.ids.filter((id) => !ended.has(id));
      deletions.leave(owned, { failed: [...idsOf('failed'), ...notBegun], maybe: idsOf('maybeDone') });
    },
    ...(most < owned.ids.length && {
      next: {
        left: () => deletions.all().find(({ id }) => id === owned.id)?.ids.length ?? 0,
        isOffered: isListed,
        run: () => beginAddAgain(client, to, owned.id, { concurrency }),
      },
    }),
    after: {
      label: 'Add the rest again',
      run: () => openDialog({ kind: 'addAgain', connectionId: records.ref.connectionId, queue }),
      isOffered: () => most === Infinity && isListed(),
    },
  });
}
