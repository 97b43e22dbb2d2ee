/** Web Lock of the job with this journal, held by the tab that runs it. */
export const lockName = (id: string): string => `queuescope-job:${id}`;

const CHANNEL = 'queuescope.jobs';

/** What a tab tells others: that the journals have changed, or how far a job is. */
export type JournalNews =
  | { kind: 'changed' }
  | { kind: 'progress'; id: string; done: number; total: number | undefined };

const listeners = new Set<(news: JournalNews) => void>();
let channel: BroadcastChannel | undefined;

function openChannel(): BroadcastChannel {
  if (channel) return channel;
  channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) for (const listener of listeners) listener(data);
  });
  return channel;
}

const isNews = (data: unknown): data is JournalNews => {
  const { kind, id, done, total } = (data ?? {}) as Record<string, unknown>;
  if (kind === 'changed') return true;
  return kind === 'progress' && typeof id === 'string' && isNumber(done) && (total === undefined || isNumber(total));
};
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** Tells the tabs of this browser, this one included. */
export function tellJournals(news: JournalNews = { kind: 'changed' }): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it reaches this origin alone
  openChannel().postMessage(news);
  for (const listener of listeners) listener(news);
}

/** Calls `listener` with what this tab and others tell. */
export function onJournalNews(listener: (news: JournalNews) => void): void {
  openChannel();
  listeners.add(listener);
}
