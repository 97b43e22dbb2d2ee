import type { LabEvent } from './lab-event';
import { applyEvent, emptyWorld, type World } from './world';

/** Ms of the run between two worlds that are kept whole. */
const KEYFRAME_MS = 5000;

/** What has been played of a run: the world at any of its moments. */
export type Film = {
  /** Ms of the run up to which it is known. */
  readonly end: number;
  readonly events: readonly LabEvent[];
  /** Takes in what happened up to `until`, in order; `seen` gets the world after each event, which goes on to change. */
  add: (events: readonly LabEvent[], until: number, seen?: (world: World, event: LabEvent) => void) => void;
  /**
   * The world at `at` ms, with all that happened in that ms, until the next call: what is in it goes on to change. Takes as long
   * as the events since the last call, or as those of five seconds.
   */
  at: (at: number) => World;
  /** The events from one ms to another, both included; of more than `most`, the last. */
  between: (from: number, to: number, most?: number) => readonly LabEvent[];
  /** Forgets what happened after `at`. */
  cut: (at: number) => void;
};

export function createFilm(): Film {
  let events: LabEvent[] = [];
  let end = 0;
  /** `index`: the first event that is not in it. */
  let keyframes: { at: number; index: number; world: World }[] = [{ at: -1, index: 0, world: emptyWorld() }];
  let latest = emptyWorld();
  /** The world of the last call of `at`. */
  let shown: { at: number; index: number; world: World } | undefined;

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

  function worldAt(when: number): World {
    const index = after(when);
    const frame = keyframes.findLast((one) => one.index <= index && one.at <= when);
    if (!shown || shown.at > when || (frame && frame.index > shown.index))
      shown = { at: -1, index: frame?.index ?? 0, world: structuredClone(frame?.world ?? emptyWorld()) };
    for (; shown.index < index; shown.index++) {
      const event = events[shown.index];
      if (event) applyEvent(shown.world, event);
    }
    shown.at = when;
    return { ...shown.world, at: when };
  }

  return {
    get end() {
      return end;
    },
    get events() {
      return events;
    },
    add(more, until, seen) {
      for (const event of more) {
        const last = keyframes.at(-1)?.at ?? 0;
        if (event.at >= last + KEYFRAME_MS && event.at > latest.at)
          keyframes.push({ at: latest.at, index: events.length, world: structuredClone(latest) });
        applyEvent(latest, event);
        events.push(event);
        seen?.(latest, event);
      }
      end = Math.max(end, until);
    },
    at: worldAt,
    between(from, to, most = Infinity) {
      const index = after(to);
      return events.slice(Math.max(after(from - 1), index - most), index);
    },
    cut(when) {
      latest = structuredClone(worldAt(when));
      shown = undefined;
      events = events.slice(0, after(when));
      keyframes = keyframes.filter((one) => one.index <= events.length && one.at <= when);
      end = Math.min(end, when);
    },
  };
}
