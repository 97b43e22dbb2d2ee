import type { Call, Reply } from '../run/calls';
import type { Chance } from '../run/chance';
import type { Params } from '../run/params';
import type { Act } from '../run/run';

/** What an actor is told. `epoch` is that of the actor when it wished: what comes after its crash is for nobody. */
export type ActorEvent =
  | { event: 'start' }
  | { event: 'wake'; why: string; epoch: number }
  | { event: 'reply'; call: Call; reply: Reply; epoch: number }
  | { event: 'act'; act: Act }
  | { event: 'set' };

/** What an actor wants done. */
export type Wish =
  | { wish: 'call'; call: Call }
  /** In so many ms. A later wish with the same reason does not take its place. */
  | { wish: 'wake'; after: number; why: string }
  /** A change of the world outside: the order was charged. No service can take it back. */
  | { wish: 'effect'; order: number }
  | { wish: 'note'; note: Note };

/** What happened to an actor without a request. */
export type Note =
  | { what: 'crashed' | 'restarted' | 'left' }
  /** The work on this order failed; nothing was written, so its lease just ends. */
  | { what: 'failed'; id: string; order: number }
  /** An answer came to a program that had crashed meanwhile. */
  | { what: 'ignored'; call: Call };

export type Context = { name: string; params: Params; chance: Chance; now: number };

/** What everyone may know of an actor; plain data, and enough to draw it. */
export type View = {
  phase: 'idle' | 'asking' | 'working' | 'deleting' | 'moving' | 'crashed' | 'gone';
  /** Ids of the messages whose leases it holds, the one in work first. */
  holds: readonly string[];
  /** Ms of the run at which its work began and ends. */
  since?: number;
  until?: number;
};

/**
 * An actor is pure: what it does follows from its state, what it is told and its own chance. `State` is plain data. These are
 * methods, so that actors with states of any kind fit in one list.
 */
export type Actor<State extends { epoch: number }> = {
  begin(context: Context): State;
  react(state: State, event: ActorEvent, context: Context): [state: State, wishes: readonly Wish[]];
  view(state: State): View;
};
