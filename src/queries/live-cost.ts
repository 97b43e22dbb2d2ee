import { counted } from '@/words/counts';

/** Counts that Live asks for in a second at most, over all queues on screen. A browser sends six requests at a time to one host. */
const MOST_COUNTS_A_SECOND = 10;

/**
 * Milliseconds between two counts of each of so many queues: `interval`, or longer where that would be more than ten requests a
 * second. False while live mode is off.
 */
export const pacedInterval = (interval: number | false, queues: number): number | false =>
  interval && Math.max(interval, Math.ceil((queues / MOST_COUNTS_A_SECOND) * 1000));

/** What Live costs, such as `49 requests every 5 s`; undefined while it is off or there is nothing to count. */
export function liveCostText(interval: number | false, queues: number): string | undefined {
  const paced = pacedInterval(interval, queues);
  if (!paced || queues === 0) return undefined;
  const seconds = Math.round(paced / 100) / 10;
  return `${counted(queues, 'request')} every ${seconds} s`;
}
