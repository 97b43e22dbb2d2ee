/**
 * Calls `work` for every item, at most `concurrency` at a time, in the order of the items. `work` must not reject.
 */
export async function each<Item>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  async function worker() {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value);
  }
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/**
 * Makes a function that runs at most `limit` (1 or more) calls at a time; others wait in their order. A call whose signal
 * aborts while it waits is dropped, so that rows scrolled away cost nothing.
 */
export function atMost(limit: number) {
  let running = 0;
  const waiting = new Set<() => void>();

  // The slot goes to the next call directly, so that no new call can take it first.
  function next() {
    const [first] = waiting;
    if (first) first();
    else running -= 1;
  }

  return async function run<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    if (running < limit) running += 1;
    else await turn(signal);
    try {
      return await call();
    } finally {
      next();
    }
  };

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(enter);
        signal.removeEventListener('abort', abort);
      };
      const enter = () => {
        leave();
        resolve();
      };
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      waiting.add(enter);
      signal.addEventListener('abort', abort);
    });
  }
}
