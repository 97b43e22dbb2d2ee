/**
 * Does `work` for every item, at most `concurrency` at a time, begun in the order of the items. `work` must not reject.
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
 * Lets at most `limit` (1 or more) calls run at a time; the others wait in the order they came. A call whose signal
 * aborts while it waits leaves the line, so that rows scrolled away cost nothing.
 */
export function atMost(limit: number) {
  let running = 0;
  const waiting = new Set<() => void>();

  // The place is handed over, not given back, so that nobody slips in between.
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
        signal.removeEventListener('abort', giveUp);
      };
      const enter = () => {
        leave();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(signal.reason);
      };
      waiting.add(enter);
      signal.addEventListener('abort', giveUp);
    });
  }
}
