import type { LabEvent } from '../film/lab-event';
import type { Run } from '../run/run';

/** To the worker that plays a run. `take` is the number of the playing: answers of an older one are of no use. */
export type ToPlayer =
  | { kind: 'start'; take: number; run: Run; watch: boolean }
  /** Play on up to and with that ms. */
  | { kind: 'advance'; take: number; until: number }
  /**
   * Go on from before `at` with another run, which is the same up to there. `have`: ms up to which the page knows what happened,
   * −1 for nothing: what comes after is of use to it.
   */
  | { kind: 'fork'; take: number; run: Run; at: number; have: number };

/** What happened up to `until`, since the last answer. */
export type FromPlayer =
  | { kind: 'played'; take: number; events: LabEvent[]; until: number }
  | { kind: 'broken'; take: number; message: string };
