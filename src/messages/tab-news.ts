import type { Fact, News } from './fact';
import type { Change, QueueRecords } from './queue-records';
import type { MessageRecord, QueueRef } from './record';
import type { Records } from './records';

/** What one tab tells the other tabs of this browser. */
export type TabNews = QueueRef & {
  news: readonly (readonly [id: string, news: News])[];
  /** The queue was cleared, of messages that this tab does not know too: with the service's `Date`, epoch ms. */
  cleared?: { date: number | undefined };
};

/** What the others should hear of changes of our own; `all` as listeners get it. Undefined where there is nothing. */
export function tabNews(queue: QueueRecords, changes: readonly Change[], all?: Fact): TabNews | undefined {
  const news = changes.flatMap(({ before, after }) => {
    const told = after && newsOf(before, after);
    return told ? [[after.id, told] as const] : [];
  });
  const isCleared = all?.kind === 'removed' && all.removal.how === 'cleared';
  if (news.length === 0 && !isCleared) return undefined;
  return { ...queue.ref, news, ...(isCleared && { cleared: { date: all.evidence.date } }) };
}

/** Takes in what another tab told. Only messages that this tab knows are of interest to it. */
export function hearNews(
  records: Records,
  { connectionId, queue, news, cleared }: TabNews,
  now: (id: string) => number,
): void {
  if (!records.isOpen(connectionId)) return;
  const known = records.of({ connectionId, queue });
  const evidence = known.answeredNow(known.tick(), now(connectionId), undefined);
  known.apply(
    news.map(([id, told]) => [id, { kind: 'elsewhere', news: told, evidence }] as const),
    'elsewhere',
  );
  if (!cleared) return;
  const { date } = cleared;
  known.applyToAll({ kind: 'removed', removal: { how: 'elsewhere' }, evidence: { ...evidence, date } }, 'elsewhere');
}

function newsOf(before: MessageRecord | undefined, after: MessageRecord): News | undefined {
  const { standing, lease } = after;
  const dequeueCount = after.facts?.dequeueCount;
  if (standing.is === 'deleted') return before?.standing.is === 'deleted' ? undefined : { what: 'deleted' };
  if (standing.is === 'hidden')
    return before?.standing.is === 'hidden' ? undefined : { what: 'hidden', until: standing.until, dequeueCount };
  const was = before?.lease;
  if (lease === was) return undefined;
  // Most likely deleted is not said to be there.
  if (standing.is === 'unknown' && standing.since === 'delete') return undefined;
  // A text that came with a receive is the service's; one that came with our own update is news.
  const text = before?.facts?.dequeueCount === dequeueCount ? newText(before, after) : undefined;
  if (lease === undefined || lease.holder === 'elsewhere') {
    if (was === undefined || was.holder === 'elsewhere') return undefined;
    // A lease that ran out works on until somebody receives the message, and can change its text.
    return was.state !== 'ended' || text !== undefined ? { what: 'released', text, dequeueCount } : undefined;
  }
  if (lease.state === 'ended') {
    const isOver = was && was.state !== 'ended' && (lease.ending === 'seen' || lease.ending === 'refused');
    // The answer to a change can come when the lease that it gave is over.
    return isOver || (was && text !== undefined) ? { what: 'released', text, dequeueCount } : undefined;
  }
  const { endsAt, total } = lease;
  // A change within the second of the receive ends when that would have.
  if (text === undefined && endsAt === was?.endsAt) return undefined;
  if (text !== undefined) return { what: 'updated', endsAt, total, text, dequeueCount };
  // Others know the text that this tab knew, and cannot look at a message that is leased.
  const shown = before?.message && newText(before, after);
  return { what: 'leased', endsAt, total, dequeueCount, ...(shown !== undefined && { text: shown }) };
}

const newText = (before: MessageRecord | undefined, { message }: MessageRecord): string | undefined =>
  message === undefined || before?.message?.text === message.text ? undefined : message.text;
