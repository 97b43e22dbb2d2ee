import type { Answer } from './answer';
import type { SandboxChange } from './change';
import type { Incoming } from './incoming';
import type { Random } from './random';
import type { ReceiptRules } from './receipt';
import type { Store } from './store';

/** A request that may be carried out, and what it is carried out with. */
export type EndpointCall = {
  incoming: Incoming;
  store: Store;
  /** Epoch ms at which it is carried out. */
  now: number;
  random: Random;
  account: { name: string; endpoint: string };
  receipts: ReceiptRules;
  report: (change: SandboxChange) => void;
};

/**
 * Carries out one operation, at one moment.
 * @throws StorageFault
 */
export type Endpoint = (call: EndpointCall) => Answer;
