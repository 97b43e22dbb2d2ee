/** A prime, so that times 7 days apart do not share a slot. */
const SLOTS = 61;
const seconds: number[] = Array.from({ length: SLOTS }, () => Number.NaN);
const texts: string[] = [];

/**
 * Formats a time for headers and messages: `Fri, 02 Jan 2026 03:04:05 GMT`, rounded down to seconds. Caches the last seconds,
 * since few different ones are written at a time.
 */
export function rfc1123(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  const slot = Math.abs(second % SLOTS);
  const cached = texts[slot];
  if (cached !== undefined && seconds[slot] === second) return cached;
  seconds[slot] = second;
  return (texts[slot] = new Date(second * 1000).toUTCString());
}
