import type { SandboxChange } from './change';
import type { Clock } from './clock';
import type { Faults } from './faults';
import type { SandboxSnapshot } from './snapshot';

/** A whole queue service in this tab, spoken to through its `fetch`. */
export type Sandbox = {
  /** Takes what the global `fetch` takes; honours abort signals, also while it waits. */
  fetch: typeof globalThis.fetch;
  clock: Clock;
  readonly faults: Faults;
  setFaults(change: Partial<Faults>): void;
  /** No queues, default service properties. Clock and faults stay. */
  reset(): void;
  /** With the contents of all queues, or only of those named. */
  snapshot(queues?: Iterable<string>): SandboxSnapshot;
  restore(snapshot: SandboxSnapshot): void;
  /** Tells of each change once it is done; answers how to stop listening. */
  subscribe(listener: (change: SandboxChange) => void): () => void;
  /**
   * Epoch ms at which the first message that was received and not deleted becomes visible again, in one queue or in
   * all; undefined when none is on loan.
   */
  nextLeaseEnd(queue?: string): number | undefined;
};

/** `key` is Base64; endpoints are without a trailing slash and may be path-style. */
export type ServedAccount = { name: string; key: string; endpoint: string; secondaryEndpoint?: string };

export function createSandbox(_options: { clock?: Clock; seed?: number; account?: ServedAccount } = {}): Sandbox {
  throw new Error('Not built yet');
}
