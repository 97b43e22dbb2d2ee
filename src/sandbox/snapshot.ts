import type { AccessPolicy, ServiceProperties } from '../azure/protocol/model';
import type { ClockState } from './clock';
import type { RandomState } from './random';

/** A message of a snapshot; times in epoch ms. */
export type MessageSnapshot = {
  id: string;
  /** Number in the order of insertion, unique within its queue. */
  sequence: number;
  text: string;
  insertedAt: number;
  expiresAt: number;
  visibleAt: number;
  dequeueCount: number;
  /** Distinguishes its current receipt from others, except those of the same Get. */
  receiptNumber: number;
  /** True when that receipt is of an Update. Absent in older snapshots, whose receipts all have the form of Put's. */
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

/** A sandbox without the contents of its queues. */
export type SandboxHead = {
  clock: ClockState;
  random: RandomState;
  nextReceiptNumber: number;
  properties: ServiceProperties;
  queueNames: string[];
  /** Names of deleted queues, with the epoch ms from which they are free. */
  beingDeleted: [name: string, until: number][];
};

/** A sandbox at one moment, structured-cloneable. */
export type SandboxSnapshot = { head: SandboxHead; queues: QueueSnapshot[] };
