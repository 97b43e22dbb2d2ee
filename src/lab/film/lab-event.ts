import type { Note, View } from '../actors/actor';
import type { Call, Reply } from '../run/calls';
import type { Input } from '../run/run';

/**
 * One line of the log of a run: everything that a picture, a ledger or a check of it follows from. `at` is in ms of the run,
 * `number` its place among the events of the same time.
 */
export type LabEvent = {
  at: number;
  number: number;
} /** An actor sends a request; `call` is a number of the run. */ & (
  | { what: 'asked'; actor: string; call: number; request: Call }
  /** The service carries it out. */
  | { what: 'served'; actor: string; call: number; request: Call; reply: Reply }
  /** The answer reaches the actor. */
  | { what: 'answered'; actor: string; call: number; request: Call; reply: Reply }
  /** A message becomes visible by itself: its lease or its delay has ended. No request was sent by anyone. */
  | { what: 'visible'; queue: string; id: string }
  | { what: 'expired'; queue: string; id: string }
  | { what: 'charged'; actor: string; order: number }
  | { what: 'noted'; actor: string; note: Note }
  /** What is to be seen of an actor from now on. */
  | { what: 'viewed'; actor: string; view: View }
  | { what: 'did'; input: Input }
);

/** What an event says beside when it is. */
export type LabFact = LabEvent extends infer One ? (One extends LabEvent ? Omit<One, 'at' | 'number'> : never) : never;
