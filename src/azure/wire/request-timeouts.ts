type Waiting = { deadline: number; caller: AbortSignal | undefined; abort: (reason: unknown) => void };

/** A signal for one request, and what ends the wait for it; between `hold` and `restart` no time passes, which then begins anew. */
export type RequestTimeout = { signal: AbortSignal; hold: () => void; restart: () => void; end: () => void };

/**
 * Returns a function that makes signals which abort with the caller's, or after so many ms with a `TimeoutError`. All of them
 * share one timer, which is set at most once in that time: a timer for each request costs more than all that is said in it.
 */
export function createRequestTimeouts(milliseconds: number): (signal: AbortSignal | undefined) => RequestTimeout {
  /** In the order of their deadlines. */
  const waiting = new Set<Waiting>();
  const held = new Set<Waiting>();
  let isSet = false;

  function watch(delay: number): void {
    isSet = true;
    const timer = setTimeout(giveUpLate, delay) as number | { unref: () => void };
    // On Node it must not keep the process alive once the requests have ended.
    if (typeof timer === 'object') timer.unref();
  }

  function giveUpLate(): void {
    isSet = false;
    const now = performance.now();
    for (const one of waiting) {
      // A timer may come a fraction of a millisecond early.
      if (one.deadline - now >= 1) return watch(one.deadline - now);
      waiting.delete(one);
      one.abort(new DOMException('No answer in time.', 'TimeoutError'));
    }
  }

  const heard = new WeakSet<AbortSignal>();

  /** Listens once to a caller, however many requests it makes. */
  function listenTo(caller: AbortSignal): void {
    if (heard.has(caller)) return;
    heard.add(caller);
    caller.addEventListener('abort', () => {
      for (const one of [...waiting, ...held]) if (one.caller === caller) one.abort(caller.reason);
    });
  }

  return (caller) => {
    const controller = new AbortController();
    const one: Waiting = { deadline: 0, caller, abort: (reason) => controller.abort(reason) };
    const end = () => {
      waiting.delete(one);
      held.delete(one);
    };
    const restart = () => {
      end();
      one.deadline = performance.now() + milliseconds;
      waiting.add(one);
      if (!isSet) watch(milliseconds);
    };
    restart();
    if (caller?.aborted) one.abort(caller.reason);
    else if (caller) listenTo(caller);
    return {
      signal: controller.signal,
      hold() {
        end();
        held.add(one);
      },
      restart,
      end,
    };
  };
}
