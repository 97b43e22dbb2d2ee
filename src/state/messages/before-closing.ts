/*
 * Tasks that need the secret of a connection before this page drops it. Modules register their tasks, so that none is loaded
 * without need.
 */

/** Forgetting or locking a key waits no longer for a service that does not respond. */
const SEND_LIMIT_MS = 5000;

type Task = (connectionId: string) => Promise<unknown>;

const tasks = new Set<Task>();

/** Registers a task to run before the secret of a connection is dropped; it reports its own failures. */
export const beforeClosing = (task: Task): void => void tasks.add(task);

/** Runs all tasks for these connections; resolves when they end, or after five seconds. Never rejects. */
export async function finishBeforeClosing(connectionIds: readonly string[]): Promise<void> {
  const done = Promise.allSettled(connectionIds.flatMap((id) => [...tasks].map((task) => task(id))));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeLimit = new Promise<void>((resolve) => (timer = setTimeout(resolve, SEND_LIMIT_MS)));
  await Promise.race([done, timeLimit]);
  clearTimeout(timer);
}
