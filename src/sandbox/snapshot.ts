import type { AccessPolicy, ServiceProperties } from '../azure/protocol/model';
import type { ClockState } from './clock';
import type { RandomState } from './random';

/** A message as kept; times in epoch ms. */
export type MessageSnapshot = {
  id: string;
  /** Place in the order of insertion, unique within its queue. */
  sequence: number;
  text: string;
  insertedAt: number;
  expiresAt: number;
  visibleAt: number;
  dequeueCount: number;
  /** What sets its current receipt apart from all others, but for those of the same Get. */
  receiptNumber: number;
  /** Whether that receipt is of an Update. Older snapshots do not say it: their receipts all have the form of Put's. */
  receiptOfUpdate?: boolean;
};

export type QueueSnapshot = {
  name: string;
  /** Names keep their case. */
  metadata: Record<string, string>;
  policies: AccessPolicy[];
  nextSequence: number;
  messages: MessageSnapshot[];
};

/** All that a sandbox holds but for the contents of its queues. */
export type SandboxHead = {
  clock: ClockState;
  random: RandomState;
  nextReceiptNumber: number;
  properties: ServiceProperties;
  queueNames: string[];
  /** Names that cannot be taken yet, with the epoch ms from which they can. */
  beingDeleted: [name: string, until: number][];
};

/** A sandbox at one moment, structured-cloneable. */
export type SandboxSnapshot = { head: SandboxHead; queues: QueueSnapshot[] };
