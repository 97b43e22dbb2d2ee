import { LONGEST_TIME_TO_LIVE_SECONDS } from '@/azure/protocol/limits';
import type { LeasedMessage } from '@/azure/protocol/model';
import { nowAt, type QueueTarget } from './queue-target';

/**
 * Epoch ms as the account sees it. `evidence`, in ms to add to this device's clock, stands in where the CORS rule hides
 * the service's dates; without any, the device is taken to be right.
 */
export const serviceTime = (target: QueueTarget, evidence = 0): number =>
  nowAt(target) + (target.account.clockSkew() ?? evidence);

/**
 * The first moment of the next second but one after `time` (epoch ms by the service's clock): what is inserted then or later
 * came after it. Insertion times have whole seconds, cut off, and the service's clock is known no better than to one.
 */
export const surelyAfter = (time: number): Date => new Date((Math.floor(time / 1000) + 2) * 1000);

/**
 * Epoch ms by the service's clock at which it gave a message out for `visibilityTimeout` seconds, cut off to whole seconds:
 * TimeNextVisible is that moment and the timeout. It is in the answer itself, where no CORS rule can hide it.
 *
 * learn.microsoft.com/rest/api/storageservices/get-messages
 */
export const givenOutAt = ({ visibleAt }: Pick<LeasedMessage, 'visibleAt'>, visibilityTimeout: number): number =>
  visibleAt.getTime() - visibilityTimeout * 1000;

/**
 * What a copy of a message may live for: whole seconds, at least 1; undefined when the message has expired. Expiry has
 * whole seconds on the wire, cut off, so that the rest is rounded up and a copy never dies before its original.
 */
export function remainingTimeToLive(expiresAt: Date | null, serviceNow: number): number | 'never' | undefined {
  if (expiresAt === null) return 'never';
  const left = expiresAt.getTime() - serviceNow;
  if (left <= 0) return undefined;
  return Math.min(LONGEST_TIME_TO_LIVE_SECONDS, Math.max(1, Math.ceil(left / 1000)));
}
