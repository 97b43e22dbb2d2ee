import { poisonParent } from '@/bulk/jobs/poison-queue';
import { exactly } from '@/words/counts';
import { isolated } from '@/words/isolate';
import type { QueueRow } from './arrange-queues';

/** "about 1 message", "about 1,204 messages". */
const aboutMessages = (count: number) => `about ${exactly(count, 'message')}`;

/** What a screen reader says for a queue: "orders-poison, about 17 messages, poison queue of orders". */
export function queueLabel({ name, isPoison }: QueueRow, count: number | 'unknown' | undefined): string {
  const words = [isolated(name)];
  if (count === 'unknown') words.push('count unknown');
  else if (count !== undefined) words.push(aboutMessages(count));
  if (isPoison) words.push(`poison queue of ${isolated(poisonParent(name) ?? name)}`);
  return words.join(', ');
}

/** The messages that a delete or a clear takes: "About 17 messages go with it", without "with it" when the queue stays. */
export function messagesGoing(count: number | undefined, queue: 'goes' | 'stays'): string {
  const withIt = queue === 'goes' ? ' with it' : '';
  if (count === undefined) return `All its messages go${withIt}.`;
  if (count === 0) return 'It looks empty.';
  return `About ${exactly(count, 'message goes', 'messages go')}${withIt}.`;
}
