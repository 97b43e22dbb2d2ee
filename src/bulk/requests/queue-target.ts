import { delay as realDelay } from '@/azure/wire/retry';
import type { QueueRecords } from '@/messages/queue-records';
import type { RecordedAccount } from '@/messages/recorded-account';

/** A queue in an account, with the records of its messages and the clock that the account's skew is measured against. */
export type QueueTarget = {
  account: RecordedAccount;
  queue: string;
  records: QueueRecords;
  /** Epoch ms by the clock that `account` was connected with; this device's by default. */
  now?: (() => number) | undefined;
  /** Waits so many ms or rejects when the signal aborts; tests replace it. */
  delay?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
};

export const nowAt = (target: Pick<QueueTarget, 'now'>): number => target.now?.() ?? Date.now();

export const waitAt = (target: Pick<QueueTarget, 'delay'>, milliseconds: number, signal?: AbortSignal): Promise<void> =>
  (target.delay ?? realDelay)(milliseconds, signal);
