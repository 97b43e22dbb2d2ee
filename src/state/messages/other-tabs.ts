import type { QueueRecords } from '@/messages/queue-records';
import { hearNews, type TabNews, tabNews } from '@/messages/tab-news';
import { nowOf } from '../time/connection-clocks';
import { records } from './records';

/*
 * Exchanges news of messages, never receipts, with the other tabs of this browser. A tab without BroadcastChannel counts as
 * another consumer.
 */

const CHANNEL = 'queuescope.messages';
/** Between two messages: bulk work has thousands of news a second, and each message costs the page a tenth of a ms or two. */
const TELL_EVERY_MS = 50;

/** Starts sending and receiving news, where the browser has BroadcastChannel. */
export function startTabNews(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  /** News that wait, by queue; those of one queue stay in their order. */
  const waiting = new Map<QueueRecords, TabNews & { news: TabNews['news'][number][] }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = -Infinity;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    for (const news of waiting.values()) channel.postMessage(news);
    waiting.clear();
  }

  records.subscribe((queue, changes, origin, all) => {
    if (origin === 'elsewhere') return;
    const news = tabNews(queue, changes, all);
    if (!news) return;
    const before = waiting.get(queue);
    // Other tabs hear of a clear after what came before it, and before what comes after it.
    if (before && !news.cleared) for (const one of news.news) before.news.push(one);
    else {
      if (before) tell();
      waiting.set(queue, { ...news, news: [...news.news] });
    }
    const wait = toldAt + TELL_EVERY_MS - performance.now();
    if (wait <= 0 || news.cleared) tell();
    else timer ??= setTimeout(tell, wait);
  });
  addEventListener('pagehide', tell);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) hearNews(records, data, nowOf);
  });
}

/** Validates a message, as the other tab may run another version of the page. */
const isNews = (data: unknown): data is TabNews =>
  typeof data === 'object' && data !== null && 'news' in data && Array.isArray(data.news) && 'connectionId' in data;
