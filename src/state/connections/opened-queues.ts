import { queueNameProblem } from '@/azure/protocol/input-rules';
import { changeConnection, currentConnections, type StoredConnection, useConnection } from './connections';

/** Names that a connection remembers at most; the one that was opened longest ago is dropped. */
export const MOST_OPENED = 50;

const NONE: readonly string[] = [];

/**
 * The queues of a connection that were opened by name, the latest last. What is stored may be anybody's, so whatever is no
 * name is left out.
 */
export function openedQueuesOf(connection: StoredConnection | undefined): readonly string[] {
  const stored: unknown = connection?.openedQueues;
  if (!Array.isArray(stored)) return NONE;
  return [...new Set(stored.filter(isName))].slice(-MOST_OPENED);
}

const isName = (name: unknown): name is string => typeof name === 'string' && queueNameProblem(name) === undefined;

/** `openedQueuesOf` for components. */
export const useOpenedQueues = (connectionId: string): readonly string[] => openedQueuesOf(useConnection(connectionId));

const opened = (connectionId: string) => openedQueuesOf(currentConnections().find(({ id }) => id === connectionId));

/** Remembers a queue that is opened by name. Does nothing for what is no name, or is remembered. */
export async function rememberQueue(connectionId: string, queue: string): Promise<void> {
  const before = opened(connectionId);
  if (!isName(queue) || before.includes(queue)) return;
  await changeConnection(connectionId, { openedQueues: [...before, queue].slice(-MOST_OPENED) });
}

/** Forgets a queue that was opened by name, and returns whether it was remembered. */
export async function forgetOpenedQueue(connectionId: string, queue: string): Promise<boolean> {
  const before = opened(connectionId);
  if (!before.includes(queue)) return false;
  await changeConnection(connectionId, { openedQueues: before.filter((name) => name !== queue) });
  return true;
}
