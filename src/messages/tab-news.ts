import type { Fact, News } from './fact';
import type { Change, QueueRecords } from './queue-records';
import type { MessageRecord, QueueRef } from './record';
import type { Records } from './records';

/** Message that a tab sends to the other tabs of this browser. */
export type TabNews = QueueRef & {
  news: readonly (readonly [id: string, news: News])[];
  /** Set when the whole queue was cleared, with the service's `Date` in epoch ms. */
  cleared?: { date: number | undefined };
};

/** News of own changes for other tabs, undefined without any; `all` as for `Listener`. */
export function tabNews(queue: QueueRecords, changes: readonly Change[], all?: Fact): TabNews | undefined {
  const news = changes.flatMap(({ before, after }) => {
    const change = after && newsOf(before, after);
    return change ? [[after.id, change] as const] : [];
  });
  const isCleared = all?.kind === 'removed' && all.removal.how === 'cleared';
  if (news.length === 0 && !isCleared) return undefined;
  return { ...queue.ref, news, ...(isCleared && { cleared: { date: all.evidence.date } }) };
}

/** Applies news of another tab to messages that this tab has records of. */
export function hearNews(
  records: Records,
  { connectionId, queue, news, cleared }: TabNews,
  now: (id: string) => number,
): void {
  if (!records.isOpen(connectionId)) return;
  const queueRecords = records.of({ connectionId, queue });
  const evidence = queueRecords.answeredNow(queueRecords.tick(), now(connectionId), undefined);
  queueRecords.apply(
    news.map(([id, change]) => [id, { kind: 'elsewhere', news: change, evidence }] as const),
    'elsewhere',
  );
  if (!cleared) return;
  const { date } = cleared;
  queueRecords.applyToAll(
    { kind: 'removed', removal: { how: 'elsewhere' }, evidence: { ...evidence, date } },
    'elsewhere',
  );
}

function newsOf(before: MessageRecord | undefined, after: MessageRecord): News | undefined {
  const { standing, lease } = after;
  const dequeueCount = after.facts?.dequeueCount;
  if (standing.is === 'deleted') return before?.standing.is === 'deleted' ? undefined : { what: 'deleted' };
  if (standing.is === 'hidden')
    return before?.standing.is === 'hidden' ? undefined : { what: 'hidden', until: standing.until, dequeueCount };
  const was = before?.lease;
  if (lease === was) return undefined;
  // A message that is most likely deleted is not announced as released.
  if (standing.is === 'unknown' && standing.since === 'delete') return undefined;
  // With the same dequeue count, a new text comes from an own update.
  const text = before?.facts?.dequeueCount === dequeueCount ? newText(before, after) : undefined;
  if (lease === undefined || lease.holder === 'elsewhere') {
    if (was === undefined || was.holder === 'elsewhere') return undefined;
    // The receipt of an ended lease works until another consumer receives the message, so it can change the text.
    return was.state !== 'ended' || text !== undefined ? { what: 'released', text, dequeueCount } : undefined;
  }
  if (lease.state === 'ended') {
    const isOver = was && was.state !== 'ended' && (lease.ending === 'seen' || lease.ending === 'refused');
    // The response to a change can come after the end of its lease.
    return isOver || (was && text !== undefined) ? { what: 'released', text, dequeueCount } : undefined;
  }
  const { endsAt, total } = lease;
  // An update within the same second has the same end.
  if (text === undefined && endsAt === was?.endsAt) return undefined;
  if (text !== undefined) return { what: 'updated', endsAt, total, text, dequeueCount };
  // Other tabs have the old text and cannot peek at a leased message.
  const shown = before?.message && newText(before, after);
  return { what: 'leased', endsAt, total, dequeueCount, ...(shown !== undefined && { text: shown }) };
}

const newText = (before: MessageRecord | undefined, { message }: MessageRecord): string | undefined =>
  message === undefined || message.unreadable || before?.message?.text === message.text ? undefined : message.text;
