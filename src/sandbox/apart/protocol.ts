import type { ClockState } from '../clock';
import type { Faults } from '../faults';
import type { SandboxSnapshot } from '../snapshot';
import type { WrittenAnswer } from '../write-answer';

/** A request on its way to the worker. `headers` have the name as it was sent and the value. */
export type PostedRequest = {
  id: number;
  url: string;
  method: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string | undefined;
  bodyLength: number;
};

/** What became of a request: its answer, a connection that broke, or a failure of the service itself. */
export type PostedAnswer = { id: number } & ({ answer: WrittenAnswer } | { isBroken: true } | { failure: string });

/** Questions that are answered one by one, with what their answers are. */
export type Asks = {
  /**
   * Creates the service, from the first of these snapshots that there is, else with the demo queues or none. The clock that it then
   * has, if it was restored.
   */
  open: {
    ask: { seed: number; clock: ClockState; names: readonly string[]; withDemo: boolean };
    answer: ClockState | undefined;
  };
  /** Deletes all queues and creates the demo queues, or none. */
  startOver: { ask: { withDemo: boolean }; answer: undefined };
  snapshot: { ask: readonly string[] | undefined; answer: SandboxSnapshot };
  /** The clock that it then has. */
  restore: { ask: SandboxSnapshot; answer: ClockState };
  /** Keeps a snapshot in the worker; its number. */
  putAside: { ask: undefined; answer: number };
  /** Restores one that was put aside; the clock that it then has, undefined when it is not there any more. */
  restoreAside: { ask: number; answer: ClockState | undefined };
  /** Persists the service under a name, until another is given or none. */
  persist: { ask: string | undefined; answer: undefined };
  nextLeaseEnd: { ask: undefined; answer: number | undefined };
};
export type AskKind = keyof Asks;

/** To the worker that runs the sandbox. It takes them in their order. */
export type ToHost =
  | { kind: 'requests'; requests: readonly PostedRequest[] }
  | { kind: 'abort'; id: number }
  | { kind: 'clock'; state: ClockState }
  | { kind: 'faults'; change: Partial<Faults> }
  /** The page is left. */
  | { kind: 'flush' }
  | { [Kind in AskKind]: { kind: 'ask'; id: number; what: Kind; of: Asks[Kind]['ask'] } }[AskKind];

export type FromHost =
  | { kind: 'answers'; answers: readonly PostedAnswer[] }
  | { kind: 'told'; id: number; told: Asks[AskKind]['answer'] }
  | { kind: 'failed'; id: number; message: string }
  /** The end of the first lease has changed. */
  | { kind: 'leaseEnd'; end: number | undefined };
