import { nowAt, type Place } from './place';

/** Seconds: the most that a time to live can be. */
const LONGEST_TIME_TO_LIVE = 2_147_483_647;

/**
 * Epoch ms as the account sees it. `evidence`, in ms to add to this device's clock, stands in where the CORS rule hides
 * the service's dates; without any, the device is taken to be right.
 */
export const serviceTime = (place: Place, evidence = 0): number =>
  nowAt(place) + (place.account.clockSkew() ?? evidence);

/**
 * What a copy of a message may live for: whole seconds, at least 1; undefined when the message has expired. Expiry has
 * whole seconds on the wire, cut off, so that the rest is rounded up and a copy never dies before its original.
 */
export function remainingTimeToLive(expiresAt: Date | null, serviceNow: number): number | 'never' | undefined {
  if (expiresAt === null) return 'never';
  const left = expiresAt.getTime() - serviceNow;
  if (left <= 0) return undefined;
  return Math.min(LONGEST_TIME_TO_LIVE, Math.max(1, Math.ceil(left / 1000)));
}
