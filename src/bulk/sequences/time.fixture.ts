import { type Clock, createClock } from '@/sandbox/clock';
import { START } from '@/sandbox/open-sandbox.fixture';

/** Ms; what waits longer waits for the test to move the clock. */
const LONG = 5000;
/** Turns of the event loop in which nothing is under way, after which nothing is going to be. */
const QUIET_TURNS = 2;
const MOST_TURNS = 10_000;

/** Time that only the test moves, and what is under way in it. */
export type Time = ReturnType<typeof createTime>;

export function createTime() {
  const clock: Clock = createClock({ startsAt: START, paused: true });
  const sleepers = new Set<{ at: number; wake: () => void }>();
  let busy = 0;

  function wakeDue(): void {
    for (const sleeper of sleepers) {
      if (sleeper.at > clock.now() || !sleepers.delete(sleeper)) continue;
      sleeper.wake();
    }
  }
  clock.subscribe(wakeDue);

  /** Calls back after so many ms of the clock; gives what stops it. */
  function after(milliseconds: number, call: () => void): () => void {
    const sleeper = { at: clock.now() + milliseconds, wake: call };
    sleepers.add(sleeper);
    return () => void sleepers.delete(sleeper);
  }

  /** Short waits pass by themselves, and take the clock along; long ones when the clock is moved over them. */
  async function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds < LONG) {
      busy++;
      await nextTurn();
      busy--;
      clock.advance(evened(milliseconds));
      signal?.throwIfAborted();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        stop();
        reject(signal?.reason as Error);
      };
      const stop = after(milliseconds, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Lets everything go on that can. */
  async function settle(): Promise<void> {
    let turns = 0;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet = busy > 0 ? 0 : quiet + 1) {
      if (++turns > MOST_TURNS) throw new Error('It does not come to rest.');
      // The service checks signatures on another thread, which may be kept waiting.
      await (turns < 200 ? nextTurn() : new Promise((resolve) => setTimeout(resolve, 1)));
    }
  }

  return {
    clock,
    now: clock.now,
    after,
    delay,
    settle,
    /** Counts what is under way: +1 as it begins, −1 as it ends or waits for the test. */
    count: (change: 1 | -1) => void (busy += change),
    /** Moves the clock, and stops wherever something is due on the way. */
    async pass(milliseconds: number): Promise<void> {
      const end = clock.now() + milliseconds;
      for (;;) {
        await settle();
        const next = Math.min(end, ...[...sleepers].map(({ at }) => at));
        clock.advance(Math.max(0, next - clock.now()));
        if (clock.now() >= end) break;
      }
      await settle();
    },
  };
}

/** Waits between repeats have a random part, which would make two runs of the same steps differ. */
function evened(milliseconds: number): number {
  let even = 250;
  while (even < milliseconds) even *= 2;
  return milliseconds <= 0 ? 0 : even;
}

/** In the next turn of the event loop, by what Node has for that: timers take a millisecond each. */
export const soon = (run: () => void): void =>
  (globalThis as unknown as { setImmediate: (run: () => void) => void }).setImmediate(run);

const nextTurn = (): Promise<void> => new Promise(soon);
