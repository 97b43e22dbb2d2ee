import { delay } from '../azure/wire/retry';

/**
 * Time of the network between a client and the sandbox, for its latency and its limit of requests a second. It is apart from the
 * clock of the service: a service whose clock is paused still answers.
 */
export type Network = {
  /** Milliseconds from any start; never goes back. */
  now: () => number;
  /** Settles after that many milliseconds. @throws the reason of `signal` when that aborts first. */
  delay: (ms: number, signal?: AbortSignal) => Promise<void>;
};

/** The network of the explorer: its milliseconds are those of this device. */
export const REAL_NETWORK: Network = { now: () => performance.now(), delay };
