import type { LabEvent } from '../film/lab-event';
import type { Run } from '../run/run';
import type { RunHash } from './hash-run';

/** To the worker that plays a run. `take` is the number of the playing: answers of an older one are of no use. */
export type ToPlayer =
  | { kind: 'start'; take: number; run: Run; watch: boolean }
  /** Play on up to and with that ms. */
  | { kind: 'advance'; take: number; until: number }
  /**
   * Go on from before `at` with another run, which is the same up to there. `have`: ms up to which the page knows what happened,
   * −1 for nothing: what comes after is of use to it.
   */
  | { kind: 'fork'; take: number; run: Run; at: number; have: number }
  /** Play a run aside, up to that ms, and answer with the hash of its log. */
  | { kind: 'hash'; take: number; run: Run; until: number };

/** What happened up to `until`, since the last answer. */
export type FromPlayer =
  | { kind: 'played'; take: number; events: LabEvent[]; until: number }
  | { kind: 'hashed'; take: number; log: RunHash }
  | { kind: 'broken'; take: number; message: string };
