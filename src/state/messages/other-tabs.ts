import { hearNews, type TabNews, tabNews } from '@/messages/tab-news';
import { nowOf } from '../time/connection-clocks';
import { records } from './records';

/*
 * What this tab does to messages, told to the other tabs of this browser, and what they tell. Never a receipt. A tab that is
 * not heard is another consumer.
 */

const CHANNEL = 'queuescope.messages';

/** Begins to tell and to hear; nothing where the browser has no such channel. */
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

/** Another version of the page may be open in the other tab. */
const isNews = (data: unknown): data is TabNews =>
  typeof data === 'object' && data !== null && 'news' in data && Array.isArray(data.news) && 'connectionId' in data;
