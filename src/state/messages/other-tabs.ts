import { hearNews, type TabNews, tabNews } from '@/messages/tab-news';
import { nowOf } from '../time/connection-clocks';
import { records } from './records';

/*
 * Exchanges news of messages, never receipts, with the other tabs of this browser. A tab without BroadcastChannel counts as
 * another consumer.
 */

const CHANNEL = 'queuescope.messages';

/** Starts sending and receiving news, where the browser has BroadcastChannel. */
export function startTabNews(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  records.subscribe((queue, changes, origin, all) => {
    if (origin === 'elsewhere') return;
    const news = tabNews(queue, changes, all);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    if (news) channel.postMessage(news);
  });
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) hearNews(records, data, nowOf);
  });
}

/** Validates a message, as the other tab may run another version of the page. */
const isNews = (data: unknown): data is TabNews =>
  typeof data === 'object' && data !== null && 'news' in data && Array.isArray(data.news) && 'connectionId' in data;
