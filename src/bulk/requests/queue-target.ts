import type { NetworkState } from '@/azure/protocol/errors';
import { LONGEST_TIME_TO_LIVE_SECONDS } from '@/azure/protocol/limits';
import type { LeasedMessage } from '@/azure/protocol/model';
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
  /** Whether requests get through; work waits until they do. Undefined where nothing can be missing. */
  network?: NetworkState | undefined;
  /** Waits so many ms or rejects when the signal aborts; tests replace it. */
  /** Requests under way at a time at most; those of a browser by default. */
  connections?: number | undefined;
  delay?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** Notes what only the work knows of its messages, for the journal of a job. */
  journal?: { note: (event: WorkNote) => void } | undefined;
};

/**
 * Received on the way and not meant; the time from which on messages are not meant, epoch ms by the service's clock; and what is in hand
 * already, by which receipts until when, as a receive with the number 0.
 */
export type WorkNote =
  | readonly ['passed', ids: readonly string[]]
  | readonly ['insertedBefore', time: number]
  | readonly ['received', call: 0, leases: readonly (readonly [id: string, receipt: string, until: number])[]];

export const nowAt = (target: Pick<QueueTarget, 'now'>): number => target.now?.() ?? Date.now();

export const waitAt = (target: Pick<QueueTarget, 'delay'>, milliseconds: number, signal?: AbortSignal): Promise<void> =>
  (target.delay ?? realDelay)(milliseconds, signal);

/**
 * Epoch ms by the account's clock. `evidence`, in ms to add to this device's clock, is used where the CORS rule hides the
 * service's dates; without it, this device's clock is used.
 */
export const serviceTime = (target: QueueTarget, evidence = 0): number =>
  nowAt(target) + (target.account.clockSkew() ?? evidence);

/**
 * The start of the second full second after `time` (epoch ms by the service's clock): messages with this insertion time or a
 * later one were inserted after it. Insertion times are rounded down to seconds, and the service's clock is known to a second.
 */
export const surelyAfter = (time: number): Date => new Date((Math.floor(time / 1000) + 2) * 1000);

/**
 * Epoch ms by the service's clock, rounded down to seconds, at which a message was received for `visibilityTimeout` seconds:
 * TimeNextVisible is that time and the timeout. It is in the response body, which no CORS rule can hide.
 *
 * learn.microsoft.com/rest/api/storageservices/get-messages
 */
export const givenOutAt = ({ visibleAt }: Pick<LeasedMessage, 'visibleAt'>, visibilityTimeout: number): number =>
  visibleAt.getTime() - visibilityTimeout * 1000;

/**
 * Time to live of a copy: whole seconds, at least 1; undefined when the message has expired. Expiry times are rounded down to
 * seconds on the wire, so the result is rounded up and a copy never expires before its original.
 */
export function remainingTimeToLive(expiresAt: Date | null, serviceNow: number): number | 'never' | undefined {
  if (expiresAt === null) return 'never';
  const remainingMs = expiresAt.getTime() - serviceNow;
  if (remainingMs <= 0) return undefined;
  return Math.min(LONGEST_TIME_TO_LIVE_SECONDS, Math.max(1, Math.ceil(remainingMs / 1000)));
}
