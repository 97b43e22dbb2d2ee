import type { Answer } from './answer';
import type { SandboxChange } from './change';
import type { Incoming } from './incoming';
import type { Random } from './random';
import type { ReceiptRules } from './receipt';
import type { Store } from './store';

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
