import type { Answer } from './answer';
import type { Incoming } from './incoming';
import type { Random } from './random';
import type { ReceiptRules } from './receipt';
import { StorageFault } from './storage-fault';
import type { Store, StoredQueue } from './store';

/** A change of the contents of a sandbox. */
export type SandboxChange =
  | { what: 'sent' | 'received' | 'updated' | 'deleted'; queue: string; ids: readonly string[] }
  | { what: 'cleared' | 'created' | 'removed' | 'metadata' | 'policies'; queue: string }
  | { what: 'properties' | 'reset' | 'restored' };

/** An authorised request and the service that carries it out. */
export type EndpointCall = {
  incoming: Incoming;
  store: Store;
  /** Epoch ms of the operation. */
  now: number;
  random: Random;
  account: { name: string; endpoint: string };
  receipts: ReceiptRules;
  report: (change: SandboxChange) => void;
};

/**
 * Carries out one operation synchronously.
 * @throws StorageFault
 */
export type Endpoint = (call: EndpointCall) => Answer;

/** The queue of a request. @throws StorageFault when it does not exist. */
export function queueAt({ store, incoming: { segments } }: EndpointCall): StoredQueue {
  const queue = store.queue(segments[0] ?? '');
  if (!queue) throw new StorageFault('QueueNotFound');
  return queue;
}
