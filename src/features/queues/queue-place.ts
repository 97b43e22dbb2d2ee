import { type ExplorerPlace, go } from '@/state/navigation/route';

/** The place of a queue, its messages peeked and unfiltered; without a queue, the account's queues. */
export const queuePlace = (connection: string, queue?: string): ExplorerPlace => ({
  screen: 'explorer',
  connection,
  queue,
  mode: 'peek',
  filter: '',
});

export const openQueue = (connection: string, queue?: string) => go(queuePlace(connection, queue));
