import type { LabEvent } from './lab-event';
import { applyEvent, copyWorld, emptyWorld, type Tally, type World } from './world';

/** Ms of the run between two worlds that are kept whole, at least. */
const KEYFRAME_MS = 5000;
/** And events between them, for each message that such a world has. */
const EVENTS_A_MESSAGE = 1;
/** What is older is forgotten: ms of the run, and events. */
const MOST_MS = 1_800_000;
const MOST_EVENTS = 150_000;

/** What has been played of a run: the world at any of its moments that are kept. */
export type Film = {
  /** Ms of the run from which on it is kept; what came before can be played again. */
  readonly from: number;
  /** Ms of the run up to which it is known. */
  readonly end: number;
  readonly events: readonly LabEvent[];
  /** Takes in what happened up to `until`, in order; `seen` gets the world after each event, which goes on to change. */
  add: (events: readonly LabEvent[], until: number, seen?: (world: World, event: LabEvent) => void) => void;
  /**
   * The world at `at` ms, with all that happened in that ms, until the next call: what is in it goes on to change. Takes as long
   * as the events since the last call, or as those of five seconds. Before `from` it is the world at `from`.
   */
  at: (at: number) => World;
  /** The events from one ms to another, both included; of more than `most`, the last. */
  between: (from: number, to: number, most?: number) => readonly LabEvent[];
  /** How many there are from one ms to another, both included. */
  count: (from: number, to: number) => number;
  /** The first event after a ms, and the last before one. */
  next: (at: number) => LabEvent | undefined;
  previous: (at: number) => LabEvent | undefined;
  /** Forgets what happened after `at`; all of it when `at` is before `from`: then `end` is −1. */
  cut: (at: number) => void;
  /** Forgets what is older than 30 minutes, or than 150,000 events, and comes before `shown`. */
  thin: (shown: number) => void;
};

/** Messages of both queues. */
const sizeOf = (tally: Tally): number =>
  tally.sent - tally.done - tally.moved - tally.expired - tally.lost + tally.poisoned - tally.poisonGone;

export function createFilm(): Film {
  let events: LabEvent[] = [];
  let end = 0;
  /** `index`: the first event that is not in it. */
  let keyframes: { at: number; index: number; world: World }[] = [{ at: -1, index: 0, world: emptyWorld() }];
  let latest = emptyWorld();
  /** The world of the last call of `at`. */
  let shown: { at: number; index: number; world: World } | undefined;

  const from = () => Math.max(0, keyframes[0]?.at ?? 0);

  /** Index of the first event after `at`. */
  function after(at: number): number {
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((events[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function worldAt(wanted: number): World {
    const when = Math.max(wanted, keyframes[0]?.at ?? 0);
    const index = after(when);
    const frame = keyframes.findLast((one) => one.index <= index && one.at <= when);
    if (!shown || shown.at > when || (frame && frame.index > shown.index))
      shown = { at: -1, index: frame?.index ?? 0, world: copyWorld(frame?.world ?? emptyWorld()) };
    for (; shown.index < index; shown.index++) {
      const event = events[shown.index];
      if (event) applyEvent(shown.world, event);
    }
    shown.at = when;
    return { ...shown.world, at: when };
  }

  function keep(next: LabEvent): void {
    const last = keyframes.at(-1);
    if (next.at < (last?.at ?? 0) + KEYFRAME_MS || next.at <= latest.at) return;
    if (events.length - (last?.index ?? 0) < sizeOf(latest.tally) * EVENTS_A_MESSAGE) return;
    keyframes.push({ at: latest.at, index: events.length, world: copyWorld(latest) });
  }

  return {
    get from() {
      return from();
    },
    get end() {
      return end;
    },
    get events() {
      return events;
    },
    add(more, until, seen) {
      for (const event of more) {
        keep(event);
        applyEvent(latest, event);
        events.push(event);
        seen?.(latest, event);
      }
      end = Math.max(end, until);
    },
    at: worldAt,
    between(first, last, most = Infinity) {
      const index = after(last);
      return events.slice(Math.max(after(first - 1), index - most), index);
    },
    count: (first, last) => Math.max(0, after(last) - after(first - 1)),
    next: (at) => events[after(at)],
    previous: (at) => events[after(at - 1) - 1],
    cut(when) {
      if (when < from()) {
        keyframes = [{ at: -1, index: 0, world: emptyWorld() }];
        events = [];
        latest = emptyWorld();
        shown = undefined;
        end = -1;
        return;
      }
      latest = copyWorld(worldAt(when));
      shown = undefined;
      events = events.slice(0, after(when));
      keyframes = keyframes.filter((one) => one.index <= events.length && one.at <= when);
      end = Math.min(end, when);
    },
    thin(at) {
      const isOld = (one: { at: number; index: number }) =>
        one.at < at && (one.at < at - MOST_MS || events.length - one.index > MOST_EVENTS);
      // In large steps, since what is left is moved to the front.
      const first = keyframes.findLastIndex(isOld);
      const dropped = keyframes[first]?.index ?? 0;
      if (first <= 0 || dropped < Math.min(MOST_EVENTS, events.length) / 8) return;
      events = events.slice(dropped);
      keyframes = keyframes.slice(first);
      for (const one of keyframes) one.index -= dropped;
      if (shown) shown = shown.index >= dropped ? { ...shown, index: shown.index - dropped } : undefined;
    },
  };
}
