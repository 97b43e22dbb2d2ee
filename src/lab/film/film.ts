import type { LabEvent } from './lab-event';
import { applyEvent, emptyWorld, type World } from './world';

/** Ms of the run between two worlds that are kept whole. */
const KEYFRAME_MS = 5000;

/** What has been played of a run: the world at any of its moments. */
export type Film = {
  /** Ms of the run up to which it is known. */
  readonly end: number;
  readonly events: readonly LabEvent[];
  /** Takes in what happened up to `until`, in order. */
  add: (events: readonly LabEvent[], until: number) => void;
  /** The world at `at` ms, with all that happened in that ms. Takes as long as the events of five seconds. */
  at: (at: number) => World;
  /** The events from one ms to another, both included. */
  between: (from: number, to: number) => readonly LabEvent[];
  /** Forgets what happened after `at`. */
  cut: (at: number) => void;
};

export function createFilm(): Film {
  let events: LabEvent[] = [];
  let end = 0;
  /** `index`: the first event that is not in it. */
  let keyframes: { at: number; index: number; world: World }[] = [{ at: -1, index: 0, world: emptyWorld() }];
  let latest = emptyWorld();

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
    const world = structuredClone(frame?.world ?? emptyWorld());
    for (let next = frame?.index ?? 0; next < index; next++) {
      const event = events[next];
      if (event) applyEvent(world, event);
    }
    world.at = when;
    return world;
  }

  return {
    get end() {
      return end;
    },
    get events() {
      return events;
    },
    add(more, until) {
      for (const event of more) {
        const last = keyframes.at(-1)?.at ?? 0;
        if (event.at >= last + KEYFRAME_MS && event.at > latest.at)
          keyframes.push({ at: latest.at, index: events.length, world: structuredClone(latest) });
        applyEvent(latest, event);
        events.push(event);
      }
      end = Math.max(end, until);
    },
    at: worldAt,
    between: (from, to) => events.slice(after(from - 1), after(to)),
    cut(when) {
      latest = worldAt(when);
      events = events.slice(0, after(when));
      keyframes = keyframes.filter((one) => one.index <= events.length && one.at <= when);
      end = Math.min(end, when);
    },
  };
}
