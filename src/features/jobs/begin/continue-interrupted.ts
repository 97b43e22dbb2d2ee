import type { QueryClient } from '@tanstack/react-query';
import { continuationOf } from '@/bulk/jobs/continue-job';
import type { JournalHead } from '@/bulk/journal/journal';
import { accountFor } from '@/queries/use-account';
import { connectionOf, currentConnections } from '@/state/connections/connections';
import { forgetJob, takeJob } from '@/state/journal/interrupted-jobs';
import { continueJournal } from '@/state/journal/job-journals';
import { openDialog } from '@/state/navigation/open-dialog';
import { nowOf } from '@/state/time/connection-clocks';
import { type MessageJobForm, targetOf } from '../shared/scope';
import { beginClear } from './begin-clear';
import type { GoOn } from './begin-journal';
import { beginDelete, beginMove, beginSetVisibility } from './begin-message-jobs';

/** Why a job cannot go on now, as a sentence; undefined when it can. */
export function continueReason({ from, to }: Pick<JournalHead, 'from' | 'to'>): string | undefined {
  for (const { connectionId, queue } of [from, ...(to ? [to] : [])]) {
    if (connectionOf(connectionId)) continue;
    const isKnown = currentConnections().some(({ id }) => id === connectionId);
    return isKnown
      ? `The connection of ${queue} is locked: unlock it first.`
      : `The connection of ${queue} was forgotten.`;
  }
  return undefined;
}

/** Goes on with a job that was cut off, as it was begun. Resolves to why it cannot, as a sentence. */
export async function continueInterrupted(client: QueryClient, id: string): Promise<string | undefined> {
  const taken = await takeJob(id);
  if (!taken) return 'Another tab of this browser has this job by now.';
  const { job, release } = taken;
  const { head, journal, replayed, parts } = job;
  const problem = continueReason(head);
  if (problem !== undefined) {
    release();
    return problem;
  }
  const continuation = continuationOf(journal, nowOf(head.from.connectionId), replayed);
  if (head.kind === 'clear') {
    // It is repeated as it is.
    const account = accountFor(head.from.connectionId);
    if (account) beginClear(client, account, [...(continuation.ids ?? [])]);
    release();
    await forgetJob(id);
    return undefined;
  }
  if (head.kind === 'export') {
    // A file is written from its beginning. What the first one hides is told until it is closed.
    openDialog({ kind: 'exportMessages', ...head.from });
    release();
    return undefined;
  }
  if (head.kind === 'import') {
    openDialog({ kind: 'importMessages', ...head.from, goesOn: id });
    release();
    return undefined;
  }
  if (head.steps.includes('change')) {
    const { from } = head;
    const ids = continuation.ids && { ids: [...continuation.ids] };
    openDialog({ kind: 'workOnMessages', ...from, ...ids, goesOn: id });
    release();
    return undefined;
  }
  const goOn: GoOn = { continuation, journal: continueJournal(head, { parts, release, use: 'run' }) };
  try {
    await begin(client, head, goOn);
    return undefined;
  } catch (error) {
    await goOn.journal.leave();
    return error instanceof Error ? error.message : String(error);
  }
}

/** Takes a job that was cut off, for a dialog that goes on with it. @throws Error with a sentence why it cannot. */
export async function takeGoOn(id: string): Promise<GoOn> {
  const taken = await takeJob(id);
  if (!taken) throw new Error('Another tab of this browser has this job by now.');
  const { job, release } = taken;
  const { head, journal, replayed, parts } = job;
  const continuation = continuationOf(journal, nowOf(head.from.connectionId), replayed);
  return { continuation, journal: continueJournal(head, { parts, release, use: 'run' }) };
}

async function begin(client: QueryClient, head: JournalHead, goOn: GoOn): Promise<unknown> {
  const { kind, from: source, to: goal = source, concurrency = 8, perSecond, returnedAtATime, cap, seconds = 0 } = head;
  const { ids, total } = goOn.continuation;
  const from = targetOf(source.connectionId, source.queue);
  const form: MessageJobForm = {
    wanted: ids ?? 'all',
    concurrency,
    foreseen: undefined,
    filter: undefined,
    ...(perSecond !== undefined && { perSecond }),
    ...(returnedAtATime !== undefined && { returnedAtATime }),
    ...(cap !== undefined && { cap }),
    ...(total !== undefined && { total }),
  };
  switch (kind) {
    case 'move':
    case 'copy':
    case 'redrive':
    case 'requeue':
    case 'undoMove': {
      const to = targetOf(goal.connectionId, goal.queue);
      return beginMove(client, { ...form, action: kind === 'undoMove' ? 'move' : kind, from, to, isThere: true, goOn });
    }
    case 'delete':
      return beginDelete(client, from, { ...form, ids: [...(ids ?? [])], goOn });
    case 'visibility':
      return beginSetVisibility(client, from, { ...form, seconds, goOn });
    // The texts of these went with the page, or they are begun again by their dialogs.
    case 'addAgain':
    case 'browse':
    case 'clear':
    case 'export':
    case 'import':
    case 'send':
    case 'text':
    case 'undoText':
      throw new Error('The texts of this job went with the page, so that it cannot go on.');
  }
}
